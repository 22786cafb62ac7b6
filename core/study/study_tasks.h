// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// A run spec whose "data" are the tasks of a study. Each text is NAME:PATH: of a task that the spec has under this
/// name, its settings with this path; else of the benchmark NAME, its published folder; else a file or folder of rows.
/// Paths are seen from where the program runs. Without texts the spec's own tasks stay. "map" is left out: a study has
/// its own. Errors: not NAME:PATH, a name that is there twice.
Result<Json> withTasks(Json spec, const std::vector<std::string>& texts, const std::filesystem::path& file);

/// A metric of the program's own, or another program's number that was imported into runs: "lm_eval.acc@arc_easy".
bool isStudyMetric(const std::string& metric);

/// METRIC for all tasks, or TASK=METRIC: one for each name of tasks, empty where none was said. Errors: unknown metrics
/// and tasks.
Result<std::vector<std::string>> chosenMetrics(const std::vector<std::string>& texts,
                                               const std::vector<std::string>& tasks);

} // namespace hilo
