// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/parameters.h"
#include "allocation/plan.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

struct Component
{
    double ratio = 0;
    std::size_t slot = 0;
};

/// All components of all modules, the largest explained-variance ratio first; of each module at most the first
/// highest ones.
Result<std::vector<Component>> pooled(const StrategyInputs& inputs, std::int64_t highest)
{
    const ComplexityProfile& profile = inputs.profiles.front();
    const std::string& name = inputs.settings.text("signal");
    HILO_TRY(const ComplexitySignal* signal, profile.signal(name));
    std::vector<Component> components;
    const std::vector<Slot> slots = slotsOf(inputs);
    for (std::size_t index = 0; index < slots.size(); ++index) {
        const auto module = signal->spectra.find(slots[index].shape->name);
        if (module == signal->spectra.end())
            return failure(badInput(profile.file, "signals." + name + ".spectra",
                                    "no spectrum for the module " + slots[index].shape->name));
        const std::vector<double>& ratios = module->second[slots[index].layer];
        const std::int64_t width = std::min(
            {highest, slots[index].shape->in, slots[index].shape->out, static_cast<std::int64_t>(ratios.size())});
        for (std::int64_t rank = 0; rank < width; ++rank)
            components.push_back({ratios[static_cast<std::size_t>(rank)], index});
    }
    std::stable_sort(components.begin(), components.end(),
                     [](const Component& a, const Component& b) { return a.ratio > b.ratio; });
    return components;
}

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const std::int64_t rank = inputs.settings.integer("rank");
    const auto highest =
        static_cast<std::int64_t>(std::ceil(inputs.settings.number("rho") * static_cast<double>(rank)));
    HILO_TRY(const std::vector<Component> components, pooled(inputs, highest));
    const std::vector<Slot> slots = slotsOf(inputs);
    const std::size_t wanted = static_cast<std::size_t>(rank) * slots.size();
    if (components.size() < wanted)
        return failure(badInput(inputs.profiles.front().file, "signals." + inputs.settings.text("signal") + ".spectra",
                                "the spectra have " + std::to_string(components.size()) +
                                    " components within rho times rank, expected at least " + std::to_string(wanted),
                                "profile with more components, or lower the rank"));
    std::vector<std::int64_t> ranks(slots.size(), 0);
    for (std::size_t index = 0; index < wanted; ++index)
        ++ranks[components[index].slot];
    std::vector<std::int64_t> experts;
    for (const std::int64_t one : ranks)
        experts.push_back(one > 0 ? 1 : 0);
    HILO_TRY(AllocationMap map, planSlots(inputs, experts, ranks, std::vector<std::int64_t>(slots.size(), 1)));
    map.name = "EVA " + (inputs.budget ? std::string("to budget") : "mean rank " + std::to_string(rank));
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& eva_strategy()
{
    static const Strategy strategy{
        "eva",
        "EVA ranks",
        "LoRA without a mixture: the explained-variance ratios of all modules' inputs are pooled, and each module gets "
        "as many ranks as it has among the largest (huggingface/peft). Modules may get none.",
        {integerSetting("rank", 8, 1, 65536, "mean rank: rank times the number of modules is given out"),
         numberSetting("rho", "2", 1, 64, "no module gets more than rho times the mean rank"),
         textSetting("signal", "explained_variance", "the profile's signal with spectra per module")},
        ProfileUse::Required,
        plan};
    return strategy;
}

} // namespace hilo
