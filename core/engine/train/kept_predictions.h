// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/train_run.h"

namespace hilo {

/// Writes the rows of a run's result into its folder (run/predictions.h says how they stand there), at once or not at
/// all. Without any row that has a right answer there is no file.
Status keepPredictions(const std::filesystem::path& runFolder, const std::vector<TaskResult>& results);

} // namespace hilo
