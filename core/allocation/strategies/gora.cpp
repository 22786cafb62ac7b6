// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/signal_values.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

Result<std::vector<double>> sharesOf(const StrategyInputs& inputs)
{
    HILO_TRY(std::vector<double> shares, signalPerSlot(inputs, inputs.settings.text("signal"), true));
    if (inputs.settings.text("share") == "softmax") {
        const auto [least, most] = std::minmax_element(shares.begin(), shares.end());
        const double low = *least;
        const double width = *most - low;
        if (!(width > 0))
            return failure(inputs.settings.errorAt("signal", "the importance is the same everywhere"));
        for (double& share : shares)
            share = std::exp((share - low) / width / inputs.settings.number("temperature"));
    }
    double sum = 0;
    for (const double share : shares) {
        if (share < 0)
            return failure(inputs.settings.errorAt("signal", "an importance is negative, expected at least 0"));
        sum += share;
    }
    if (!(sum > 0))
        return failure(inputs.settings.errorAt("signal", "all importances are zero"));
    for (double& share : shares)
        share /= sum;
    return shares;
}

double widthOf(const std::string& phi, const ModuleShape& shape)
{
    const auto width = static_cast<double>(shape.in + shape.out);
    return phi == "sqrt" ? std::sqrt(width) : phi == "log1p" ? std::log1p(width) : width;
}

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    const std::int64_t lowest = settings.integer("rank_min");
    const std::int64_t highest = settings.integer("rank_max");
    if (lowest > highest)
        return failure(settings.errorAt("rank_min", "expected at most rank_max, " + std::to_string(highest)));
    HILO_CHECK(checkSmallestRank(inputs, "rank_min"));
    HILO_TRY(const std::vector<double> shares, sharesOf(inputs));
    const std::vector<Slot> slots = slotsOf(inputs);
    double total = 0;
    for (const Slot& slot : slots)
        total += settings.number("rank") * widthOf(settings.text("phi"), *slot.shape);
    std::vector<std::int64_t> ranks;
    for (std::size_t index = 0; index < slots.size(); ++index) {
        const double part = std::round(shares[index] * total) / widthOf(settings.text("phi"), *slots[index].shape);
        ranks.push_back(static_cast<std::int64_t>(
            std::clamp(std::floor(part), static_cast<double>(lowest), static_cast<double>(highest))));
    }
    const std::vector<std::int64_t> ones(slots.size(), 1);
    HILO_TRY(AllocationMap map, planSlots(inputs, ones, ranks, ones));
    map.name = "GoRA " + (inputs.budget ? std::string("to budget") : "mean rank " + settings.toJson()["rank"].dump());
    return fitToBudget(std::move(map), inputs, {lowest, highest});
}

} // namespace

const Strategy& gora_strategy()
{
    static const Strategy strategy{
        "gora",
        "GoRA ranks",
        "LoRA without a mixture: ranks in proportion to each module's mean |weight times gradient|, between two bounds "
        "(2502.12171; hhnqqq/MyTransformers).",
        {numberSetting("rank", "8", 1, 65536, "mean rank that the shares divide"),
         integerSetting("rank_min", 4, 1, 65536, "smallest rank of a module"),
         integerSetting("rank_max", 32, 1, 65536, "largest rank of a module"),
         choiceSetting("phi", {"identity", "sqrt", "log1p"}, "what a module's width counts as in the shares"),
         choiceSetting("share", {"linear", "softmax"}, "plain shares, or softmax of the values brought to 0..1"),
         numberSetting("temperature", "1", 1e-3, 1e3, "of the softmax"),
         textSetting("signal", "weight_gradient", "the profile's signal with values per module")},
        ProfileUse::Required,
        plan};
    return strategy;
}

} // namespace hilo
