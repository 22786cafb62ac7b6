// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

struct SamplerSettings
{
    std::uint64_t seed = 1;
    std::int64_t batchSize = 16;
    bool groupByLength = false; ///< rows of like length share a batch
};

/// The order of an epoch's rows: a shuffle of 0 … rows-1 that is a pure function of its arguments, the same on every
/// machine. With groupByLength: windows of 50 batches of the shuffled rows are sorted by length (longest first), cut
/// into batches, and the batches shuffled (a short last batch stays last). lengths: tokens of each row.
std::vector<std::int64_t> epochOrder(const SamplerSettings& settings, std::span<const std::int64_t> lengths,
                                     std::int64_t epoch);
/// The same of the rows that an epoch has, which need not be all and may come more than once (task_mixture.h).
std::vector<std::int64_t> epochOrder(const SamplerSettings& settings, std::span<const std::int64_t> lengths,
                                     std::vector<std::int64_t> rows, std::int64_t epoch);

} // namespace hilo
