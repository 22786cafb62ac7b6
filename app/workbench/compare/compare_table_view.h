// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

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

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    CompareModel& model_;
    bool byHand_ = false;
    bool fitting_ = false;
};

} // namespace hilo
