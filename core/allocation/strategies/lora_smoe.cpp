// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/signal_values.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

/// Slots that are compared with one another.
std::string poolOf(const std::string& pool, const ModuleShape& shape)
{
    if (pool == "projection")
        return shape.name;
    if (pool == "block")
        return shape.path.find("attn") != std::string::npos ? "attention" : "mlp";
    return "all";
}

/// Adds one (times weight) to each slot that is among the keep share of its pool's largest.
void vote(std::vector<std::int64_t>& experts, const StrategyInputs& inputs, const std::vector<double>& values,
          std::int64_t weight)
{
    const std::vector<Slot> slots = slotsOf(inputs);
    std::map<std::string, std::vector<std::size_t>> pools;
    for (std::size_t index = 0; index < slots.size(); ++index)
        pools[poolOf(inputs.settings.text("pool"), *slots[index].shape)].push_back(index);
    for (auto& [name, members] : pools) {
        std::stable_sort(members.begin(), members.end(),
                         [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
        const double kept = inputs.settings.number("keep") * static_cast<double>(members.size());
        const auto count = std::min(members.size(), static_cast<std::size_t>(std::floor(kept + 0.5)));
        for (std::size_t index = 0; index < count; ++index)
            experts[members[index]] += weight;
    }
}

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    const std::vector<Slot> slots = slotsOf(inputs);
    std::vector<std::int64_t> experts(slots.size(), 0);
    for (const ComplexityProfile& profile : inputs.profiles) {
        const StrategyInputs one{inputs.model, inputs.modules, settings, {profile}, inputs.budget};
        HILO_TRY(const std::vector<double> values, signalPerSlot(one, settings.text("signal"), true));
        vote(experts, one, values, settings.integer("experts_per_task"));
    }
    const std::vector<std::int64_t> ranks(slots.size(), settings.integer("rank"));
    const std::vector<std::int64_t> topK(slots.size(), settings.integer("top_k"));
    HILO_TRY(AllocationMap map, planSlots(inputs, experts, ranks, topK));
    map.name = "LoRA-SMoE " + std::to_string(inputs.profiles.size()) + " tasks";
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& lora_smoe_strategy()
{
    static const Strategy strategy{
        "lora-smoe",
        "LoRA-SMoE",
        "One profile per task: a module gets an expert for every task in which its squared-gradient sensitivity is "
        "among "
        "the largest (2505.06272; EMLS-ICTCAS/LoRA-SMoE). Modules that no task needs get none. Its routing was not "
        "published; the mixture here is MoLA's.",
        {textSetting("signal", "squared_gradient", "the profiles' signal with values per module"),
         numberSetting("keep", "0.6", 0, 1, "share of the modules of a pool that count as sensitive"),
         choiceSetting("pool", {"projection", "block", "global"},
                       "what is compared: modules of one name, attention and MLP apart, or all"),
         integerSetting("experts_per_task", 1, 1, 64, "experts for each task; 1 is the published rule"),
         integerSetting("rank", 8, 1, 65536, "rank of every expert"),
         integerSetting("top_k", 2, 1, 256, "experts per token; one where a module has one")},
        ProfileUse::Required,
        plan};
    return strategy;
}

} // namespace hilo
