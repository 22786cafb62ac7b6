// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"

#include "allocation/parameters.h"
#include "base/text_format.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace hilo {
namespace {

/// In training: the value, its gradient and AdamW's two moments, all float32 (memory_estimate.h).
constexpr double bytesPerParameter = 16;

std::int64_t highestRank(const ModuleShape& shape, const RankBounds& bounds)
{
    return std::min({bounds.highest, shape.in, shape.out});
}

/// Layers in an order that is spread evenly over the depth wherever it is cut off (golden ratio steps).
std::vector<std::size_t> spreadOrder(std::size_t layers)
{
    std::vector<std::size_t> order(layers);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [](std::size_t layer) { return static_cast<std::uint32_t>(layer * 2654435769u); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    return order;
}

/// What one more rank costs: of any module that has experts, and of those whose bounds leave room. Nothing: none.
struct NextRank
{
    std::optional<std::int64_t> any, open;
};
NextRank nextRank(const AllocationMap& map, const StrategyInputs& inputs, const RankBounds& bounds)
{
    NextRank next;
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const ModuleShape& shape : inputs.modules.layer(layer)) {
            const ModuleAllocation* module = map.find(layer, shape.name);
            if (!module)
                continue;
            const std::int64_t cost = shape.in + shape.out;
            next.any = std::min(cost, next.any.value_or(cost));
            const std::vector<int>& ranks = module->ranks;
            if (std::any_of(ranks.begin(), ranks.end(), [&](int rank) { return rank < highestRank(shape, bounds); }))
                next.open = std::min(cost, next.open.value_or(cost));
        }
    return next;
}

/// Settings that a budget overrides are told of, and modules that cannot follow the others.
void noteScaling(AllocationMap& map, const AllocationMap& before, const StrategyInputs& inputs, double factor,
                 const RankBounds& bounds)
{
    for (const char* setting : {"rank", "ranks"})
        if (inputs.settings.isGiven(setting) && map.layers != before.layers)
            map.notes.push_back("The budget scales all ranks by " + printed("%.4g", factor) + ", so the given " +
                                setting + " only says how they are to one another.");
    std::set<std::string> full;
    for (std::size_t layer = 0; layer < before.layers.size(); ++layer)
        for (const ModuleShape& shape : inputs.modules.layer(layer)) {
            const ModuleAllocation* module = before.find(layer, shape.name);
            if (!module)
                continue;
            for (const int rank : module->ranks)
                if (std::floor(factor * rank + 0.5) > static_cast<double>(highestRank(shape, bounds)))
                    full.insert(shape.name);
        }
    if (!full.empty())
        map.notes.push_back("By the budget's scale the ranks of " + joined({full.begin(), full.end()}) +
                            " would be larger than the module's smaller width or the largest rank allowed; they are "
                            "as large as can be.");
}

std::string outOfReach(std::int64_t budget, const char* word, std::int64_t parameters)
{
    return "a budget of " + std::to_string(budget) + " trainable parameters is " + word + " " +
           std::to_string(parameters);
}

} // namespace

Result<std::int64_t> parseBudget(const std::string& text, const ModelConfig& model)
{
    if (text.starts_with("same:")) {
        const std::string file = text.substr(5);
        HILO_TRY(const AllocationMap map, readAllocationMap(file));
        HILO_CHECK(validateAllocationMap(map, model, file));
        const std::int64_t parameters = countParameters(map, model).trainable();
        if (parameters == 0)
            return failure(badInput(file, "layers", "the map has no adapter, so it gives no budget"));
        return parameters;
    }
    for (const auto& [unit, bytes] : {std::pair{"KiB", 1024.0}, {"MiB", 1048576.0}, {"GiB", 1073741824.0}})
        if (text.ends_with(unit)) {
            const auto amount = parseNumber(std::string_view(text).substr(0, text.size() - 3));
            if (amount && *amount > 0 && *amount * bytes >= bytesPerParameter && *amount * bytes <= 1e18)
                return static_cast<std::int64_t>(*amount * bytes / bytesPerParameter);
        }
    double factor = 1;
    std::string digits = text;
    if (!digits.empty()) {
        const char last = digits.back();
        factor = last == 'k' || last == 'K' ? 1e3 : last == 'M' ? 1e6 : last == 'G' || last == 'B' ? 1e9 : 1;
        if (factor > 1)
            digits.pop_back();
    }
    const auto number = parseNumber(digits);
    if (!number || *number <= 0 || *number * factor < 1 || *number * factor > 1e15)
        return failure(wrongUsage(
            "expected a budget in parameters (1500000, 80k, 1.5M, 2G), in memory (600MiB) or same:MAP.json, found \"" +
            text + "\""));
    return static_cast<std::int64_t>(std::floor(*number * factor + 1e-6));
}

