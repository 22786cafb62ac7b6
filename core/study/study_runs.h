// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "index/run_store.h"
#include "study/study.h"

#include <string>
#include <vector>

namespace hilo {

/// Adds the runs to the study that it lacks for its arms, tasks and seeds as far as they can be planned by now: of a
/// search of rates the short ones first; the others of an arm once its rate is known; with halving those of further
/// seeds once the arms without hope are known. A run of the project that is the same but for its name (by the hash of
/// its spec, and its seed; or by the content of its model and data, wherever they lie, equal_runs.h) is taken, others
/// get an id that is free. Nothing is written.
Status planRuns(Study& study, const Project& project, RunReader& reader);

/// Runs of the result that the study will have in the end: all of its arms, or those that still have hope.
std::size_t expectedRuns(const Study& study);

/// Makes the folders of planned runs that are not there, unless an archive has them: what somebody removed is trained
/// once more.
Status addPlannedRuns(const Study& study, const Project& project);

/// Queues those that were never started, and with again those that failed, were stopped or interrupted. How many were
/// queued.
Result<std::int64_t> queuePlannedRuns(const Study& study, RunStore& store, bool again);

/// How far a study has come.
struct StudyProgress
{
    std::int64_t finished = 0, failed = 0, waiting = 0; ///< waiting: queued, running, new, stopped, …
    std::int64_t planned() const { return finished + failed + waiting; }
};
Result<StudyProgress> progressOf(const Study& study, RunReader& reader);

} // namespace hilo
