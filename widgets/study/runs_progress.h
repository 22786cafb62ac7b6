// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"

#include <QSet>
#include <QString>

#include <optional>
#include <vector>

namespace hilo {

/// How far the runs of a study are.
struct StudyRunsProgress
{
    int planned = 0, finished = 0, running = 0, waiting = 0, failed = 0;
    int idle = 0;                      ///< neither finished nor failed, and nothing will train them as it stands
    std::optional<double> secondsLeft; ///< for all that waits or runs; nothing before a first run has finished

    bool isDone() const { return planned > 0 && finished == planned; }
    bool isActive() const { return running + waiting > 0; }
    /// Whether there is anything that "continue" would queue.
    bool canContinue() const { return failed + idle > 0; }
    /// "14 of 24 runs finished, 1 running, 8 waiting, 1 failed, about 12 min left"
    QString sentence() const;
};

/// ids: of the study's runs. The time that a run takes is the middle one of those that have finished; what is running
/// is taken by its share of the steps.
StudyRunsProgress runsProgressOf(const std::vector<RunSummary>& runs, const QSet<QString>& ids);

/// Runs that "stop" is for (running, paused or waiting), and those that "continue" queues.
bool isStudyRunActive(const RunSummary& run);
bool isStudyRunIdle(const RunSummary& run);

} // namespace hilo
