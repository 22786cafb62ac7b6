// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/layout.h"
#include "formats/base_expert_modules.h"

#include <algorithm>

namespace hilo {
namespace {

void addModule(GroupLayout& group, const ModuleShape& shape, const ModuleAllocation& allocation,
               const AdapterSettings& settings)
{
    ModuleLayout module;
    module.module = shape.column;
    module.name = shape.name;
    module.out = shape.out;
    module.allocation = allocation;
    module.firstRank = group.plan.ranks;
    // The base's router decides about its own experts: they have no part in the plan of ours.
    if (allocation.ofBase) {
        for (const int rank : allocation.ranks) {
            module.expertBegin.push_back(module.ranks);
            module.ranks += rank;
        }
        group.plan.ranks += module.ranks;
        group.modules.push_back(std::move(module));
        return;
    }
    gpu::ModuleRouting routing;
    routing.firstExpert = static_cast<std::int64_t>(group.plan.experts.size());
    routing.experts = allocation.experts();
    routing.topK = allocation.topK;
    routing.dense = settings.router == RouterKind::Dense;
    routing.topP = settings.router == RouterKind::TopP ? settings.topP : 0;
    for (const int rank : allocation.ranks) {
        const std::int64_t begin = group.plan.ranks + module.ranks;
        module.expertBegin.push_back(module.ranks);
        module.ranks += rank;
        group.plan.experts.push_back(
            {begin, begin + rank, static_cast<float>(expertScale(settings, allocation.alpha, rank))});
    }
    group.plan.ranks += module.ranks;
    if (allocation.hasRouter()) {
        routing.nullExperts = allocation.nullExperts;
        routing.firstLogit = module.firstLogit = group.plan.logits;
        group.plan.logits += routing.choices();
    }
    group.plan.modules.push_back(routing);
    group.modules.push_back(std::move(module));
}

} // namespace

int AdapterLayout::groupOf(std::int64_t layer, int inputGroup) const
{
    if (layer < 0 || layer >= static_cast<std::int64_t>(groupIndex.size()))
        return -1;
    const std::vector<int>& ofLayer = groupIndex[static_cast<std::size_t>(layer)];
    return inputGroup < static_cast<int>(ofLayer.size()) ? ofLayer[static_cast<std::size_t>(inputGroup)] : -1;
}

AdapterLayout layOutAdapter(const ModelConfig& model, const AllocationMap& map, const AdapterSettings& settings)
{
    AdapterLayout layout;
    layout.modules = mapGrid(model);
    const int inputGroups = layout.modules.inputGroups();
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer) {
        layout.groupIndex.emplace_back(static_cast<std::size_t>(inputGroups), -1);
        for (int inputGroup = 0; inputGroup < inputGroups; ++inputGroup) {
            GroupLayout group;
            group.layer = static_cast<std::int64_t>(layer);
            group.inputGroup = inputGroup;
            for (const ModuleShape& shape : layout.modules.layer(layer)) {
                if (shape.inputGroup != inputGroup)
                    continue;
                group.in = shape.in;
                const auto found = map.layers[layer].find(shape.name);
                if (found != map.layers[layer].end() && found->second.experts() > 0)
                    addModule(group, shape, found->second, settings);
            }
            if (group.modules.empty())
                continue;
            group.offset = layout.parameters;
            layout.parameters += group.rows() * group.in;
            for (ModuleLayout& module : group.modules) {
                module.offsetB = layout.parameters;
                layout.parameters += module.out * module.ranks;
            }
            layout.groupIndex[layer][static_cast<std::size_t>(inputGroup)] = static_cast<int>(layout.groups.size());
            layout.groups.push_back(std::move(group));
        }
    }
    return layout;
}

std::vector<TensorPlace> tensorPlaces(const AdapterLayout& layout)
{
    std::vector<TensorPlace> places;
    for (const GroupLayout& group : layout.groups)
        for (const ModuleLayout& module : group.modules) {
            const std::string prefix = "layers." + std::to_string(group.layer) + "." + module.name + ".";
            for (std::size_t expert = 0; expert < module.expertBegin.size(); ++expert) {
                const std::int64_t rank = module.allocation.ranks[expert];
                const std::int64_t begin = module.expertBegin[expert];
                const std::string name = prefix + "experts." + std::to_string(expert) + ".";
                places.push_back(
                    {name + "lora_A", rank, group.in, group.offset + (module.firstRank + begin) * group.in, group.in});
                places.push_back({name + "lora_B", module.out, rank, module.offsetB + begin, module.ranks});
            }
            if (module.firstLogit >= 0)
                places.push_back({prefix + "router.weight", module.allocation.experts() + module.allocation.nullExperts,
                                  group.in, group.offsetOfRouters() + module.firstLogit * group.in, group.in});
        }
    return places;
}

} // namespace hilo
