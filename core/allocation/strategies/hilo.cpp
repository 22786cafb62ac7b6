// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/base_experts.h"
#include "allocation/budget.h"
#include "allocation/depth_schedule.h"
#include "allocation/signal_values.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

using Values = std::vector<std::int64_t>;

Result<Values> scheduleOf(const StrategyInputs& inputs, const std::string& setting, std::int64_t lowest,
                          std::int64_t highest)
{
    HILO_TRY(const DepthSchedule schedule,
             parseDepthSchedule(setting, inputs.settings.text(setting), DigitText::LongStrings, lowest, highest));
    const bool everyLayer = inputs.settings.text("granularity") == "layer";
    // Other schedules have as many groups as they have values.
    const std::int64_t groups = schedule.ramp && !everyLayer ? inputs.settings.integer("groups") : 1;
    HILO_TRY(const Values layers, valuesPerLayer(setting, schedule, inputs.model.layers, everyLayer, groups));
    Values slots;
    for (const Slot& slot : slotsOf(inputs))
        slots.push_back(layers[slot.layer]);
    return slots;
}

/// rankRule (depth_schedule.h) with a measured complexity u from 0 to 1 in the place of the depth:
/// min + (max - min)·u^power, rounded half up.
Result<Values> signalOf(const StrategyInputs& inputs, const std::string& what)
{
    const StrategySettings& settings = inputs.settings;
    const std::int64_t lowest = settings.integer(what + "_min");
    const std::int64_t highest = settings.integer(what + "_max");
    if (lowest > highest)
        return failure(settings.errorAt(what + "_min", "expected at most " + what + "_max, " + std::to_string(highest) +
                                                           ", found " + std::to_string(lowest)));
    HILO_TRY(const std::vector<double> complexity,
             complexityPerSlot(inputs, settings.text(what + "_signal"), settings.text("per") == "module",
                               settings.text("direction")));
    Values values;
    for (const double one : complexity) {
        const double wanted = std::pow(one, settings.number("power")) * static_cast<double>(highest - lowest);
        values.push_back(lowest + static_cast<std::int64_t>(std::floor(wanted + 0.5)));
    }
    return values;
}

Status refuseBoth(const StrategySettings& settings, const std::string& what)
{
    if (settings.isGiven(what) && settings.isGiven(what + "_signal"))
        return failure(settings.errorAt(what, "given together with " + what + "_signal; only one can decide"));
    return {};
}

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    HILO_CHECK(refuseBoth(settings, "experts"));
    HILO_CHECK(refuseBoth(settings, "ranks"));
    const bool expertsBySignal = !settings.text("experts_signal").empty();
    const bool ranksBySignal = !settings.text("ranks_signal").empty();
    if (!inputs.profiles.empty() && !expertsBySignal && !ranksBySignal && !baseExpertsUseProfile(settings))
        return failure(settings.errorAt("experts_signal, ranks_signal",
                                        "a profile is given, but neither of them names a signal of it"));
    HILO_TRY(const Values experts,
             expertsBySignal ? signalOf(inputs, "experts") : scheduleOf(inputs, "experts", 0, 256));
    HILO_TRY(const Values ranks, ranksBySignal ? signalOf(inputs, "ranks") : scheduleOf(inputs, "ranks", 1, 65536));
    HILO_TRY(const Values topK, scheduleOf(inputs, "top_k", 1, 256));
    HILO_TRY(AllocationMap map, planSlots(inputs, experts, ranks, topK));
    if (expertsBySignal || ranksBySignal)
        map.name = "HILO by " + settings.text(expertsBySignal ? "experts_signal" : "ranks_signal") +
                   (expertsBySignal && ranksBySignal ? " and " + settings.text("ranks_signal") : "");
    else
        map.name = "HILO (reconstructed) " + settings.text("experts") + "/" + settings.text("ranks") +
                   (settings.text("granularity") == "layer" ? " by layer" : "");
    RankBounds bounds;
    if (ranksBySignal) {
        HILO_CHECK(checkSmallestRank(inputs, "ranks_min"));
        bounds = {settings.integer("ranks_min"), settings.integer("ranks_max")};
    }
    return fitToBudget(std::move(map), inputs, bounds);
}

} // namespace

const Strategy& hilo_strategy()
{
    const std::string forms =
        "digits per group of layers (2468), numbers (2,4,6,8), one number for all (8), a ramp (2..8)";
    static const Strategy strategy{
        "hilo",
        "HILO (reconstructed)",
        "The number of experts and their rank both follow the layers, by a schedule over depth or by measured "
        "complexity "
        "(2502.03884). Reconstructed from its abstract and a review: only the ranks 2468 and the rank rule are known; "
        "experts 2468, top-2, alpha 16 and the rounding are assumptions taken from MoLA.",
        {textSetting("experts", "2468", "experts: " + forms), textSetting("ranks", "2468", "ranks: " + forms),
         textSetting("top_k", "2", "experts per token: the same forms; at most the module's experts"),
         choiceSetting(
             "granularity", {"group", "layer"},
             "schedules in steps (layer l of L takes value floor(n l / L)), or as a line from layer to layer"),
         integerSetting("groups", 4, 1, 4096, "groups of layers that a ramp has at group granularity"),
         textSetting("experts_signal", "", "decide the experts by this signal of the profile, or by depth"),
         textSetting("ranks_signal", "", "decide the ranks by this signal of the profile, or by depth"),
         choiceSetting("per", {"layer", "module"}, "signals: one value per layer, or per module of a layer"),
         numberSetting("power", "1", 0.01, 16, "signals: exponent of the complexity brought to 0..1"),
         choiceSetting("direction", {"profile", "larger", "smaller"},
                       "signals: which end wants more capacity; profile: as the profile says"),
         integerSetting("experts_min", 2, 0, 256, "signals: fewest experts"),
         integerSetting("experts_max", 8, 1, 256, "signals: most experts"),
         integerSetting("ranks_min", 2, 1, 65536, "signals: smallest rank"),
         integerSetting("ranks_max", 8, 1, 65536, "signals: largest rank, also with a budget")},
        ProfileUse::Optional,
        plan};
    return strategy;
}

} // namespace hilo
