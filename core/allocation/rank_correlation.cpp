// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {

std::vector<double> ranksOf(const std::vector<double>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]])
            ++last;
        for (std::size_t place = first; place <= last; ++place)
            ranks[order[place]] = static_cast<double>(first + last) / 2 + 1;
        first = last + 1;
    }
    return ranks;
}

std::optional<double> spearman(const std::vector<double>& a, const std::vector<double>& b)
{
    if (a.size() != b.size() || a.size() < 2)
        return std::nullopt;
    const std::vector<double> first = ranksOf(a);
    const std::vector<double> second = ranksOf(b);
    const double mean = static_cast<double>(a.size() + 1) / 2;
    double product = 0;
    double squaresOfFirst = 0;
    double squaresOfSecond = 0;
    for (std::size_t index = 0; index < a.size(); ++index) {
        product += (first[index] - mean) * (second[index] - mean);
        squaresOfFirst += (first[index] - mean) * (first[index] - mean);
        squaresOfSecond += (second[index] - mean) * (second[index] - mean);
    }
    if (!(squaresOfFirst > 0) || !(squaresOfSecond > 0))
        return std::nullopt;
    return product / std::sqrt(squaresOfFirst * squaresOfSecond);
}

} // namespace hilo
