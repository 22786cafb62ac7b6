// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>

namespace hilo {

/// A statistic of rows that were drawn, by their indices; nothing where it is not defined for these.
using Statistic = std::function<std::optional<double>(std::span<const std::size_t> drawn)>;

struct BootstrapSettings
{
    int draws = 1000;
    std::uint64_t seed = 1;
};

/// 95 % interval by the percentile bootstrap (Efron 1979; Efron and Tibshirani 1993, chapter 13): rows are drawn with
/// replacement, as many as there are, and the statistic of each draw is taken; percentiles are interpolated linearly.
/// The same rows and seed give the same interval everywhere. Nothing for fewer than two rows, and where the statistic
/// is not defined for half of the draws.
std::optional<std::pair<double, double>> bootstrapInterval(std::size_t rows, const Statistic& statistic,
                                                           const BootstrapSettings& settings = {});

} // namespace hilo
