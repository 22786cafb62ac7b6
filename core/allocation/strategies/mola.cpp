// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/depth_schedule.h"
#include "allocation/plan.h"

#include <map>

namespace hilo {
namespace {

/// The shapes of 2402.08562 in four groups of layers.
const std::map<std::string, std::string>& shapes()
{
    static const std::map<std::string, std::string> names = {{"triangle", "8642"},
                                                             {"inverted-triangle", "2468"},
                                                             {"hourglass", "8228"},
                                                             {"diamond", "2882"},
                                                             {"rectangle", "5555"}};
    return names;
}

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    std::string text = inputs.settings.text("experts");
    if (const auto shape = shapes().find(text); shape != shapes().end())
        text = shape->second;
    HILO_TRY(const DepthSchedule schedule, parseDepthSchedule("experts", text, DigitText::EveryDigit, 0, 256));
    HILO_TRY(const std::vector<std::int64_t> experts,
             valuesPerLayer("experts", schedule, inputs.model.layers, false, 4));
    const std::int64_t rank = inputs.settings.integer("rank");
    HILO_TRY(AllocationMap map, planLayers(inputs, experts, everyLayer(inputs, rank),
                                           everyLayer(inputs, inputs.settings.integer("top_k"))));
    map.name = "MoLA " + text + (inputs.budget ? " to budget" : " rank " + std::to_string(rank));
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& mola_strategy()
{
    static const Strategy strategy{
        "mola",
        "MoLA",
        "A number of experts for each group of layers, set by hand, one rank for all (2402.08562).",
        {textSetting("experts", "2468",
                     "triangle (8642), inverted-triangle (2468), hourglass (8228), diamond (2882), rectangle (5555), "
                     "digits of any number of groups, or numbers with commas between"),
         integerSetting("rank", 8, 1, 65536, "rank of every expert"),
         integerSetting("top_k", 2, 1, 256, "experts per token; one where a module has one")},
        ProfileUse::None,
        plan};
    return strategy;
}

} // namespace hilo
