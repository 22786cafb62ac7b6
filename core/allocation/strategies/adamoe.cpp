// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/depth_schedule.h"
#include "allocation/plan.h"

namespace hilo {
namespace {

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    HILO_TRY(const DepthSchedule schedule,
             parseDepthSchedule("experts", settings.text("experts"), DigitText::LongStrings, 1, 256));
    HILO_TRY(const std::vector<std::int64_t> experts,
             valuesPerLayer("experts", schedule, inputs.model.layers, false, 4));
    HILO_TRY(AllocationMap map,
             planLayers(inputs, experts, everyLayer(inputs, settings.integer("rank")), everyLayer(inputs, 1)));
    const int nullExperts = settings.smallInteger("null_experts");
    const int topK = settings.smallInteger("top_k");
    for (auto& layer : map.layers)
        for (auto& [name, module] : layer) {
            if (topK > module.experts() + nullExperts)
                return failure(settings.errorAt("top_k", "expected at most the experts and null experts of every "
                                                         "module, " +
                                                             std::to_string(module.experts() + nullExperts) +
                                                             ", found " + std::to_string(topK)));
            module.nullExperts = nullExperts;
            module.topK = topK;
        }
    map.name = "AdaMoE " + settings.text("experts") + " and " + std::to_string(nullExperts) + " null experts";
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& adamoe_strategy()
{
    static const Strategy strategy{
        "adamoe",
        "AdaMoE",
        "A mixture whose router may also choose experts that do nothing, so that each token uses as many true experts "
        "as "
        "it needs (2406.13233). The run needs router = top_k_null.",
        {textSetting("experts", "4", "true experts: one number for all, digits or numbers per group of layers"),
         integerSetting("null_experts", 4, 1, 256, "experts that do nothing"),
         integerSetting("rank", 8, 1, 65536, "rank of every true expert"),
         integerSetting("top_k", 3, 1, 512, "experts per token, null experts included")},
        ProfileUse::None,
        plan};
    return strategy;
}

} // namespace hilo