AllocationMap scaleRanks(AllocationMap map, const ModuleGrid& modules, double factor, const RankBounds& bounds)
{
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const ModuleShape& shape : modules.layer(layer)) {
            const auto found = map.layers[layer].find(shape.name);
            if (found == map.layers[layer].end())
                continue;
            const auto highest = static_cast<double>(highestRank(shape, bounds));
            const double lowest = std::min(static_cast<double>(bounds.lowest), highest);
            for (int& rank : found->second.ranks)
                rank = static_cast<int>(std::clamp(std::floor(factor * rank + 0.5), lowest, highest));
        }
    return map;
}

void fillToBudget(AllocationMap& map, const StrategyInputs& inputs, const RankBounds& bounds)
{
    std::int64_t left = inputs.budget.value_or(0) - countParameters(map, inputs.model).trainable();
    const std::vector<std::size_t> order = spreadOrder(map.layers.size());
    int mostExperts = 0;
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            mostExperts = std::max(mostExperts, module.experts());
    for (bool any = true; any;) {
        any = false;
        for (int expert = 0; expert < mostExperts; ++expert)
            for (const std::size_t layer : order)
                for (const ModuleShape& shape : inputs.modules.layer(layer)) {
                    const auto found = map.layers[layer].find(shape.name);
                    if (found == map.layers[layer].end() || expert >= found->second.experts() ||
                        shape.in + shape.out > left)
                        continue;
                    int& rank = found->second.ranks[static_cast<std::size_t>(expert)];
                    if (rank >= highestRank(shape, bounds))
                        continue;
                    ++rank;
                    left -= shape.in + shape.out;
                    any = true;
                }
    }
}

void noteLeftover(AllocationMap& map, const StrategyInputs& inputs, const RankBounds& bounds, const std::string& more)
{
    const std::int64_t used = countParameters(map, inputs.model).trainable();
    const std::int64_t left = inputs.budget.value_or(0) - used;
    const NextRank next = nextRank(map, inputs, bounds);
    // Less than one rank of anything is no more than rounding.
    if (left < next.any.value_or(1))
        return;
    std::string why;
    if (inputs.settings.text("fill") == "none")
        why = "what is left is not given out, because fill is none";
    else if (!next.open)
        why = "every expert has the largest rank that its module's smaller width and the settings allow";
    else
        why = "a rank more for an expert that may still grow costs " + std::to_string(*next.open);
    map.notes.push_back("Of the budget of " + std::to_string(*inputs.budget) + " parameters " + std::to_string(used) +
                        " are used, " + std::to_string(left) + " are left over: " + why + more + ".");
}

Result<AllocationMap> fitToBudget(AllocationMap map, const StrategyInputs& inputs, const RankBounds& bounds)
{
    if (!inputs.budget)
        return map;
    const std::int64_t budget = *inputs.budget;
    const auto cost = [&](double factor) {
        return countParameters(scaleRanks(map, inputs.modules, factor, bounds), inputs.model).trainable();
    };
    if (const std::int64_t least = cost(0); least > budget)
        return failure(inputs.settings.errorAt("budget",
                                               outOfReach(budget, "too small: the smallest ranks need", least),
                                               "raise the budget, or lower the number of experts or of modules"));
    double high = static_cast<double>(std::int64_t{1} << 18);
    if (const std::int64_t most = cost(high); most < budget)
        return failure(
            inputs.settings.errorAt("budget", outOfReach(budget, "too large: the largest ranks hold", most),
                                    "lower the budget, or raise the number of experts, of modules or their ranks"));
    double low = 0;
    if (cost(high) == budget)
        low = high;
    while (low < high) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        (cost(middle) <= budget ? low : high) = middle;
    }
    const AllocationMap before = map;
    map = scaleRanks(map, inputs.modules, low, bounds);
    noteScaling(map, before, inputs, low, bounds);
    if (inputs.settings.text("fill") == "even")
        fillToBudget(map, inputs, bounds);
    noteLeftover(map, inputs, bounds);
    return map;
}

} // namespace hilo
