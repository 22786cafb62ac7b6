// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/adapter/adapter.h"
#include "run/run_spec.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace hilo {

/// The steps whose weights a run that has come to step averages: itself, and multiples of checkpoint_every before it,
/// newest first; at most training.average_checkpoints.
std::vector<std::int64_t> averagedSteps(const TrainingSpec& training, std::int64_t step);
/// Whether a checkpoint must stay for the average of a run that has come to step, or will go on from there.
bool isAveragedLater(const TrainingSpec& training, std::int64_t checkpoint, std::int64_t step);

/// A new adapter with the mean of the weights of the checkpoints at these steps, summed in their order in double.
/// Errors: a checkpoint is missing or damaged, by name.
Result<std::shared_ptr<MixtureAdapter>> averagedAdapter(const std::filesystem::path& runFolder,
                                                        const std::vector<std::int64_t>& steps,
                                                        const ModelConfig& model, torch::Device device);

} // namespace hilo
