// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/signal_values.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    const std::vector<Slot> slots = slotsOf(inputs);
    std::vector<std::int64_t> experts(slots.size(), 0);
    const auto adapted =
        static_cast<std::size_t>(std::floor(settings.number("share") * static_cast<double>(slots.size()) + 0.5));
    for (const ComplexityProfile& profile : inputs.profiles) {
        const StrategyInputs one{inputs.model, inputs.modules, settings, {profile}, inputs.budget};
        HILO_TRY(const std::vector<double> values, signalPerSlot(one, settings.text("signal"), true));
        std::vector<std::size_t> order(slots.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
        for (std::size_t place = 0; place < std::min(adapted, order.size()); ++place)
            ++experts[order[place]];
    }
    const std::vector<std::int64_t> ranks(slots.size(), settings.integer("rank"));
    const std::vector<std::int64_t> topK(slots.size(), settings.integer("top_k"));
    HILO_TRY(AllocationMap map, planSlots(inputs, experts, ranks, topK));
    map.name = "D-MoLE " + std::to_string(inputs.profiles.size()) + (inputs.profiles.size() == 1 ? " task" : " tasks");
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& d_mole_strategy()
{
    static const Strategy strategy{
        "d-mole",
        "D-MoLE",
        "One profile per task: a module gets an expert for every task in which the norm of its gradient is among the "
        "largest of all modules (2506.11672; gcd19/D-MoLE). Modules that no task needs get none. Its router, which "
        "tells tasks apart by autoencoders, is not there; the mixture here is MoLA's.",
        {textSetting("signal", "gradient_norm", "the profiles' signal with values per module"),
         numberSetting("share", "0.5", 0, 1, "of all modules that get an expert for a task"),
         integerSetting("rank", 8, 1, 65536, "rank of every expert"),
         integerSetting("top_k", 2, 1, 256, "experts per token; one where a module has one")},
        ProfileUse::Required,
        plan};
    return strategy;
}

} // namespace hilo
