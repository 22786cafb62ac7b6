// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/plan.h"

namespace hilo {
namespace {

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const std::int64_t rank = inputs.settings.integer("rank");
    HILO_TRY(AllocationMap map, planLayers(inputs, everyLayer(inputs, 1), everyLayer(inputs, rank),
                                           everyLayer(inputs, inputs.settings.integer("top_k"))));
    map.name = "LoRA " + (inputs.budget ? std::string("to budget") : "rank " + std::to_string(rank));
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& lora_strategy()
{
    static const Strategy strategy{
        "lora",
        "LoRA",
        "One adapter of one rank on every module, without routers: the baseline of every comparison (2106.09685).",
        {integerSetting("rank", 64, 1, 65536, "rank of every adapter"),
         integerSetting("top_k", 1, 1, 1, "experts per token; there is one")},
        ProfileUse::None,
        plan};
    return strategy;
}

} // namespace hilo
