// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sampler.h"

#include "data/shuffle.h"

#include <algorithm>
#include <numeric>

namespace hilo {

Sampler::Sampler(SamplerSettings settings, std::vector<std::int64_t> lengths)
    : settings_(settings), lengths_(std::move(lengths))
{
}

std::vector<std::int64_t> Sampler::nextBatch()
{
    if (state_.position >= rows())
        state_ = {state_.epoch + 1, 0};
    if (orderEpoch_ != state_.epoch) {
        order_ = orderOf(state_.epoch);
        orderEpoch_ = state_.epoch;
    }
    const std::int64_t end = std::min(state_.position + settings_.batchSize, rows());
    std::vector<std::int64_t> batch(order_.begin() + state_.position, order_.begin() + end);
    state_.position = end;
    return batch;
}

std::int64_t Sampler::batchesPerEpoch() const
{
    return (rows() + settings_.batchSize - 1) / settings_.batchSize;
}

void Sampler::restore(const SamplerState& state)
{
    state_ = state;
}

std::vector<std::int64_t> Sampler::orderOf(std::int64_t epoch) const
{
    std::vector<std::int64_t> order(lengths_.size());
    std::iota(order.begin(), order.end(), std::int64_t{0});
    const std::uint64_t key = counterNumber(settings_.seed, static_cast<std::uint64_t>(epoch));
    shuffle(order, key);
    if (!settings_.groupByLength)
        return order;
    const std::int64_t window = 50 * settings_.batchSize;
    for (std::int64_t begin = 0; begin < rows(); begin += window)
        std::stable_sort(order.begin() + begin, order.begin() + std::min(begin + window, rows()),
                         [this](std::int64_t a, std::int64_t b) {
                             return lengths_[static_cast<std::size_t>(a)] > lengths_[static_cast<std::size_t>(b)];
                         });
    const std::int64_t whole = rows() / settings_.batchSize;
    std::vector<std::int64_t> batches(static_cast<std::size_t>(whole));
    std::iota(batches.begin(), batches.end(), std::int64_t{0});
    shuffle(batches, counterNumber(key, 1));
    std::vector<std::int64_t> result;
    result.reserve(order.size());
    for (const std::int64_t batch : batches)
        result.insert(result.end(), order.begin() + batch * settings_.batchSize,
                      order.begin() + (batch + 1) * settings_.batchSize);
    result.insert(result.end(), order.begin() + whole * settings_.batchSize, order.end());
    return result;
}

} // namespace hilo
