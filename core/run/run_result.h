// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_event.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What the events of a run say of it as a whole. The index, the desktop and the exports all mean this when they speak
/// of a run's state or of its accuracy.
struct RunResult
{
    /// The spec's evaluation.split: what was measured on others is never the run's result. "auto": each task has its
    /// own, and its final evaluations are of that one.
    std::string split = "test";
    /// What the log said last: started, paused, stopped, interrupted (a signal ended the process), finished, failed;
    /// empty before the first event. Whether a process works on the run is not in the log.
    std::string state;
    std::optional<std::int64_t> startedAt, endedAt, lastEventAt; ///< milliseconds since 1970, UTC
    std::optional<std::int64_t> resumedAt, resumedStep;          ///< of the last start: when, and from which step on
    std::optional<std::int64_t> lastStep, totalSteps;
    /// Of a finished run only, from its final evaluations; accuracy and loss are means over the tasks that have one.
    RunScore score;
    std::map<std::string, RunScore> tasks; ///< by name, as score
    std::optional<std::int64_t> trainableParameters, activeParameters, peakMemoryBytes;
    std::optional<double> seconds;
    std::optional<std::int64_t> errorCode;
    std::string errorMessage, errorHint;
    std::int64_t processes = 0; ///< that trained it last; 0: not said
    std::string devices;
    /// All measurements that still hold, in the order of the log.
    std::vector<RunEvaluation> evaluations;

    /// Takes the next event. A step that comes again, after a resume, replaces what was known from that step on.
    void apply(const RunEvent& event);
    /// The evaluations that make the result: those that say so, or, in logs that do not, those at the last step; on the
    /// run's split, the newest of each task. For a run that has finished.
    std::vector<RunEvaluation> finalEvaluations() const;

  private:
    void finish(const RunEvent::Finished& finished);
};

/// Adds an evaluation; it replaces those of the same task, split and protocol from its step on.
void addEvaluation(std::vector<RunEvaluation>& evaluations, RunEvaluation evaluation);

} // namespace hilo
