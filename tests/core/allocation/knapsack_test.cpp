// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include "allocation/knapsack.h"

#include <random>

using namespace hilo;

namespace {

using Items = std::vector<std::vector<KnapsackOption>>;

double bestByTrying(const Items& items, std::size_t from, std::int64_t budget)
{
    if (from == items.size())
        return 0;
    double best = -1e300;
    for (const KnapsackOption& option : items[from])
        if (option.cost <= budget)
            best = std::max(best, option.gain + bestByTrying(items, from + 1, budget - option.cost));
    return best;
}

} // namespace

HILO_TEST(dynamicProgrammingFindsWhatTryingAllFinds)
{
    std::mt19937_64 random(11);
    for (int round = 0; round < 300; ++round) {
        Items items(1 + random() % 5);
        std::int64_t least = 0;
        for (auto& options : items) {
            std::int64_t cheapest = 1000;
            for (std::size_t count = 1 + random() % 6; count > 0; --count) {
                options.push_back({static_cast<std::int64_t>(random() % 60), static_cast<double>(random() % 1000) / 7});
                cheapest = std::min(cheapest, options.back().cost);
            }
            least += cheapest;
        }
        const std::int64_t budget = least + static_cast<std::int64_t>(random() % 100);
        const std::vector<std::size_t> chosen = REQUIRE_OK(chooseUnderBudget(items, budget));
        double gain = 0;
        std::int64_t cost = 0;
        for (std::size_t item = 0; item < items.size(); ++item) {
            gain += items[item].at(chosen[item]).gain;
            cost += items[item].at(chosen[item]).cost;
        }
        CHECK(cost <= budget);
        CHECK_NEAR(gain, bestByTrying(items, 0, budget), 1e-9);
    }
}

HILO_TEST(gainPerCostIsNotEnough)
{
    // Gain per cost alone would take the first item's step and leave the better one.
    const Items items = {{{0, 0}, {2, 3.1}}, {{0, 0}, {3, 4}}};
    CHECK_EQ(REQUIRE_OK(chooseUnderBudget(items, 3)), (std::vector<std::size_t>{0, 1}));
}

HILO_TEST(coarseUnitsNeverExceedTheBudget)
{
    std::mt19937_64 random(3);
    Items items(40);
    for (auto& options : items)
        for (int count = 0; count < 20; ++count)
            options.push_back({static_cast<std::int64_t>(random() % 1000003), static_cast<double>(random() % 977)});
    for (const std::int64_t budget : {5000000, 9999991, 30000001}) {
        const std::vector<std::size_t> chosen = REQUIRE_OK(chooseUnderBudget(items, budget, 256));
        std::int64_t cost = 0;
        for (std::size_t item = 0; item < items.size(); ++item)
            cost += items[item].at(chosen[item]).cost;
        CHECK(cost <= budget);
    }
}

HILO_TEST(budgetsBelowTheCheapestChoiceAreRefused)
{
    CHECK_CONTAINS(REQUIRE_ERROR(chooseUnderBudget({{{5, 1}}, {{6, 1}}}, 10)).message, "1 above the budget");
    CHECK_CONTAINS(REQUIRE_ERROR(chooseUnderBudget({{}}, 10)).message, "options");
}
