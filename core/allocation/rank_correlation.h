// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace hilo {

/// Ranks from 1 on, the smallest value first; equal values share the mean of their ranks.
std::vector<double> ranksOf(const std::vector<double>& values);

/// Spearman's rank correlation: Pearson's correlation of the ranks (Spearman 1904). Nothing when the lists differ in
/// length, hold fewer than two values, or one of them is constant.
std::optional<double> spearman(const std::vector<double>& a, const std::vector<double>& b);

} // namespace hilo
