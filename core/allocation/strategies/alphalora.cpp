// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/apportion.h"
#include "allocation/budget.h"
#include "allocation/signal_values.h"

#include <cmath>

namespace hilo {
namespace {

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    HILO_TRY(std::vector<double> weights, listOrSignal(inputs, "values", "signal"));
    for (double& value : weights) {
        if (value <= 0)
            return failure(settings.errorAt("values", "PL_Alpha_Hill is above 0, found " + std::to_string(value)));
        value = std::pow(value, settings.number("beta"));
    }
    const std::int64_t total = settings.integer("total");
    const bool published = settings.text("rounding") == "alphalora";
    HILO_TRY(const std::vector<std::int64_t> experts,
             published ? apportionAlphaLora(weights, total)
                       : apportion(weights, total, settings.integer("minimum"), settings.integer("maximum")));
    HILO_TRY(AllocationMap map, planLayers(inputs, experts, everyLayer(inputs, settings.integer("rank")),
                                           everyLayer(inputs, settings.integer("top_k"))));
    map.name = "AlphaLoRA " + std::to_string(total) + " experts" + (published ? "" : ", exact shares");
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& alphalora_strategy()
{
    static const Strategy strategy{
        "alphalora",
        "AlphaLoRA",
        "Experts of a layer in proportion to a power of its PL_Alpha_Hill: the heavier the tail of its weights' "
        "spectrum, the fewer (2410.10054; peijunallin/alphalora).",
        {integerSetting("total", 160, 1, 1048576, "experts of all layers together, per module"),
         numberSetting("beta", "2.5", 0, 16, "power of the layer's value"),
         integerSetting("rank", 8, 1, 65536, "rank of every expert"),
         textSetting("signal", "pl_alpha_hill", "the profile's signal with a value per layer"),
         textSetting("values", "", "values per layer instead of a profile, with commas between"),
         choiceSetting("rounding", {"alphalora", "exact"},
                       "as published, or exact shares by largest remainder within minimum and maximum"),
         integerSetting("minimum", 1, 0, 256, "fewest experts of a layer; only for exact rounding"),
         integerSetting("maximum", 256, 1, 256, "most experts of a layer; only for exact rounding"),
         integerSetting("top_k", 2, 1, 256, "experts per token; one where a layer has one")},
        ProfileUse::Optional,
        plan};
    return strategy;
}

} // namespace hilo
