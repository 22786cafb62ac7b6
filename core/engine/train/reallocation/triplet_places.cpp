// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/triplet_places.h"

namespace hilo {

std::vector<TripletPlace> tripletPlaces(const AdapterLayout& layout)
{
    std::vector<TripletPlace> places;
    std::size_t ofExpert = 0;
    for (std::size_t group = 0; group < layout.groups.size(); ++group)
        for (std::size_t module = 0; module < layout.groups[group].modules.size(); ++module) {
            const ModuleLayout& one = layout.groups[group].modules[module];
            for (std::size_t expert = 0; expert < one.allocation.ranks.size(); ++expert, ++ofExpert)
                for (int rank = 0; rank < one.allocation.ranks[expert]; ++rank)
                    places.push_back({group, module, expert, rank, layout.groups[group].in + one.out, ofExpert});
        }
    return places;
}

MapChange changeOfTriplets(const AllocationMap& map, const AdapterLayout& layout,
                           const std::vector<TripletPlace>& places, const std::vector<bool>& stays,
                           const std::vector<int>& grown)
{
    MapChange change{map, {}};
    change.map.notes.clear(); // those of the run's map are of that one
    for (std::size_t i = 0; i < places.size();) {
        const GroupLayout& group = layout.groups[places[i].group];
        const ModuleLayout& module = group.modules[places[i].module];
        ModuleChange changed{group.layer, module.name, {}};
        for (std::size_t expert = 0; expert < module.allocation.ranks.size(); ++expert) {
            ExpertOrigin origin;
            origin.expert = static_cast<int>(expert);
            const std::size_t ofExpert = places[i].ofExpert;
            for (int rank = 0; rank < module.allocation.ranks[expert]; ++rank, ++i)
                if (stays[i])
                    origin.columns.push_back(rank);
            origin.columns.insert(origin.columns.end(), static_cast<std::size_t>(grown[ofExpert]), -1);
            if (!origin.columns.empty())
                changed.experts.push_back(std::move(origin));
        }
        auto& modules = change.map.layers[static_cast<std::size_t>(group.layer)];
        if (changed.experts.empty()) {
            modules.erase(module.name);
            continue;
        }
        ModuleAllocation& allocation = modules.at(module.name);
        allocation.ranks.clear();
        for (const ExpertOrigin& origin : changed.experts)
            allocation.ranks.push_back(static_cast<int>(origin.columns.size()));
        change.modules.push_back(std::move(changed));
    }
    return change;
}

Json scoresByModule(const AdapterLayout& layout, const std::vector<double>& scores)
{
    Json modules = Json::array();
    auto next = scores.begin();
    for (const GroupLayout& group : layout.groups)
        for (const ModuleLayout& module : group.modules) {
            Json experts = Json::array();
            for (const int rank : module.allocation.ranks) {
                experts.push_back(std::vector<double>(next, next + rank));
                next += rank;
            }
            modules.push_back({{"layer", group.layer}, {"module", module.name}, {"scores", std::move(experts)}});
        }
    return modules;
}

} // namespace hilo
