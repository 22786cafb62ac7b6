// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/strategy.h"
#include "formats/module_grid.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// A module that a layer has, as strategies list them: layer by layer, in the order of the forward pass.
struct Slot
{
    std::size_t layer = 0;
    const ModuleShape* shape = nullptr;
};
std::vector<Slot> slotsOf(const StrategyInputs& inputs);

/// A map in which every slot has experts[slot] experts of rank ranks[slot] and the given alpha. top_k is topK[slot], or
/// the number of experts where that is smaller (2402.08562 and AlphaLoRA: k = 2 where there are two, else 1), which is
/// noted. No experts: no adapter. wrong usage: a given top_k above the largest number of experts, which no module could
/// use.
Result<AllocationMap> planSlots(const StrategyInputs& inputs, const std::vector<std::int64_t>& experts,
                                const std::vector<std::int64_t>& ranks, const std::vector<std::int64_t>& topK);

/// wrong usage where the smaller width of a module is below this setting, a smallest rank.
Status checkSmallestRank(const StrategyInputs& inputs, const std::string& setting);

/// What noteLoweredTopK notes: lowered of all modules with several experts have fewer than the largest top_k asked for.
std::string loweredTopKNote(std::int64_t asked, std::int64_t lowered, std::int64_t all);

/// Notes in how many modules with a choice among experts the map has a smaller top_k than was asked for (by slot, or
/// one for all), because they have fewer experts. A lone expert has no choice, so that nothing is said of it.
void noteLoweredTopK(AllocationMap& map, const StrategyInputs& inputs, const std::vector<std::int64_t>& asked);

/// The same for values per layer, equal in all its modules.
Result<AllocationMap> planLayers(const StrategyInputs& inputs, const std::vector<std::int64_t>& experts,
                                 const std::vector<std::int64_t>& ranks, const std::vector<std::int64_t>& topK);

/// count times value, one per layer of the model.
std::vector<std::int64_t> everyLayer(const StrategyInputs& inputs, std::int64_t value);

} // namespace hilo
