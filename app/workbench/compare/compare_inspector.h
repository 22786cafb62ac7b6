// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare_query.h"
#include "formats/model_config.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace hilo {

class DifferenceModel;
class MapDifferencePicture;
class MapPicture;

/// The inspector of the page Compare: one row, or two against each other.
class CompareInspector : public QWidget
{
    Q_OBJECT
  public:
    explicit CompareInspector(QWidget* parent = nullptr);

    /// first: what is selected; second: what it is compared with. Null: none. others: how many more are selected.
    /// model: how values are written.
    void setRows(const ComparisonRow* first, const ComparisonRow* second, const ComparedRuns& compared,
                 const CompareModel& model, int others);
    /// What the store answered about these runs: the selected ones in their order.
    void setAnswer(const PairAnswer& answer, const QStringList& names, const std::optional<ModelConfig>& model);
    void setCommand(const QString& command);
    DifferenceModel& differences() { return *differences_; }
    QString facts() const;

  Q_SIGNALS:
    void openMap(const hilo::AllocationMap& map);
    void runAgain(const QString& id);
    void tryIt(const QString& id);
    void exportIt(const QString& id);
    void showRun(const QString& id);
    void pin(const QString& id);
    /// Which rows the two that are shown answer differently.
    void rowsWanted(const QString& first, const QString& second);

  private:
    QString id_, secondId_;
    std::optional<AllocationMap> map_;
    QPushButton* rows_ = nullptr;
    QLabel* title_;
    QLabel* facts_;
    QLabel* badge_;
    QLabel* differHeading_;
    QLabel* nothingDiffers_;
    QTableView* table_;
    DifferenceModel* differences_;
    QLabel* mapHeading_;
    std::vector<MapPicture*> pictures_;
    std::vector<QLabel*> pictureNames_;
    MapDifferencePicture* difference_;
    QLabel* differenceSays_;
    QLineEdit* command_;
    std::vector<QPushButton*> buttons_;
};

} // namespace hilo
