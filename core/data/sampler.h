// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace hilo {

struct SamplerSettings
{
    std::uint64_t seed = 1;
    std::int64_t batchSize = 16;
    bool groupByLength = false; ///< rows of like length share a batch
};

/// Everything a checkpoint needs to go on with the same rows.
struct SamplerState
{
    std::int64_t epoch = 0;
    std::int64_t position = 0; ///< rows of the epoch that were given out

    bool operator==(const SamplerState&) const = default;
};

/// Gives out the rows of one epoch after the other. The order of an epoch is a pure function of settings, lengths and
/// the epoch's number: own generator and shuffle, the same on every machine.
class Sampler
{
  public:
    /// lengths: tokens of each row; at least one row.
    Sampler(SamplerSettings settings, std::vector<std::int64_t> lengths);

    /// Indices of the next batchSize rows; fewer at the end of an epoch (batches never cross epochs).
    std::vector<std::int64_t> nextBatch();
    std::int64_t batchesPerEpoch() const;
    std::int64_t rows() const { return static_cast<std::int64_t>(lengths_.size()); }

    const SamplerState& state() const { return state_; }
    void restore(const SamplerState& state);

    /// A shuffle of 0 … rows-1. With groupByLength: windows of 50 batches of the shuffled rows are sorted by length
    /// (longest first), cut into batches, and the batches shuffled (a short last batch stays last).
    std::vector<std::int64_t> orderOf(std::int64_t epoch) const;

  private:
    SamplerSettings settings_;
    std::vector<std::int64_t> lengths_;
    SamplerState state_;
    std::vector<std::int64_t> order_;
    std::int64_t orderEpoch_ = -1;
};

} // namespace hilo
