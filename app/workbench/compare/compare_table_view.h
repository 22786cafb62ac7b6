// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTableView>

class QMenu;

namespace hilo {

class CompareModel;

/// The table of runs. Its columns are as wide as their words until a person chooses widths; then these stay.
class CompareTableView : public QTableView
{
    Q_OBJECT
  public:
    explicit CompareTableView(CompareModel& model, QWidget* parent = nullptr);

    /// What is left beside the words goes to the names of runs and maps; columns that were asked for besides lie
    /// behind, where a scroll bar leads.
    void fitColumns();

    /// The keys of all columns in the order in which they stand.
    QStringList columnOrder() const;
    QStringList hiddenColumns() const { return hidden_; }
    /// Columns that are not named stay behind the others. The name of the run is never hidden.
    void setColumns(const QStringList& order, const QStringList& hidden);
    void setHidden(const QString& key, bool hidden);
    /// A menu to show and hide columns; what is done with it shows at once.
    void fillMenu(QMenu& menu);

  Q_SIGNALS:
    /// A further column is asked for.
    void columnWanted();
    /// A column that was asked for is to go.
    void columnUnwanted(const QString& key);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void applyColumns();

    CompareModel& model_;
    QStringList order_, hidden_;
    bool applying_ = false;
    bool byHand_ = false;
    bool fitting_ = false;
};

} // namespace hilo
