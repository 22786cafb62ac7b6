// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "allocation/strategy.h"
#include "formats/module_grid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// "1500000", "1.5M", "80k", "2G"; "600MiB" or "2GiB": as many as have room in that much memory in training, 16 bytes a
/// trainable parameter (value, gradient and both moments); or "same:MAP.json": as many as that map has on this model.
/// wrong usage: not a positive number of this form; errors of reading and checking the map.
Result<std::int64_t> parseBudget(const std::string& text, const ModelConfig& model);

struct RankBounds
{
    std::int64_t lowest = 1;
    std::int64_t highest = std::int64_t{1} << 16; ///< a module's smaller width bounds as well
};

/// Every rank times the factor: floor(factor·rank + 1/2), within the bounds and the module's smaller width. Modules
/// that the grid does not have stay as they are.
AllocationMap scaleRanks(AllocationMap map, const ModuleGrid& modules, double factor, const RankBounds& bounds = {});

/// Scales all ranks of a map by one factor, the largest that keeps the trainable parameters within the budget: rank' =
/// floor(factor·rank + 1/2) within the bounds; experts and top_k stay. With the setting fill = "even", what is left is
/// given out by single ranks, spread over the depth, until no further one fits; with "none", experts of equal rank stay
/// equal. Without a budget the map is returned as it is. Notes what noteLeftover notes, and ranks that were given but
/// are scaled or cut. Errors: the budget is below what the bounds need, or above what they can hold.
Result<AllocationMap> fitToBudget(AllocationMap map, const StrategyInputs& inputs, const RankBounds& bounds = {});

/// The second half of fitToBudget alone: gives single ranks while they fit, whatever the setting fill says.
void fillToBudget(AllocationMap& map, const StrategyInputs& inputs, const RankBounds& bounds);

/// Notes, where the budget has room for a rank or more that the map does not use, how much it is and why; more is
/// another reason.
void noteLeftover(AllocationMap& map, const StrategyInputs& inputs, const RankBounds& bounds,
                  const std::string& more = {});

} // namespace hilo
