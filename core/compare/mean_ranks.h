// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace hilo {

/// 1 for the best value; equal ones share the mean of their ranks.
std::vector<double> ranksOf(std::span<const double> values, bool lowerIsBetter);

/// Whether methods (k) differ over tasks (N), by their ranks: one inner list of k ranks a task (Friedman 1937; ties
/// corrected as Conover has it; Demšar 2006, section 3.2.2).
struct Friedman
{
    double chiSquare = 0;
    double p = 1;         ///< k - 1 degrees of freedom
    bool allTied = false; ///< no task tells any two methods apart
};
/// Nothing below two methods or two tasks.
std::optional<Friedman> friedman(const std::vector<std::vector<double>>& ranksOfTasks);

/// How far mean ranks of two of so many methods over so many tasks must lie apart to differ at 0.05 (Nemenyi 1963;
/// Demšar 2006, section 3.2.2: q sqrt(k (k + 1) / (6 N)), q the studentised range's quantile over the root of 2).
double nemenyiCriticalDifference(int methods, int tasks);

/// Longest chains, by mean rank, of methods of which no two lie further apart than the distance: the bars of the
/// drawing of critical differences. Chains of one are left out.
std::vector<std::vector<std::size_t>> chainsWithin(std::span<const double> meanRanks, double distance);

} // namespace hilo
