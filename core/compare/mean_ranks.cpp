// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/mean_ranks.h"

#include "compare/distributions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace hilo {

std::vector<double> ranksOf(std::span<const double> values, bool lowerIsBetter)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [values, lowerIsBetter](std::size_t a, std::size_t b) {
        return lowerIsBetter ? values[a] < values[b] : values[a] > values[b];
    });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && values[order[end]] == values[order[first]])
            ++end;
        for (std::size_t i = first; i < end; ++i)
            ranks[order[i]] = static_cast<double>(first + end + 1) / 2;
        first = end;
    }
    return ranks;
}

std::optional<Friedman> friedman(const std::vector<std::vector<double>>& ranksOfTasks)
{
    if (ranksOfTasks.size() < 2 || ranksOfTasks.front().size() < 2)
        return std::nullopt;
    const double tasks = static_cast<double>(ranksOfTasks.size());
    const std::size_t methods = ranksOfTasks.front().size();
    const double k = static_cast<double>(methods);
    std::vector<double> sums(methods, 0.0);
    double tied = 0;
    for (const std::vector<double>& ranks : ranksOfTasks) {
        std::map<double, double> equal;
        for (std::size_t i = 0; i < methods; ++i) {
            sums[i] += ranks[i];
            ++equal[ranks[i]];
        }
        for (const auto& [rank, count] : equal)
            tied += count * (count * count - 1);
    }
    Friedman result;
    const double correction = 1 - tied / (k * (k * k - 1) * tasks);
    result.allTied = correction < 1e-12;
    if (result.allTied)
        return result;
    double squares = 0;
    for (const double sum : sums)
        squares += sum * sum;
    result.chiSquare = std::max(0.0, (12 / (k * tasks * (k + 1)) * squares - 3 * tasks * (k + 1)) / correction);
    result.p = chiSquareUpper(result.chiSquare, k - 1);
    return result;
}

double nemenyiCriticalDifference(int methods, int tasks)
{
    const double k = methods;
    return normalRangeQuantile95(methods) / std::sqrt(2.0) * std::sqrt(k * (k + 1) / (6.0 * tasks));
}

std::vector<std::vector<std::size_t>> chainsWithin(std::span<const double> meanRanks, double distance)
{
    std::vector<std::size_t> order(meanRanks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [meanRanks](std::size_t a, std::size_t b) { return meanRanks[a] < meanRanks[b]; });
    std::vector<std::vector<std::size_t>> chains;
    std::size_t lastEnd = 0;
    for (std::size_t first = 0; first < order.size(); ++first) {
        std::size_t end = first + 1;
        while (end < order.size() && meanRanks[order[end]] - meanRanks[order[first]] <= distance + 1e-12)
            ++end;
        if (end - first > 1 && end > lastEnd)
            chains.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(first),
                                order.begin() + static_cast<std::ptrdiff_t>(end));
        lastEnd = std::max(lastEnd, end);
    }
    return chains;
}

} // namespace hilo
