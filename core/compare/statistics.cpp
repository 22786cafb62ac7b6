// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace hilo {
namespace {

/// P(|T| <= t) for n degrees of freedom: finite sums in the angle atan(t / sqrt(n)) (Abramowitz and
/// Stegun 26.7.3, 26.7.4).
double centralProbability(double t, int n)
{
    const double angle = std::atan(t / std::sqrt(n));
    const double sine = std::sin(angle), cosine2 = std::cos(angle) * std::cos(angle);
    if (n % 2 == 0) {
        double term = 1, sum = 1;
        for (int k = 2; k <= n - 2; k += 2) {
            term *= cosine2 * (k - 1) / k;
            sum += term;
        }
        return sine * sum;
    }
    double sum = 0;
    if (n > 1) {
        double term = std::cos(angle);
        sum = term;
        for (int k = 3; k <= n - 2; k += 2) {
            term *= cosine2 * (k - 1) / k;
            sum += term;
        }
    }
    return 2 / std::numbers::pi * (angle + sine * sum);
}

} // namespace

double studentQuantile975(int degreesOfFreedom)
{
    const int n = std::max(degreesOfFreedom, 1);
    // t(0.975, 1) is 12.706 and the quantile falls to the normal distribution's 1.95996.
    double low = 1.9, high = 13;
    while (high - low > 1e-11) {
        const double middle = (low + high) / 2;
        (centralProbability(middle, n) < 0.95 ? low : high) = middle;
    }
    return (low + high) / 2;
}

MeanInterval meanInterval(std::span<const double> values)
{
    MeanInterval result;
    result.count = static_cast<int>(values.size());
    if (values.empty())
        return result;
    const double n = static_cast<double>(values.size());
    result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    if (values.size() < 2)
        return result;
    double squares = 0;
    for (const double value : values)
        squares += (value - result.mean) * (value - result.mean);
    result.deviation = std::sqrt(squares / (n - 1));
    const double half = studentQuantile975(result.count - 1) * *result.deviation / std::sqrt(n);
    result.low = result.mean - half;
    result.high = result.mean + half;
    return result;
}

MeanInterval meanIntervalWithin(std::span<const double> values, double lowest, double highest)
{
    MeanInterval result = meanInterval(values);
    if (result.low && result.high) {
        result.low = std::clamp(*result.low, lowest, highest);
        result.high = std::clamp(*result.high, lowest, highest);
    }
    return result;
}

std::vector<bool> paretoFront(std::span<const std::pair<double, double>> points)
{
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&points](std::size_t a, std::size_t b) {
        return points[a].first != points[b].first ? points[a].first < points[b].first
                                                  : points[a].second > points[b].second;
    });
    std::vector<bool> front(points.size(), false);
    double bestValue = -std::numeric_limits<double>::infinity(), bestCost = std::numeric_limits<double>::quiet_NaN();
    for (const std::size_t index : order) {
        const auto [cost, value] = points[index];
        front[index] = value > bestValue || (value == bestValue && cost == bestCost);
        if (value > bestValue) {
            bestValue = value;
            bestCost = cost;
        }
    }
    return front;
}

} // namespace hilo
