// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <vector>

namespace hilo {

struct KnapsackOption
{
    std::int64_t cost = 0;
    double gain = 0;
};

/// Picks one option of every item so that the costs sum to at most the budget and the gain is the largest. Dynamic
/// programming over the budget in at most `cells` units: exact when the costs' common divisor allows it, else costs
/// are rounded up to units, so that the budget is never exceeded. Ties go to the cheaper choice, then to the earlier
/// option. Needs items · options · cells steps and items · cells · 2 bytes. Returns the option's index per item.
/// wrong usage: an item without options, or a budget below the cheapest choice.
Result<std::vector<std::size_t>> chooseUnderBudget(const std::vector<std::vector<KnapsackOption>>& items,
                                                   std::int64_t budget, std::int64_t cells = 16384);

} // namespace hilo
