// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/spectrum_measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

std::vector<double> logarithms(const std::vector<double>& ascending)
{
    std::vector<double> logs;
    logs.reserve(ascending.size());
    for (const double value : ascending)
        logs.push_back(std::log(std::max(value, smallestEigenvalue)));
    return logs;
}

/// Left edge of the fullest of 100 equal bins of log10, the first one on ties; back from the logarithm.
double fullestBin(const std::vector<double>& logs)
{
    constexpr int bins = 100;
    const double low = logs.front() / std::log(10.0);
    const double high = logs.back() / std::log(10.0);
    if (!(high > low))
        return std::pow(10.0, low);
    std::array<std::int64_t, bins> counts{};
    for (const double value : logs) {
        const double place = (value / std::log(10.0) - low) / (high - low) * bins;
        ++counts[static_cast<std::size_t>(std::clamp(static_cast<int>(place), 0, bins - 1))];
    }
    const auto fullest = std::max_element(counts.begin(), counts.end()) - counts.begin();
    return std::pow(10.0, low + (high - low) * static_cast<double>(fullest) / bins);
}

/// Kolmogorov-Smirnov distance of the tail from `first` on and a power law of this exponent.
double tailDistance(const std::vector<double>& logs, std::size_t first, double alpha)
{
    const auto count = static_cast<double>(logs.size() - first);
    double distance = 0;
    for (std::size_t index = first; index < logs.size(); ++index) {
        const double share = 1 - std::exp((1 - alpha) * (logs[index] - logs[first]));
        distance = std::max(distance, std::abs(share - static_cast<double>(index - first) / count));
    }
    return distance;
}

} // namespace

TailFit fitTail(const std::vector<double>& ascending, TailWindow window)
{
    TailFit best{notDefined, 1, 0};
    if (ascending.size() < 2)
        return best;
    const std::vector<double> logs = logarithms(ascending);
    const double edge = fullestBin(logs);
    const double lowest = window == TailWindow::Published ? std::log10(0.95 * edge) : 0.95 * edge;
    const auto allowed = [&](std::size_t index) {
        const double value = std::max(ascending[index], smallestEigenvalue);
        return value >= lowest && value <= 1.5 * edge;
    };
    bool any = false;
    for (std::size_t index = 0; index + 1 < ascending.size(); ++index)
        any = any || allowed(index);
    double sum = std::accumulate(logs.begin(), logs.end(), 0.0);
    for (std::size_t first = 0; first + 1 < logs.size(); sum -= logs[first], ++first) {
        if (any && !allowed(first))
            continue;
        const auto count = static_cast<double>(logs.size() - first);
        const double spread = sum - count * logs[first];
        if (!(spread > 1e-12 * count))
            continue;
        const double alpha = 1 + count / spread;
        const double distance = alpha > 1 ? tailDistance(logs, first, alpha) : 1;
        if (std::isnan(best.alpha) || distance < best.distance)
            best = {alpha, distance, static_cast<std::int64_t>(logs.size() - first)};
    }
    return best;
}

double hillOfHalf(const std::vector<double>& ascending)
{
    const std::size_t half = ascending.size() / 2;
    if (half == 0)
        return notDefined;
    const std::vector<double> logs = logarithms(ascending);
    const double threshold = logs[logs.size() - half - 1];
    double sum = 0;
    for (std::size_t index = logs.size() - half; index < logs.size(); ++index)
        sum += logs[index] - threshold;
    return sum > 0 ? 1 + static_cast<double>(half) / sum : notDefined;
}

double stableRank(const std::vector<double>& squared)
{
    const double largest = squared.empty() ? 0 : *std::max_element(squared.begin(), squared.end());
    return largest > 0 ? std::accumulate(squared.begin(), squared.end(), 0.0) / largest : 0;
}

double participationRatio(const std::vector<double>& squared)
{
    double sum = 0;
    double squares = 0;
    for (const double value : squared) {
        sum += value;
        squares += value * value;
    }
    return squares > 0 ? sum * sum / squares : 0;
}

double entropyRank(const std::vector<double>& values)
{
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    if (!(sum > 0))
        return 0;
    double entropy = 0;
    for (const double value : values)
        if (const double share = value / sum; share > 0)
            entropy -= share * std::log(share);
    return std::exp(entropy);
}

std::int64_t countForShare(const std::vector<double>& descending, double share)
{
    const double wanted = share * std::accumulate(descending.begin(), descending.end(), 0.0);
    double running = 0;
    for (std::size_t index = 0; index < descending.size(); ++index)
        if ((running += descending[index]) >= wanted)
            return static_cast<std::int64_t>(index) + 1;
    return static_cast<std::int64_t>(descending.size());
}

} // namespace hilo
