// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "runs/run_history.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QTableView;
class QTabWidget;

namespace hilo {

class CheckpointModel;
class LogView;
class RunNotesEditor;
class RunSettingsView;
class RunService;
struct RunDetails;

/// The inspector of the page Runs: facts, checkpoints and log of the run that is followed.
class RunInspector : public QWidget
{
    Q_OBJECT
  public:
    explicit RunInspector(QWidget* parent = nullptr);

    /// Null: no run is chosen. others: how many more are selected.
    void setRun(const RunSummary* run, std::optional<double> secondsLeft, const RunService& service, int others);
    /// Of the run that is shown; null: not read yet.
    void setDetails(const RunDetails* details);
    RunNotesEditor& notes() { return *notes_; }
    RunSettingsView& settingsView() { return *settings_; }
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
    RunNotesEditor* notes_;
    QLabel* checkpointHeading_;
    QTabWidget* tabs_;
    RunSettingsView* settings_;
    QLabel* facts_;
    CheckpointModel* checkpoints_;
    QTableView* table_;
    QLabel* noCheckpoints_;
    QPushButton* resume_;
    QPushButton* pin_;
    LogView* log_;
    bool mayResume_ = false;
    bool mayComeCheckpoints_ = false; ///< the run may still write some
    QString whyNot_;
};

} // namespace hilo
