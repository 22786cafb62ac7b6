// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/strategy.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// A module of one layer, as strategies list them: layer by layer, in the order of inputs.modules.
struct Slot
{
    std::size_t layer = 0;
    const ModuleShape* shape = nullptr;
};
std::vector<Slot> slotsOf(const StrategyInputs& inputs);

/// A map in which every slot has experts[slot] experts of rank ranks[slot] and the given alpha. top_k is topK[slot], or
/// the number of experts where that is smaller (2402.08562 and AlphaLoRA: k = 2 where there are two, else 1). No
/// experts: no adapter. wrong usage: a top_k above the largest number of experts, which no module could use.
Result<AllocationMap> planSlots(const StrategyInputs& inputs, const std::vector<std::int64_t>& experts,
                                const std::vector<std::int64_t>& ranks, const std::vector<std::int64_t>& topK);

/// The same for values per layer, equal in all its modules.
Result<AllocationMap> planLayers(const StrategyInputs& inputs, const std::vector<std::int64_t>& experts,
                                 const std::vector<std::int64_t>& ranks, const std::vector<std::int64_t>& topK);

/// count times value, one per layer of the model.
std::vector<std::int64_t> everyLayer(const StrategyInputs& inputs, std::int64_t value);

} // namespace hilo
