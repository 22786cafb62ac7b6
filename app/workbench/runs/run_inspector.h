// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "runs/run_history.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QTableView;

namespace hilo {

class CheckpointModel;
class LogView;
class RunService;

/// The inspector of the page Runs: facts, checkpoints and log of the run that is followed.
class RunInspector : public QWidget
{
    Q_OBJECT
  public:
    explicit RunInspector(QWidget* parent = nullptr);

    /// Null: no run is chosen. others: how many more are selected.
    void setRun(const RunSummary* run, std::optional<double> secondsLeft, const RunService& service, int others);
    CheckpointModel& checkpoints() { return *checkpoints_; }
    QTableView& checkpointTable() { return *table_; }
    LogView& log() { return *log_; }
    QPushButton& resumeButton() { return *resume_; }

  Q_SIGNALS:
    void resumeRequested(qint64 step);
    void pinRequested(qint64 step, bool pinned);

  private:
    void updateButtons();
    qint64 chosenStep() const;

    QLabel* title_;
    QLabel* facts_;
    CheckpointModel* checkpoints_;
    QTableView* table_;
    QLabel* noCheckpoints_;
    QPushButton* resume_;
    QPushButton* pin_;
    LogView* log_;
    bool mayResume_ = false;
    QString whyNot_;
};

} // namespace hilo
