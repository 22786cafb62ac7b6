// SPDX-License-Identifier: GPL-3.0-or-later
// Values that follow from the definitions (allocation/signal_catalogue.cpp).
#include "engine/base/eigenvalues.h"
#include "engine/complexity/signal_set.h"
#include "engine/complexity/spectrum_measures.h"
#include "support/testing.h"

#include <algorithm>

using namespace hilo;

namespace {

std::vector<double> roots(std::vector<double> values)
{
    for (double& value : values)
        value = std::sqrt(value);
    return values;
}

/// Values of a power law with exponent alpha: the quantiles of its distribution.
std::vector<double> powerLaw(double alpha, int count)
{
    std::vector<double> values;
    for (int index = 0; index < count; ++index)
        values.push_back(std::pow(1 - (index + 0.5) / count, -1 / (alpha - 1)));
    return values;
}

} // namespace

HILO_TEST(ranksOfTheIdentity)
{
    const std::vector<double> spectrum = squaredSingularValues(torch::eye(12));
    CHECK_EQ(spectrum.size(), 12u);
    CHECK_NEAR(entropyRank(roots(spectrum)), 12, 1e-9);
    CHECK_NEAR(entropyRank(spectrum), 12, 1e-9);
    CHECK_NEAR(stableRank(spectrum), 12, 1e-9);
    CHECK_NEAR(participationRatio(spectrum), 12, 1e-9);
}

HILO_TEST(ranksOfARankOneMatrix)
{
    const torch::Tensor matrix = torch::outer(torch::arange(1, 6).to(torch::kFloat32), torch::ones({9}));
    const std::vector<double> spectrum = squaredSingularValues(matrix);
    CHECK_NEAR(stableRank(spectrum), 1, 1e-9);
    CHECK_NEAR(participationRatio(spectrum), 1, 1e-9);
    CHECK_NEAR(entropyRank(spectrum), 1, 1e-9);
    // Rounding leaves squared singular values of about 1e-16 of the largest: their roots are small, not 0.
    CHECK_NEAR(entropyRank(roots(spectrum)), 1, 1e-5);
}

HILO_TEST(singularValuesOfAWideAndATallMatrix)
{
    const torch::Tensor diagonal = torch::diag(torch::tensor({3.0, 1.0, 2.0}));
    const torch::Tensor wide = torch::cat({diagonal, torch::zeros({3, 4})}, 1);
    for (const torch::Tensor& matrix : {wide, torch::Tensor(wide.t())}) {
        const std::vector<double> spectrum = squaredSingularValues(matrix);
        CHECK_EQ(spectrum.size(), 3u);
        for (const auto& [index, value] : {std::pair{0u, 1.0}, {1u, 4.0}, {2u, 9.0}})
            CHECK_NEAR(spectrum[index], value, 1e-12);
    }
}

HILO_TEST(hillFindsTheExponentOfAPowerLaw)
{
    for (const double alpha : {1.8, 2.5, 4.0}) {
        const std::vector<double> values = powerLaw(alpha, 4000);
        CHECK_NEAR(hillOfHalf(values), alpha, 0.02 * alpha);
        for (const TailWindow window : {TailWindow::Published, TailWindow::Corrected}) {
            const TailFit fit = fitTail(values, window);
            CHECK_NEAR(fit.alpha, alpha, 0.03 * alpha);
            CHECK(fit.distance < 0.02);
        }
    }
}

HILO_TEST(tailFitOfFourValuesByHand)
{
    // Of 1, e, e^2, e^4 the histogram's fullest bin begins at 1 (first of ties), so the window is up to 1.5: only the
    // first value may begin the tail. n = 4, sum of logs 7: alpha = 1 + 4/7. Distances |1 - x^(-4/7) - m/4|.
    const std::vector<double> values = {1, std::exp(1), std::exp(2), std::exp(4)};
    const double alpha = 1 + 4.0 / 7;
    double distance = 0;
    for (int m = 0; m < 4; ++m)
        distance = std::max(distance, std::abs(1 - std::pow(values[static_cast<std::size_t>(m)], 1 - alpha) - m / 4.0));
    for (const TailWindow window : {TailWindow::Published, TailWindow::Corrected}) {
        const TailFit fit = fitTail(values, window);
        CHECK_NEAR(fit.alpha, alpha, 1e-12);
        CHECK_NEAR(fit.distance, distance, 1e-12);
        CHECK_EQ(fit.tail, 4);
    }
}

HILO_TEST(thePublishedWindowReachesFurtherDown)
{
    // The fullest bin lies at about 100, so that log10(0.95 x) is about 2: values from 2 on may begin the tail.
    std::vector<double> values = {2.5, 3, 4, 6};
    for (int index = 0; index < 30; ++index)
        values.push_back(100 + 0.01 * index);
    for (int index = 1; index < 10; ++index)
        values.push_back(100 + 40.0 * index);
    const TailFit published = fitTail(values, TailWindow::Published);
    const TailFit corrected = fitTail(values, TailWindow::Corrected);
    CHECK(corrected.tail <= 39);
    CHECK(published.distance <= corrected.distance);
}

HILO_TEST(spectraWithoutATailHaveNoExponent)
{
    CHECK(std::isnan(fitTail({1, 1, 1, 1}, TailWindow::Published).alpha));
    CHECK(std::isnan(fitTail({1}, TailWindow::Published).alpha));
    CHECK(std::isnan(hillOfHalf({2, 2, 2})));
    // Zeros count as 1e-30 and do no harm.
    CHECK(std::isfinite(fitTail({0, 0, 1, 2, 4}, TailWindow::Published).alpha));
    CHECK_EQ(stableRank({0, 0}), 0);
    CHECK_EQ(entropyRank({0, 0}), 0);
}

HILO_TEST(sharesAreCountedFromTheLargest)
{
    CHECK_EQ(countForShare({5, 3, 1, 1}, 0.5), 1);
    CHECK_EQ(countForShare({5, 3, 1, 1}, 0.75), 2);
    CHECK_EQ(countForShare({5, 3, 1, 1}, 1), 4);
}

HILO_TEST(listedRanksAreSpread)
{
    CHECK_EQ(spreadRanks(4, 8), (std::vector<std::int64_t>{1, 2, 3, 4}));
    const std::vector<std::int64_t> ranks = spreadRanks(4096, 128);
    CHECK_EQ(ranks.front(), 1);
    CHECK_EQ(ranks.back(), 4096);
    CHECK(ranks.size() <= 128u && ranks.size() > 90u);
    CHECK(std::is_sorted(ranks.begin(), ranks.end()));
}

HILO_TEST(aSignalWithoutAValueIsLeftOutAndNoted)
{
    SignalSet set;
    SignalValues values;
    values.modules = {{"q_proj", {1, NAN}}};
    set.add("hill_half", std::move(values), 0);
    CHECK(set.find("hill_half") == nullptr);
    CHECK_CONTAINS(set.notes.at(0), "q_proj of layer 1");
}
