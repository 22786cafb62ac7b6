// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include "allocation/apportion.h"

#include <cmath>
#include <cstdlib>
#include <numeric>
#include <random>

using namespace hilo;

namespace {

using Numbers = std::vector<std::int64_t>;

/// PL_Alpha_Hill per layer as 2402.08562 publishes them.
const std::vector<double> llama2Alphas = {2.14, 2.74, 3.03, 3.12, 3.20, 3.15, 3.01, 3.04, 2.79, 2.85, 2.75,
                                          2.72, 2.96, 2.97, 3.03, 3.15, 3.45, 3.72, 4.02, 3.77, 4.37, 4.55,
                                          4.32, 4.18, 4.25, 4.20, 3.74, 4.25, 4.22, 4.13, 4.42, 3.44};
const std::vector<double> mistralAlphas = {2.14, 3.14, 3.73, 3.49, 3.70, 3.83, 3.53, 3.58, 3.08, 3.31, 2.96,
                                           2.75, 2.85, 2.96, 3.17, 3.62, 4.83, 3.52, 4.45, 4.34, 4.28, 4.26,
                                           4.32, 4.23, 4.78, 4.45, 4.12, 4.72, 3.99, 4.26, 3.38, 2.99};

std::vector<double> powered(std::vector<double> values, double power)
{
    for (double& value : values)
        value = std::pow(value, power);
    return values;
}

std::int64_t distance(const Numbers& a, const Numbers& b)
{
    std::int64_t sum = 0;
    for (std::size_t index = 0; index < a.size(); ++index)
        sum += std::abs(a[index] - b[index]);
    return sum;
}

} // namespace

HILO_TEST(alphaLoraRoundingIsWithinTwoOfTheIndependentRerun)
{
    const Numbers rerun = {1, 3, 5, 4, 5, 5, 4, 4, 3, 4, 3, 2, 2, 3, 3, 4,
                           9, 4, 7, 7, 7, 7, 7, 7, 9, 7, 6, 8, 6, 7, 4, 3};
    const Numbers found = REQUIRE_OK(apportionAlphaLora(powered(mistralAlphas, 2.5), 160));
    CHECK_EQ(std::accumulate(found.begin(), found.end(), std::int64_t{0}), 160);
    CHECK(distance(found, rerun) <= 2);
}

HILO_TEST(alphaLoraRoundingOfLlama2)
{
    const Numbers expected = {1, 3, 3, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4,
                              5, 6, 7, 6, 8, 6, 8, 7, 8, 7, 6, 8, 8, 7, 8, 5};
    CHECK_EQ(REQUIRE_OK(apportionAlphaLora(powered(llama2Alphas, 2.5), 160)), expected);
}

HILO_TEST(alphaLoraRoundingNeverGoesBelowZero)
{
    const Numbers found = REQUIRE_OK(apportionAlphaLora({1, 1, 1, 1, 1, 1, 1}, 4));
    CHECK_EQ(std::accumulate(found.begin(), found.end(), std::int64_t{0}), 4);
    for (const std::int64_t number : found)
        CHECK(number >= 0);
}

HILO_TEST(largestRemainderSharesExactly)
{
    CHECK_EQ(REQUIRE_OK(apportion({1, 1, 2}, 8, 0, 100)), (Numbers{2, 2, 4}));
    CHECK_EQ(REQUIRE_OK(apportion({5, 3, 2}, 7, 0, 100)), (Numbers{4, 2, 1}));
    CHECK_EQ(REQUIRE_OK(apportion({1, 1, 1}, 4, 0, 100)), (Numbers{2, 1, 1}));
    CHECK_EQ(REQUIRE_OK(apportion({1, 0}, 5, 1, 100)), (Numbers{4, 1}));
}

HILO_TEST(layerIfKeepsAFloorOfOne)
{
    // f = weight / sum · (T - m) = {3.5, 1.5, 0}; floor + 1, the remainder to the largest fraction, earlier first.
    CHECK_EQ(REQUIRE_OK(apportion({7, 3, 0}, 8, 1, 256)), (Numbers{5, 2, 1}));
}

HILO_TEST(whatFullPlacesCannotTakeIsSharedAgain)
{
    CHECK_EQ(REQUIRE_OK(apportion({100, 1, 1}, 10, 0, 4)), (Numbers{4, 3, 3}));
    CHECK_EQ(REQUIRE_OK(apportion({1, 0, 0}, 6, 0, 3)), (Numbers{3, 2, 1}));
}

HILO_TEST(randomSharesKeepSumAndBounds)
{
    std::mt19937_64 random(7);
    for (int round = 0; round < 500; ++round) {
        const std::size_t count = 1 + random() % 40;
        std::vector<double> weights;
        for (std::size_t index = 0; index < count; ++index)
            weights.push_back(static_cast<double>(random() % 1000) / 10.0 + (index == 0 ? 1 : 0));
        const auto lowest = static_cast<std::int64_t>(random() % 3);
        const auto highest = lowest + static_cast<std::int64_t>(random() % 9);
        const auto places = static_cast<std::int64_t>(count);
        const auto room = static_cast<std::uint64_t>(places * (highest - lowest) + 1);
        const std::int64_t total = places * lowest + static_cast<std::int64_t>(random() % room);
        const Numbers found = REQUIRE_OK(apportion(weights, total, lowest, highest));
        CHECK_EQ(std::accumulate(found.begin(), found.end(), std::int64_t{0}), total);
        for (const std::int64_t number : found)
            CHECK(number >= lowest && number <= highest);
        for (std::size_t a = 0; a < count; ++a)
            for (std::size_t b = 0; b < count; ++b)
                CHECK(weights[a] <= weights[b] || found[a] + 1 >= found[b]);
    }
}

HILO_TEST(unusableSharesAreRefused)
{
    CHECK_CONTAINS(REQUIRE_ERROR(apportion({0, 0}, 4, 0, 9)).message, "zero");
    CHECK_CONTAINS(REQUIRE_ERROR(apportion({1, -1}, 4, 0, 9)).message, "negative");
    CHECK_CONTAINS(REQUIRE_ERROR(apportion({1, std::nan("")}, 4, 0, 9)).message, "not finite");
    CHECK_CONTAINS(REQUIRE_ERROR(apportion({1, 1}, 4, 3, 9)).message, "can't be split");
    CHECK_CONTAINS(REQUIRE_ERROR(apportion({1, 1}, 40, 0, 9)).message, "can't be split");
    CHECK_CONTAINS(REQUIRE_ERROR(apportionAlphaLora({0, 0}, 4)).message, "zero");
}
