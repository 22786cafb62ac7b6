// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// What of a finished run's log a study reads: its start and its end, the evaluations that are its result, the last one
/// of each task on validation data, the last change of its map, and the loss of a few steps over its whole length. In
/// the order of the log. split: the spec's evaluation.split.
/// internal: these lines would tell another result than the log does. bad input: the run has not finished.
Result<std::vector<Json>> eventsOfRecord(const std::filesystem::path& runFolder, const std::string& split);

} // namespace hilo
