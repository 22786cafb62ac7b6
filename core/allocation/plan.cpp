// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/plan.h"
#include "formats/module_grid.h"

#include <algorithm>

namespace hilo {

std::vector<Slot> slotsOf(const StrategyInputs& inputs)
{
    std::vector<Slot> slots;
    for (std::size_t layer = 0; layer < inputs.modules.layers(); ++layer)
        for (const ModuleShape& shape : inputs.modules.layer(layer))
            slots.push_back({layer, &shape});
    return slots;
}

Result<AllocationMap> planSlots(const StrategyInputs& inputs, const std::vector<std::int64_t>& experts,
                                const std::vector<std::int64_t>& ranks, const std::vector<std::int64_t>& topK)
{
    const std::vector<Slot> slots = slotsOf(inputs);
    const std::int64_t mostExperts = *std::max_element(experts.begin(), experts.end());
    const std::int64_t mostActive = *std::max_element(topK.begin(), topK.end());
    // The published default of two means one where every module has one.
    if (mostActive > (inputs.settings.isGiven("top_k") ? mostExperts : std::max<std::int64_t>(mostExperts, 2)))
        return failure(inputs.settings.errorAt("top_k", "expected at most the largest number of experts, " +
                                                            std::to_string(mostExperts) + ", found " +
                                                            std::to_string(mostActive)));
    AllocationMap map;
    map.layers.resize(static_cast<std::size_t>(inputs.model.layers));
    for (std::size_t index = 0; index < slots.size(); ++index) {
        if (experts[index] < 1)
            continue;
        ModuleAllocation module;
        module.ranks.assign(static_cast<std::size_t>(experts[index]), static_cast<int>(ranks[index]));
        module.topK = static_cast<int>(std::min(topK[index], experts[index]));
        module.alpha = inputs.settings.number("alpha");
        map.layers[slots[index].layer].emplace(slots[index].shape->name, std::move(module));
    }
    noteLoweredTopK(map, inputs, topK);
    return map;
}

Status checkSmallestRank(const StrategyInputs& inputs, const std::string& setting)
{
    for (const Slot& slot : slotsOf(inputs))
        if (const std::int64_t width = slot.shape->width(); inputs.settings.integer(setting) > width)
            return failure(inputs.settings.errorAt(setting, "expected at most the smaller width of " +
                                                                slot.shape->name + ", " + std::to_string(width)));
    return {};
}

std::string loweredTopKNote(std::int64_t asked, std::int64_t lowered, std::int64_t all)
{
    return "top_k " + std::to_string(asked) + " is more than some modules have experts: in " + std::to_string(lowered) +
           " of " + std::to_string(all) + " modules with several experts all of them are active instead.";
}

void noteLoweredTopK(AllocationMap& map, const StrategyInputs& inputs, const std::vector<std::int64_t>& asked)
{
    std::int64_t lowered = 0, all = 0, most = 0;
    const std::vector<Slot> slots = slotsOf(inputs);
    for (std::size_t index = 0; index < slots.size(); ++index) {
        const ModuleAllocation* module = map.find(slots[index].layer, slots[index].shape->name);
        if (!module || module->experts() < 2)
            continue;
        ++all;
        const std::int64_t wanted = asked.size() == 1 ? asked.front() : asked[index];
        if (wanted <= module->topK)
            continue;
        ++lowered;
        most = std::max(most, wanted);
    }
    if (lowered > 0)
        map.notes.push_back(loweredTopKNote(most, lowered, all));
}

Result<AllocationMap> planLayers(const StrategyInputs& inputs, const std::vector<std::int64_t>& experts,
                                 const std::vector<std::int64_t>& ranks, const std::vector<std::int64_t>& topK)
{
    const auto spread = [&inputs](const std::vector<std::int64_t>& perLayer) {
        std::vector<std::int64_t> perSlot;
        for (const Slot& slot : slotsOf(inputs))
            perSlot.push_back(perLayer[slot.layer]);
        return perSlot;
    };
    return planSlots(inputs, spread(experts), spread(ranks), spread(topK));
}

std::vector<std::int64_t> everyLayer(const StrategyInputs& inputs, std::int64_t value)
{
    return std::vector<std::int64_t>(static_cast<std::size_t>(inputs.model.layers), value);
}

} // namespace hilo
