// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sampler.h"

#include "data/shuffle.h"

#include <algorithm>
#include <numeric>

namespace hilo {

std::vector<std::int64_t> epochOrder(const SamplerSettings& settings, std::span<const std::int64_t> lengths,
                                     std::int64_t epoch)
{
    std::vector<std::int64_t> rows(lengths.size());
    std::iota(rows.begin(), rows.end(), std::int64_t{0});
    return epochOrder(settings, lengths, std::move(rows), epoch);
}

std::vector<std::int64_t> epochOrder(const SamplerSettings& settings, std::span<const std::int64_t> lengths,
                                     std::vector<std::int64_t> order, std::int64_t epoch)
{
    const auto rows = static_cast<std::int64_t>(order.size());
    const std::uint64_t key = counterNumber(settings.seed, static_cast<std::uint64_t>(epoch));
    shuffle(order, key);
    if (!settings.groupByLength)
        return order;
    const std::int64_t window = 50 * settings.batchSize;
    for (std::int64_t begin = 0; begin < rows; begin += window)
        std::stable_sort(order.begin() + begin, order.begin() + std::min(begin + window, rows),
                         [&lengths](std::int64_t a, std::int64_t b) {
                             return lengths[static_cast<std::size_t>(a)] > lengths[static_cast<std::size_t>(b)];
                         });
    const std::int64_t whole = rows / settings.batchSize;
    std::vector<std::int64_t> batches(static_cast<std::size_t>(whole));
    std::iota(batches.begin(), batches.end(), std::int64_t{0});
    shuffle(batches, counterNumber(key, 1));
    std::vector<std::int64_t> result;
    result.reserve(order.size());
    for (const std::int64_t batch : batches)
        result.insert(result.end(), order.begin() + batch * settings.batchSize,
                      order.begin() + (batch + 1) * settings.batchSize);
    result.insert(result.end(), order.begin() + whole * settings.batchSize, order.end());
    return result;
}

} // namespace hilo
