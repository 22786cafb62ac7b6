// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/parameters.h"
#include "base/progress.h"
#include "engine/evaluate/evaluation_result.h"
#include "run/run_spec.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

struct TaskResult
{
    std::string task;
    EvaluationResult result;
};

/// How a run ended.
struct RunOutcome
{
    bool finished = false; ///< false: stopped by the control file or cancelled, with a checkpoint
    std::int64_t step = 0;
    std::int64_t steps = 0;
    bool isFollower = false;                        ///< one of several processes; rank 0 tells how the run ended
    std::vector<TaskResult> results;                ///< on the run's split, of the tasks that have it
    std::optional<EvaluationResult> evaluation;     ///< the first of them
    std::vector<TaskResult> watched;                ///< the newest on validation rows, which are no result
    std::map<std::string, std::string> notMeasured; ///< by task: why it is not among them
    std::int64_t selectedStep = 0;                  ///< whose weights the adapter has
    bool stoppedEarly = false;
    ParameterCount parameters;
    AllocationMap map;  ///< of the weights that are kept
    double seconds = 0; ///< of all processes of the run
    std::uint64_t peakMemory = 0;
    std::int64_t tokens = 0;
    std::int64_t rejectedRows = 0; ///< all of them are in the run folder's rejected_rows.ndjson
    std::int64_t truncatedRows = 0;
    std::int64_t truncatedEvaluationRows = 0;
    std::int64_t rowsBeyondPositions = 0; ///< trained on or scored, longer than the model was made for
};

/// Trains and evaluates into a new folder. Everything about model, map and data is checked before the folder is made,
/// so bad input leaves nothing behind. An existing folder that is not empty is an error.
Result<RunOutcome> startRun(RunSpec spec, const std::filesystem::path& runFolder, const Progress& progress);

/// Goes on with a run folder from its newest valid checkpoint, or from the beginning when there is none. A CPU run ends
/// with the same weights, to the bit, as one that was never interrupted. Errors: a finished run, unless it lacks its
/// "finished" event; another number of processes than before, because a step takes as many batches as there are; rows
/// that are not those that it was begun with, unless changedData allows it.
Result<RunOutcome> continueRun(const std::filesystem::path& runFolder, const Progress& progress,
                               bool changedData = false);

/// Where a run was trained last, by its newest "started" event.
struct TrainedOn
{
    std::int64_t processes = 0; ///< 0: not known, or never started
    std::string devices;    ///< for LocalRanks::start(); empty for one process, or where something else started them
    std::string rowsSha256; ///< rowsHash(); empty where an older program did not tell it
    std::int64_t trainingRows = 0; ///< 0: not told
};
Result<TrainedOn> lastTrainedOn(const std::filesystem::path& runFolder);

} // namespace hilo
