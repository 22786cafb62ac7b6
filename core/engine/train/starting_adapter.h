// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"

namespace hilo {

/// The adapter of training.startFrom as a run of its own begins with it: its weights, and the run's dropout, auxiliary
/// loss and seed, which are no part of what it computes. Bad input: another map than the run's; other experts' scales
/// or, where there are routers, routers of another kind, with which the weights would be another function; what
/// MixtureAdapter::load() refuses.
Result<std::shared_ptr<MixtureAdapter>> startingAdapter(const TrainingSpec& training, const AllocationMap& map,
                                                        const ModelConfig& model, torch::Device device);

} // namespace hilo
