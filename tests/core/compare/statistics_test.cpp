// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/statistics.h"

#include "support/testing.h"

using namespace hilo;

HILO_TEST(studentQuantilesAreThoseOfTheTables)
{
    CHECK_NEAR(studentQuantile975(1), 12.706204736432095, 1e-8);
    CHECK_NEAR(studentQuantile975(2), 4.302652729911275, 1e-9);
    CHECK_NEAR(studentQuantile975(4), 2.7764451051977987, 1e-9);
    CHECK_NEAR(studentQuantile975(9), 2.2621571627409915, 1e-9);
    CHECK_NEAR(studentQuantile975(30), 2.0422724563012373, 1e-9);
    CHECK_NEAR(studentQuantile975(1000), 1.9623390808264078, 1e-9);
}

HILO_TEST(meanIntervalNeedsTwoValues)
{
    CHECK_EQ(meanInterval({}).count, 0);
    const MeanInterval one = meanInterval(std::vector{0.5});
    CHECK_EQ(one.mean, 0.5);
    CHECK(!one.low && !one.high && !one.deviation);
    // 0.80, 0.82, 0.87: s = 0.036056, t(0.975, 2) = 4.302653.
    const MeanInterval three = meanInterval(std::vector{0.80, 0.82, 0.87});
    CHECK_NEAR(three.mean, 0.83, 1e-12);
    CHECK_NEAR(*three.deviation, 0.0360555127546399, 1e-12);
    CHECK_NEAR(*three.high - three.mean, 4.302652729911275 * 0.0360555127546399 / std::sqrt(3.0), 1e-9);
    CHECK_NEAR(three.mean - *three.low, *three.high - three.mean, 1e-12);
    const MeanInterval equal = meanInterval(std::vector{0.5, 0.5});
    CHECK_EQ(*equal.low, 0.5);
    CHECK_EQ(*equal.high, 0.5);
}

HILO_TEST(theIntervalOfSharesStaysWithinThem)
{
    // 0.80 and 0.99: 0.895 -+ 12.706 * 0.1344 / sqrt(2), which would be -31 % to 210 %.
    const MeanInterval two = meanIntervalWithin(std::vector{0.80, 0.99}, 0, 1);
    CHECK_NEAR(two.mean, 0.895, 1e-12);
    CHECK_EQ(*two.low, 0.0);
    CHECK_EQ(*two.high, 1.0);
    const MeanInterval inside = meanIntervalWithin(std::vector{0.80, 0.82, 0.81}, 0, 1);
    CHECK_EQ(*inside.low, *meanInterval(std::vector{0.80, 0.82, 0.81}).low);
    CHECK(!meanIntervalWithin(std::vector{0.5}, 0, 1).low);
}

HILO_TEST(theFrontHoldsWhatNothingElseBeats)
{
    const std::vector<std::pair<double, double>> points{{100, 0.5}, {200, 0.7}, {200, 0.6}, {300, 0.7},
                                                        {400, 0.9}, {50, 0.5},  {400, 0.9}, {500, 0.8}};
    const std::vector<bool> front = paretoFront(points);
    const std::vector<bool> expected{false, true, false, false, true, true, true, false};
    CHECK(front == expected);
    CHECK(paretoFront({}).empty());
    // Against the definition, over a grid with many ties.
    std::vector<std::pair<double, double>> grid;
    for (int i = 0; i < 60; ++i)
        grid.emplace_back(i * 7 % 11, i * 5 % 13);
    const std::vector<bool> marked = paretoFront(grid);
    for (std::size_t i = 0; i < grid.size(); ++i) {
        bool beaten = false;
        for (const auto& [cost, value] : grid)
            beaten = beaten || (cost <= grid[i].first && value >= grid[i].second &&
                                (cost < grid[i].first || value > grid[i].second));
        CHECK_EQ(marked[i], !beaten);
    }
}
