// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace hilo {

/// Mean of repeated measurements and its 95 % interval, mean +- t(0.975, n - 1) * s / sqrt(n) (Student 1908).
struct MeanInterval
{
    int count = 0;
    double mean = 0;
    std::optional<double> deviation; ///< sample standard deviation s; from two values on
    std::optional<double> low, high; ///< from two values on
};
MeanInterval meanInterval(std::span<const double> values);
/// The same of values that cannot leave a range (accuracies: 0 to 1, their differences: -1 to 1): the interval ends
/// there too. With two values it often covers the whole range, which is what two values say.
MeanInterval meanIntervalWithin(std::span<const double> values, double lowest, double highest);

/// The quantile 0.975 of Student's t distribution, for whole degrees of freedom from 1 on; error below 1e-9.
double studentQuantile975(int degreesOfFreedom);

/// For each point (cost, value): true when no other has a value at least as high at a cost at most as high, and is
/// better in one of the two. Lower cost and higher value are better; of equal points all are on the front.
std::vector<bool> paretoFront(std::span<const std::pair<double, double>> costAndValue);

} // namespace hilo
