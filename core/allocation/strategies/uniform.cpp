// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/plan.h"
#include "base/counted.h"

namespace hilo {
namespace {

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const std::int64_t experts = inputs.settings.integer("experts");
    const std::int64_t rank = inputs.settings.integer("rank");
    HILO_TRY(AllocationMap map, planLayers(inputs, everyLayer(inputs, experts), everyLayer(inputs, rank),
                                           everyLayer(inputs, inputs.settings.integer("top_k"))));
    map.name =
        "uniform " + counted(experts, "expert") + (inputs.budget ? " to budget" : " of rank " + std::to_string(rank));
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& uniform_strategy()
{
    static const Strategy strategy{
        "uniform",
        "Uniform mixture",
        "The same number of experts of the same rank on every module.",
        {integerSetting("experts", 5, 1, 256, "experts of every module"),
         integerSetting("rank", 8, 1, 65536, "rank of every expert"),
         integerSetting("top_k", 2, 1, 256, "experts per token; one where a module has one")},
        ProfileUse::None,
        plan};
    return strategy;
}

} // namespace hilo
