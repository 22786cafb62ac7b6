// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/apportion.h"
#include "allocation/budget.h"
#include "allocation/signal_values.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    HILO_TRY(std::vector<double> weights, listOrSignal(inputs, "values", "signal"));
    const std::string& orientation = settings.text("orientation");
    const double most = *std::max_element(weights.begin(), weights.end());
    for (double& value : weights) {
        if (orientation == "code")
            value = most - value;
        else if (orientation == "paper")
            value = -value;
        if (value < 0)
            return failure(settings.errorAt(
                "orientation", "the value " + std::to_string(value) + " is negative, so it can't be raised to a power",
                "use orientation=code, which subtracts every value from the largest"));
        value = std::pow(value, settings.number("beta"));
    }
    if (std::all_of(weights.begin(), weights.end(), [&](double value) { return value == weights.front(); }))
        return failure(settings.errorAt("values", "the influence is the same in every layer, so it says nothing"));
    const std::int64_t total = settings.integer("total");
    HILO_TRY(const std::vector<std::int64_t> experts, apportion(weights, total, 1, 256));
    HILO_TRY(AllocationMap map, planLayers(inputs, experts, everyLayer(inputs, settings.integer("rank")),
                                           everyLayer(inputs, settings.integer("top_k"))));
    map.name = "LayerIF " + std::to_string(total) + " experts";
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& layerif_strategy()
{
    static const Strategy strategy{
        "layerif",
        "LayerIF",
        "Experts of a layer by the influence of training samples on the validation loss through it, at least one each, "
        "the rest by largest remainder (2505.23811; HadiAskari/Expert_Allocation).",
        {integerSetting("total", 160, 1, 1048576, "experts of all layers together, per module"),
         numberSetting("beta", "1", 0, 16, "power of the turned value; what the published vectors used is not known"),
         integerSetting("rank", 8, 1, 65536, "rank of every expert"),
         textSetting("signal", "influence", "the profile's signal with a value per layer"),
         textSetting("values", "", "values per layer instead of a profile, with commas between"),
         choiceSetting("orientation", {"code", "paper", "as-is"},
                       "largest value minus the value (published code), its negative (paper), or the value itself"),
         integerSetting("top_k", 2, 1, 256, "experts per token; one where a layer has one")},
        ProfileUse::Optional,
        plan};
    return strategy;
}

} // namespace hilo
