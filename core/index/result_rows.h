// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/database.h"
#include "run/run_result.h"

namespace hilo {

/// A run's result as rows of the tables runs and evaluations, so that a reading of its log can go on where the last one
/// stopped. Only inside change (or, to load, read) of the database.
RunResult loadResult(Database& database, std::int64_t run);
/// before: what loadResult gave; evaluations that did not change are not written again.
void saveResult(Database& database, std::int64_t run, const RunResult& result, const RunResult& before);

/// The evaluations of a run in the order of its log.
std::vector<RunEvaluation> loadEvaluations(Database& database, std::int64_t run);

} // namespace hilo
