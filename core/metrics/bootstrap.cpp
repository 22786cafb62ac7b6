// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace hilo {
namespace {

/// values are sorted.
double percentile(const std::vector<double>& values, double share)
{
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - std::floor(place)) * (values[above] - values[below]);
}

} // namespace

std::optional<std::pair<double, double>> bootstrapInterval(std::size_t rows, const Statistic& statistic,
                                                           const BootstrapSettings& settings)
{
    if (rows < 2)
        return {};
    // Its sequence is fixed by the standard; those of the distributions are not.
    std::mt19937_64 random(settings.seed);
    std::vector<std::size_t> drawn(rows);
    std::vector<double> values;
    for (int draw = 0; draw < settings.draws; ++draw) {
        for (std::size_t& row : drawn)
            row = static_cast<std::size_t>(random() % rows);
        if (const auto value = statistic(drawn); value && std::isfinite(*value))
            values.push_back(*value);
    }
    if (static_cast<int>(values.size()) * 2 < settings.draws)
        return {};
    std::sort(values.begin(), values.end());
    return std::pair(percentile(values, 0.025), percentile(values, 0.975));
}

} // namespace hilo
