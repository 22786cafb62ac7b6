// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map_operations.h"

#include "allocation/budget.h"
#include "allocation/plan.h"
#include "base/counted.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace hilo {
namespace {

Result<StrategySettings> plainSettings()
{
    return StrategySettings::resolve("map",
                                     {textSetting("budget", "", ""), choiceSetting("fill", {"even", "none"}, ""),
                                      numberSetting("alpha", "16", 1e-6, 1e9, "")},
                                     {});
}

std::int64_t widthOf(const ModuleGrid& modules, std::size_t layer, const std::string& name)
{
    const ModuleShape* shape = modules.find(layer, name);
    return shape ? shape->width() : 0;
}

/// Notes of the map that it was made from are of that one.
AllocationMap renamed(AllocationMap map, const std::string& suffix, std::vector<std::string> notes = {})
{
    map.name += suffix;
    map.strategy = "manual";
    map.settings = Json::object();
    map.notes = std::move(notes);
    return map;
}

Result<std::vector<std::int64_t>> perLayer(const std::string& name, const std::string& text, const ModelConfig& model,
                                           std::int64_t lowest)
{
    HILO_TRY(const std::vector<double> values, parseNumberList(name, text));
    std::vector<std::int64_t> numbers;
    for (const double value : values) {
        if (value != std::floor(value) || value < static_cast<double>(lowest) || value > 65536)
            return failure(wrongUsage(name + ": expected whole numbers from " + std::to_string(lowest) + ", found " +
                                      std::to_string(value)));
        numbers.push_back(static_cast<std::int64_t>(value));
    }
    if (numbers.size() == 1)
        numbers.resize(static_cast<std::size_t>(model.layers), numbers.front());
    if (static_cast<std::int64_t>(numbers.size()) != model.layers)
        return failure(wrongUsage(name + ": expected one number, or one per layer, " + std::to_string(model.layers) +
                                  ", found " + std::to_string(numbers.size())));
    return numbers;
}

} // namespace

std::int64_t totalRank(const AllocationMap& map)
{
    std::int64_t total = 0;
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            total += module.totalRank();
    return total;
}

std::int64_t totalExperts(const AllocationMap& map)
{
    std::int64_t total = 0;
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            total += module.experts();
    return total;
}

Result<AllocationMap> scaleToBudget(const AllocationMap& map, const ModelConfig& model, std::int64_t budget)
{
    HILO_TRY(const StrategySettings settings, plainSettings());
    const StrategyInputs inputs{model, moduleGrid(model), settings, {}, budget};
    AllocationMap plain = map;
    plain.notes.clear();
    HILO_TRY(AllocationMap result, fitToBudget(std::move(plain), inputs));
    std::vector<std::string> notes = result.notes;
    return renamed(std::move(result), " to " + std::to_string(budget) + " parameters", std::move(notes));
}

Result<AllocationMap> scaleToTotalRank(const AllocationMap& map, const ModelConfig& model, std::int64_t total)
{
    const ModuleGrid modules = moduleGrid(model);
    const std::int64_t least = totalRank(scaleRanks(map, modules, 0));
    const std::int64_t most = totalRank(scaleRanks(map, modules, 1 << 18));
    if (total < least || total > most)
        return failure(wrongUsage("a total rank of " + std::to_string(total) +
                                  " is out of reach: the map's experts hold " + std::to_string(least) + " to " +
                                  std::to_string(most)));
    double low = 0;
    double high = 1 << 18;
    while (low < high) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        (totalRank(scaleRanks(map, modules, middle)) <= total ? low : high) = middle;
    }
    AllocationMap result = scaleRanks(map, modules, low);
    std::int64_t left = total - totalRank(result);
    // One rank each, from golden ratio steps over the layers, so that no part of the depth is preferred.
    for (std::uint32_t step = 0; left > 0; ++step) {
        const auto layer =
            static_cast<std::size_t>((step * 2654435769ULL % 4294967296ULL) * result.layers.size() >> 32);
        for (auto& [name, module] : result.layers[layer]) {
            if (module.ofBase)
                continue; // one rank for all of them
            const auto smallest = std::min_element(module.ranks.begin(), module.ranks.end());
            if (left > 0 && smallest != module.ranks.end() && *smallest < widthOf(modules, layer, name)) {
                ++*smallest;
                --left;
            }
        }
    }
    return renamed(std::move(result), " to a total rank of " + std::to_string(total));
}

Result<AllocationMap> transposeToDepth(const AllocationMap& map, const ModelConfig& model)
{
    if (map.layers.empty())
        return failure(wrongUsage("the map has no layers"));
    AllocationMap result = renamed(map, " on " + std::to_string(model.layers) + " layers");
    result.architecture = model.architecture;
    result.layers.clear();
    const auto depth = static_cast<std::int64_t>(map.layers.size());
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        result.layers.push_back(map.layers[static_cast<std::size_t>(layer * depth / model.layers)]);
    HILO_CHECK(validateAllocationMap(result, model, map.name.empty() ? "map" : map.name));
    return result;
}

Result<AllocationMap> mapFromNumbers(const LayerNumbers& numbers, const ModelConfig& model)
{
    HILO_TRY(const auto experts, perLayer("experts", numbers.experts, model, 0));
    HILO_TRY(const auto ranks, perLayer("ranks", numbers.ranks, model, 1));
    HILO_TRY(const auto topK, perLayer("top_k", numbers.topK, model, 1));
    const std::vector<std::string> names = splitList(numbers.modules);
    AllocationMap map;
    map.name = "imported";
    map.strategy = "manual";
    map.architecture = model.architecture;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    const ModuleGrid modules = moduleGrid(model);
    for (const std::string& name : names)
        if (!modules.columnOf(name))
            return failure(wrongUsage("the model has no module \"" + name + "\"", modulesHint(model)));
    std::set<std::size_t> lowered;
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const ModuleShape& shape : modules.layer(layer)) {
            if (experts[layer] < 1 ||
                (!names.empty() && std::find(names.begin(), names.end(), shape.name) == names.end()))
                continue;
            ModuleAllocation module;
            module.ranks.assign(static_cast<std::size_t>(experts[layer]), static_cast<int>(ranks[layer]));
            module.topK = static_cast<int>(std::min(topK[layer], experts[layer]));
            if (experts[layer] > 1 && topK[layer] > experts[layer])
                lowered.insert(layer);
            module.alpha = numbers.alpha;
            map.layers[layer].emplace(shape.name, std::move(module));
        }
    if (!lowered.empty())
        map.notes.push_back("top_k is more than there are experts in " +
                            counted(static_cast<std::int64_t>(lowered.size()), "layer") +
                            " with several experts: all of them are active there instead.");
    HILO_CHECK(validateAllocationMap(map, model, "imported numbers"));
    return map;
}

} // namespace hilo
