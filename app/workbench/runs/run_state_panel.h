// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "runs/run_details.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace hilo {

/// What stands in the place of charts for a run that has no curves: one that waits, has not been queued, failed before
/// its first step, or came with its result alone. Says why, what the run is, and offers what comes next.
class RunStatePanel : public QFrame
{
    Q_OBJECT
  public:
    explicit RunStatePanel(QWidget* parent = nullptr);

    /// Null: no run is chosen. details: of this run; null: not read yet. anyRunning: whether the project trains.
    void setRun(const RunSummary* run, const RunDetails* details, bool anyRunning);
    QString text() const;
    QPushButton& startButton() { return *start_; }
    QPushButton& editButton() { return *edit_; }
    QPushButton& frontButton() { return *front_; }

  Q_SIGNALS:
    void startWanted();
    void editWanted(); ///< a new run with its settings, to be changed
    void frontWanted();

  private:
    QLabel* title_;
    QLabel* says_;
    QLabel* facts_;
    QPushButton* start_;
    QPushButton* edit_;
    QPushButton* front_;
};

} // namespace hilo
