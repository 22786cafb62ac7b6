// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/bootstrap.h"

#include "support/testing.h"

#include <cmath>
#include <numeric>
#include <vector>

using namespace hilo;

namespace {

std::vector<double> sampleValues(int count)
{
    std::vector<double> values;
    for (int i = 0; i < count; ++i)
        values.push_back(std::sin(i * 1.7) + 0.01 * i);
    return values;
}

Statistic meanOf(const std::vector<double>& values)
{
    return [&values](std::span<const std::size_t> drawn) -> std::optional<double> {
        double sum = 0;
        for (const std::size_t i : drawn)
            sum += values[i];
        return sum / static_cast<double>(drawn.size());
    };
}

} // namespace

HILO_TEST(theSameRowsGiveTheSameInterval)
{
    const std::vector<double> values = sampleValues(60);
    const auto first = bootstrapInterval(60, meanOf(values)).value();
    CHECK(bootstrapInterval(60, meanOf(values)).value() == first);
    CHECK(bootstrapInterval(60, meanOf(values), {1000, 2}).value() != first);
    CHECK(bootstrapInterval(60, meanOf(values), {500, 1}).value() != first);
}

HILO_TEST(ofAMeanItIsAboutTheNormalOne)
{
    const std::vector<double> values = sampleValues(400);
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / 400;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const double error = 1.959964 * std::sqrt(squares / 400 / 400);
    const auto [low, high] = bootstrapInterval(400, meanOf(values), {4000, 1}).value();
    CHECK_NEAR(low, mean - error, 0.12 * error);
    CHECK_NEAR(high, mean + error, 0.12 * error);
}

HILO_TEST(thereIsNoneOfTooLittle)
{
    const std::vector<double> values{1, 2};
    CHECK(!bootstrapInterval(0, meanOf(values)));
    CHECK(!bootstrapInterval(1, meanOf(values)));
    const auto constant = bootstrapInterval(2, [](std::span<const std::size_t>) { return std::optional(0.5); }).value();
    CHECK(constant == std::pair(0.5, 0.5));
    // Defined for a quarter of the draws only: all rows the first one, of two.
    const auto rarely = [](std::span<const std::size_t> drawn) -> std::optional<double> {
        return drawn[0] == 0 && drawn[1] == 0 ? std::optional(1.0) : std::nullopt;
    };
    CHECK(!bootstrapInterval(2, rarely));
    CHECK(!bootstrapInterval(2, [](std::span<const std::size_t>) { return std::optional(std::nan("")); }));
}
