// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/gain_model.h"
#include "allocation/knapsack.h"
#include "allocation/parameters.h"
#include "allocation/plan.h"
#include "formats/module_grid.h"

#include <algorithm>

namespace hilo {
namespace {

struct Candidate
{
    std::int64_t experts = 0;
    std::int64_t rank = 0;
};

/// Every number of experts with every rank up to 8, and ranks in steps of an eighth to a quarter above.
std::vector<Candidate> candidatesOf(const StrategySettings& settings, const ModuleShape& shape)
{
    const std::int64_t highest = std::min({settings.integer("rank_max"), shape.in, shape.out});
    std::vector<Candidate> candidates;
    for (std::int64_t experts = settings.integer("experts_min"); experts <= settings.integer("experts_max");
         ++experts) {
        if (experts == 0) {
            candidates.push_back({});
            continue;
        }
        std::int64_t step = 1;
        for (std::int64_t rank = settings.integer("rank_min"); rank <= highest; rank += step) {
            candidates.push_back({experts, rank});
            while (step * 8 <= rank)
                step *= 2;
        }
    }
    return candidates;
}

ModuleAllocation moduleOf(const Candidate& candidate, const StrategySettings& settings)
{
    ModuleAllocation module;
    module.ranks.assign(static_cast<std::size_t>(candidate.experts), static_cast<int>(candidate.rank));
    module.topK = static_cast<int>(
        std::clamp<std::int64_t>(settings.integer("top_k"), 1, std::max<std::int64_t>(candidate.experts, 1)));
    module.alpha = settings.number("alpha");
    return module;
}

Status checkBounds(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    if (!inputs.budget)
        return failure(settings.errorAt("budget", "the strategy shares out a budget, and none is given",
                                        "give --budget, a number of parameters or same:MAP.json"));
    if (settings.integer("experts_min") > settings.integer("experts_max"))
        return failure(settings.errorAt("experts_min", "expected at most experts_max"));
    if (settings.integer("rank_min") > settings.integer("rank_max"))
        return failure(settings.errorAt("rank_min", "expected at most rank_max"));
    if (settings.isGiven("top_k") && settings.integer("top_k") > settings.integer("experts_max"))
        return failure(settings.errorAt("top_k", "expected at most experts_max, " +
                                                     std::to_string(settings.integer("experts_max")) + ", found " +
                                                     std::to_string(settings.integer("top_k"))));
    return checkSmallestRank(inputs, "rank_min");
}

/// The largest map that the bounds allow: what a budget may be at most.
std::int64_t mostParameters(const StrategyInputs& inputs)
{
    std::int64_t most = 0;
    for (const Slot& slot : slotsOf(inputs)) {
        const std::int64_t rank = std::min(inputs.settings.integer("rank_max"), slot.shape->width());
        most += countParameters(moduleOf({inputs.settings.integer("experts_max"), rank}, inputs.settings), *slot.shape)
                    .trainable();
    }
    return most;
}

/// Why a budget may be left over that ranks could not take: by the assumed gain more experts would not pay.
std::string whyNotMoreExperts(const AllocationMap& map, const StrategyInputs& inputs)
{
    for (const Slot& slot : slotsOf(inputs)) {
        const ModuleAllocation* module = map.find(slot.layer, slot.shape->name);
        if ((module ? module->experts() : 0) < inputs.settings.integer("experts_max"))
            return ", and by the assumed gain no module is worth more experts (experts_min asks for them all the same)";
    }
    return {};
}

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    HILO_CHECK(checkBounds(inputs));
    if (const std::int64_t most = mostParameters(inputs); *inputs.budget > most)
        return failure(settings.errorAt(
            "budget", std::to_string(*inputs.budget) + " is more than the bounds can hold, " + std::to_string(most),
            "raise experts_max or rank_max"));
    HILO_TRY(const std::vector<ModuleGain> gains, moduleGains(inputs));
    const std::vector<Slot> slots = slotsOf(inputs);
    std::vector<std::vector<Candidate>> candidates;
    std::vector<std::vector<KnapsackOption>> items;
    std::int64_t least = 0;
    for (std::size_t index = 0; index < slots.size(); ++index) {
        candidates.push_back(candidatesOf(settings, *slots[index].shape));
        std::vector<KnapsackOption> options;
        for (const Candidate& one : candidates.back())
            options.push_back({countParameters(moduleOf(one, settings), *slots[index].shape).trainable(),
                               gains[index].of(one.experts, one.rank, settings.integer("top_k"))});
        least += std::min_element(options.begin(), options.end(), [](const auto& a, const auto& b) {
                     return a.cost < b.cost;
                 })->cost;
        items.push_back(std::move(options));
    }
    if (least > *inputs.budget)
        return failure(settings.errorAt("budget",
                                        std::to_string(*inputs.budget) + " is too small: the smallest bounds need " +
                                            std::to_string(least),
                                        "raise the budget, or lower experts_min, rank_min or the number of modules"));
    HILO_TRY(const std::vector<std::size_t> chosen,
             chooseUnderBudget(items, *inputs.budget, settings.integer("cells")));
    AllocationMap map;
    map.layers.resize(static_cast<std::size_t>(inputs.model.layers));
    for (std::size_t index = 0; index < slots.size(); ++index)
        if (const Candidate& one = candidates[index][chosen[index]]; one.experts > 0)
            map.layers[slots[index].layer].emplace(slots[index].shape->name, moduleOf(one, settings));
    const RankBounds bounds{settings.integer("rank_min"), settings.integer("rank_max")};
    map.name = "balanced " + std::to_string(*inputs.budget);
    if (settings.text("fill") == "even")
        fillToBudget(map, inputs, bounds);
    noteLoweredTopK(map, inputs, {settings.integer("top_k")});
    noteLeftover(map, inputs, bounds, whyNotMoreExperts(map, inputs));
    return map;
}

} // namespace

