// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/map_difference.h"

#include "run/map_timeline.h"
#include "run/run_settings.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace {

std::optional<ModuleAllocation> adapterOf(const AllocationMap& map, std::size_t layer, const std::string& module)
{
    if (layer >= map.layers.size())
        return {};
    const auto found = map.layers[layer].find(module);
    return found != map.layers[layer].end() && found->second.experts() > 0 ? std::optional(found->second)
                                                                           : std::nullopt;
}

std::int64_t rankOf(const std::optional<ModuleAllocation>& module)
{
    std::int64_t total = 0;
    if (module)
        for (const int rank : module->ranks)
            total += rank;
    return total;
}

} // namespace

std::int64_t ModuleDifference::rankChange() const
{
    return rankOf(second) - rankOf(first);
}

std::vector<ModuleDifference> mapDifference(const AllocationMap& first, const AllocationMap& second)
{
    std::vector<ModuleDifference> differences;
    for (std::size_t layer = 0; layer < std::max(first.layers.size(), second.layers.size()); ++layer) {
        std::set<std::string> modules;
        for (const AllocationMap* map : {&first, &second})
            if (layer < map->layers.size())
                for (const auto& [name, module] : map->layers[layer])
                    modules.insert(name);
        for (const std::string& module : modules) {
            ModuleDifference difference{layer, module, adapterOf(first, layer, module),
                                        adapterOf(second, layer, module)};
            if (difference.first != difference.second)
                differences.push_back(std::move(difference));
        }
    }
    return differences;
}

Result<AllocationMap> mapOfRun(const std::filesystem::path& runFolder)
{
    HILO_TRY(const MapTimeline timeline, readMapTimeline(runFolder));
    return timeline.last();
}

std::string describe(const std::optional<ModuleAllocation>& module)
{
    if (!module)
        return "none";
    const std::vector<int>& ranks = module->ranks;
    const bool equal = std::all_of(ranks.begin(), ranks.end(), [&ranks](int rank) { return rank == ranks.front(); });
    std::string text;
    if (equal && ranks.size() > 1)
        text = std::to_string(ranks.size()) + " x " + std::to_string(ranks.front());
    for (std::size_t i = 0; text.empty() || (!equal && i < ranks.size()); ++i)
        text += (i > 0 ? "+" : "") + std::to_string(ranks[i]);
    if (ranks.size() > 1)
        text += ", top " + std::to_string(module->topK);
    if (module->nullExperts > 0)
        text += ", " + std::to_string(module->nullExperts) + " null";
    return text + ", alpha " + shownNumber(module->alpha);
}

} // namespace hilo
