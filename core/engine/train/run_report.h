// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/parameters.h"
#include "engine/adapter/router_statistics.h"
#include "engine/base/compute.h"
#include "engine/train/reallocation/reallocation.h"
#include "engine/train/run_inputs.h"
#include "engine/train/selection.h"
#include "engine/train/train_run.h"
#include "formats/model_config.h"
#include "formats/module_grid.h"

#include <string>
#include <vector>

namespace hilo {

/// By task: why it has no result; an empty object where all have one.
Json notMeasured(const RunInputs& inputs);

/// The modules of a "routing" event.
Json loadsAsJson(const std::vector<ExpertLoad>& loads, const std::vector<std::string>& columns);

/// "loss 1.2034, accuracy 0.8125": what a result has, for the log.
std::string describedResult(const EvaluationResult& result);

/// The fields of the event "started" that steps have no part in.
Json startedFields(const RunInputs& inputs, const Compute& compute, const ParameterCount& parameters,
                   std::int64_t processes);

/// Those of "reallocation" besides step and method. count: of the new map.
Json reallocationFields(const Reallocated& moved, const ParameterCount& count);

/// The fields of the event "finished". Loss and accuracy are means over the tasks that have them; what else a result
/// has stands there for a run of one task, and in "tasks" for all.
Json finishedFields(const RunOutcome& outcome, const RunInputs& inputs, const BestSoFar& best);

} // namespace hilo