const Strategy& balanced_strategy()
{
    static const Strategy strategy{
        "balanced",
        "Balanced (ours)",
        "Experts and ranks of all modules chosen together under a parameter budget so that an assumed gain is largest: "
        "weight x share of the update that the active ranks hold x (1 - diversity / experts), by dynamic programming. "
        "Without spectrum and weight from a profile it assumes that deeper layers need more ranks.",
        {integerSetting("experts_min", 1, 0, 64, "fewest experts of a module; 0: it may go without"),
         integerSetting("experts_max", 8, 1, 64, "most experts of a module"),
         integerSetting("rank_min", 1, 1, 65536, "smallest rank of an expert"),
         integerSetting("rank_max", 32, 1, 65536, "largest rank of an expert"),
         integerSetting("top_k", 2, 1, 64, "experts per token; one where a module has one"),
         numberSetting("diversity", "0.5", 0, 0.99, "share of the update that differs from input to input"),
         textSetting("spectrum", "", "profile: signal whose spectra say what each rank captures"),
         numberSetting("spectrum_power", "1", 0.05, 4,
                       "exponent of the spectrum's values; 0.5 makes squares plain values"),
         textSetting("weight", "", "profile: signal that weighs the modules"),
         numberSetting("weight_power", "1", 0.05, 4, "exponent of the weights; below 1 it evens them out"),
         textSetting("diversity_signal", "", "profile: signal that scales the diversity of each layer, or depth"),
         numberSetting("tau_min", "2", 0.1, 1e4, "without spectrum: ranks that capture 63 % in the first layer"),
         numberSetting("tau_max", "8", 0.1, 1e4, "without spectrum: the same in the last layer"),
         integerSetting("cells", 16384, 64, 1048576, "units that the budget is divided into")},
        ProfileUse::Optional,
        plan};
    return strategy;
}

} // namespace hilo
