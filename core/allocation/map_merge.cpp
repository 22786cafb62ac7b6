// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map_merge.h"

#include <set>

namespace hilo {
namespace {

ModuleAllocation allocationAt(const AllocationMap& map, std::size_t layer, const std::string& module)
{
    const ModuleAllocation* found = layer < map.layers.size() ? map.find(layer, module) : nullptr;
    return found ? *found : ModuleAllocation{};
}

std::set<std::string> modulesOf(std::size_t layer, std::initializer_list<const AllocationMap*> maps)
{
    std::set<std::string> names;
    for (const AllocationMap* map : maps)
        if (layer < map->layers.size())
            for (const auto& [name, allocation] : map->layers[layer])
                names.insert(name);
    return names;
}

} // namespace

MergedMap mergeMaps(const AllocationMap& base, const AllocationMap& ours, const AllocationMap& theirs)
{
    MergedMap merged;
    merged.map = ours;
    if (ours.name == base.name)
        merged.map.name = theirs.name;
    for (std::size_t layer = 0; layer < ours.layers.size(); ++layer)
        for (const std::string& module : modulesOf(layer, {&base, &ours, &theirs})) {
            const ModuleAllocation before = allocationAt(base, layer, module), mine = allocationAt(ours, layer, module),
                                   other = allocationAt(theirs, layer, module);
            if (mine == other)
                continue;
            if (other == before) {
                ++merged.ours;
            } else if (mine == before) {
                ++merged.theirs;
                if (other.ranks.empty())
                    merged.map.layers[layer].erase(module);
                else
                    merged.map.layers[layer][module] = other;
            } else {
                merged.conflicts.push_back({layer, module});
            }
        }
    if (merged.theirs > 0 && merged.ours + merged.conflicts.size() == 0) {
        merged.map.strategy = theirs.strategy;
        merged.map.settings = theirs.settings;
        merged.map.notes = theirs.notes;
    } else if (merged.theirs > 0) {
        merged.map.strategy = "manual";
        merged.map.settings = Json::object();
        merged.map.notes.clear();
    }
    return merged;
}

} // namespace hilo
