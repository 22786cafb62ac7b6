// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/knapsack.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace hilo {
namespace {

struct Offer
{
    std::size_t units = 0;
    double gain = 0;
    std::uint16_t option = 0;
};

/// Options that no cheaper or equally dear one beats, with their cost above the item's cheapest in units.
std::vector<Offer> worthwhile(const std::vector<KnapsackOption>& options, std::int64_t least, std::int64_t unit,
                              std::int64_t budget)
{
    std::vector<std::size_t> order(options.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return options[a].cost != options[b].cost ? options[a].cost < options[b].cost
                                                  : options[a].gain > options[b].gain;
    });
    std::vector<Offer> choices;
    for (const std::size_t index : order) {
        const std::int64_t extra = options[index].cost - least;
        if (extra > budget || (!choices.empty() && options[index].gain <= choices.back().gain))
            continue;
        choices.push_back({static_cast<std::size_t>((extra + unit - 1) / unit), options[index].gain,
                           static_cast<std::uint16_t>(index)});
    }
    return choices;
}

} // namespace

Result<std::vector<std::size_t>> chooseUnderBudget(const std::vector<std::vector<KnapsackOption>>& items,
                                                   std::int64_t budget, std::int64_t cells)
{
    std::vector<std::int64_t> least;
    std::int64_t divisor = 0;
    std::int64_t reach = 0;
    for (const auto& options : items) {
        if (options.empty() || options.size() > std::numeric_limits<std::uint16_t>::max())
            return failure(wrongUsage("every item needs from 1 to 65535 options"));
        const auto byCost = [](const KnapsackOption& a, const KnapsackOption& b) { return a.cost < b.cost; };
        const auto [low, high] = std::minmax_element(options.begin(), options.end(), byCost);
        least.push_back(low->cost);
        reach += high->cost - low->cost;
        budget -= low->cost;
        for (const KnapsackOption& option : options)
            divisor = std::gcd(divisor, option.cost - low->cost);
    }
    if (budget < 0)
        return failure(wrongUsage("the cheapest choice is " + std::to_string(-budget) + " above the budget"));
    budget = std::min(budget, reach);
    std::int64_t unit = std::max<std::int64_t>(divisor, 1);
    if (budget / unit > cells)
        unit = (budget + cells - 1) / cells;
    const auto width = static_cast<std::size_t>(budget / unit) + 1;

    if (items.size() > (std::size_t{1} << 28) / width)
        return failure(wrongUsage(std::to_string(items.size()) + " modules with " + std::to_string(width) +
                                      " units of budget take too much memory",
                                  "divide the budget into fewer units"));

    // best[b]: the largest gain of the items so far with exactly b units to spend at most.
    std::vector<double> best(width, 0);
    std::vector<double> next(width);
    std::vector<std::uint16_t> taken(items.size() * width);
    std::vector<std::vector<Offer>> choices;
    for (std::size_t item = 0; item < items.size(); ++item) {
        choices.push_back(worthwhile(items[item], least[item], unit, budget));
        std::fill(next.begin(), next.end(), -std::numeric_limits<double>::infinity());
        std::uint16_t* row = taken.data() + item * width;
        for (std::size_t choice = 0; choice < choices[item].size(); ++choice) {
            const Offer& one = choices[item][choice];
            for (std::size_t cell = one.units; cell < width; ++cell) {
                const double gain = best[cell - one.units] + one.gain;
                if (gain > next[cell]) {
                    next[cell] = gain;
                    row[cell] = static_cast<std::uint16_t>(choice);
                }
            }
        }
        best.swap(next);
    }

    std::vector<std::size_t> result(items.size());
    std::size_t cell = width - 1;
    for (std::size_t item = items.size(); item-- > 0;) {
        const Offer& one = choices[item][taken[item * width + cell]];
        result[item] = one.option;
        cell -= one.units;
    }
    return result;
}

} // namespace hilo
