// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/layout.h"
#include "run/run_spec.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Parameters behind one another that learn at one rate.
struct RateStretch
{
    std::int64_t begin = 0;
    std::int64_t size = 0;
    double factor = 1; ///< times the learning rate
};

/// All parameters of the layout in their order, in as few stretches as there can be: routers, B and layers may have
/// rates of their own (training.router_learning_rate_factor, lora_b_learning_rate_factor, layer_learning_rate_decay).
/// layers: of the model.
std::vector<RateStretch> rateStretches(const AdapterLayout& layout, std::int64_t layers, const TrainingSpec& training);

} // namespace hilo
