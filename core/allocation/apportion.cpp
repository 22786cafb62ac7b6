// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/apportion.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

Result<double> sumOfWeights(const std::vector<double>& weights)
{
    double sum = 0;
    for (std::size_t index = 0; index < weights.size(); ++index) {
        if (!std::isfinite(weights[index]) || weights[index] < 0)
            return failure(wrongUsage("weight " + std::to_string(index) + " to share by is negative or not finite"));
        sum += weights[index];
    }
    if (!(sum > 0) || !std::isfinite(sum))
        return failure(wrongUsage("the weights to share by are all zero or too large to add"));
    return sum;
}

/// Those whose whole share is above their room get their room; true when there were any.
bool settleFull(std::vector<bool>& open, std::vector<std::int64_t>& numbers, const std::vector<double>& weights,
                std::int64_t& rest, std::int64_t room)
{
    double sum = 0;
    for (std::size_t index = 0; index < weights.size(); ++index)
        if (open[index])
            sum += weights[index];
    const std::int64_t shared = rest;
    bool any = false;
    for (std::size_t index = 0; index < weights.size(); ++index) {
        if (!open[index] || sum <= 0 || weights[index] / sum * static_cast<double>(shared) < static_cast<double>(room))
            continue;
        open[index] = false;
        numbers[index] += room;
        rest -= room;
        any = true;
    }
    return any;
}

} // namespace

Result<std::vector<std::int64_t>> apportion(const std::vector<double>& weights, std::int64_t total, std::int64_t lowest,
                                            std::int64_t highest)
{
    HILO_TRY([[maybe_unused]] const double sum, sumOfWeights(weights));
    const auto count = static_cast<std::int64_t>(weights.size());
    if (lowest > highest || total < count * lowest || total > count * highest)
        return failure(wrongUsage("a total of " + std::to_string(total) + " can't be split over " +
                                  std::to_string(count) + " places with " + std::to_string(lowest) + " to " +
                                  std::to_string(highest) + " each"));
    std::vector<std::int64_t> numbers(weights.size(), lowest);
    std::vector<bool> open(weights.size(), true);
    std::int64_t rest = total - count * lowest;
    const std::int64_t room = highest - lowest;
    while (rest > 0 && settleFull(open, numbers, weights, rest, room)) {
    }

    double shares = 0;
    for (std::size_t index = 0; index < weights.size(); ++index)
        if (open[index])
            shares += weights[index];
    std::vector<std::size_t> order;
    std::vector<double> fractions(weights.size(), 0);
    const std::int64_t shared = rest;
    for (std::size_t index = 0; index < weights.size(); ++index) {
        if (!open[index])
            continue;
        const double part = shares > 0 ? weights[index] / shares * static_cast<double>(shared) : 0;
        const auto whole = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(part)), 0, room);
        numbers[index] += whole;
        rest -= whole;
        fractions[index] = part - static_cast<double>(whole);
        order.push_back(index);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return fractions[a] > fractions[b]; });
    // More than one round only where the open ones have no weight at all.
    while (rest > 0)
        for (const std::size_t index : order)
            if (rest > 0 && numbers[index] < highest) {
                ++numbers[index];
                --rest;
            }
    return numbers;
}

Result<std::vector<std::int64_t>> apportionAlphaLora(const std::vector<double>& weights, std::int64_t total)
{
    HILO_TRY(const double sum, sumOfWeights(weights));
    if (total < 0)
        return failure(wrongUsage("a total of " + std::to_string(total) + " can't be split"));
    std::vector<std::int64_t> numbers;
    for (const double weight : weights)
        numbers.push_back(static_cast<std::int64_t>(std::nearbyint(weight / sum * static_cast<double>(total))));
    const auto difference = [&](std::size_t index) { return weights[index] - static_cast<double>(numbers[index]); };
    std::int64_t found = std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0});
    for (; found < total; ++found) {
        std::size_t chosen = 0;
        for (std::size_t index = 1; index < numbers.size(); ++index)
            if (difference(index) < difference(chosen))
                chosen = index;
        ++numbers[chosen];
    }
    for (; found > total; --found) {
        std::size_t chosen = numbers.size();
        for (std::size_t index = 0; index < numbers.size(); ++index)
            if (numbers[index] > 0 && (chosen == numbers.size() || difference(index) > difference(chosen)))
                chosen = index;
        --numbers[chosen];
    }
    return numbers;
}

} // namespace hilo
