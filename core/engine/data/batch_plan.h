// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/sampler.h"
#include "data/task_mixture.h"
#include "run/run_spec.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

/// Which rows go into which micro-batch: a pure function of the settings, the rows' lengths and the epoch, so that a
/// resumed run goes on with the very rows that it would have had.
class BatchPlan
{
  public:
    /// lengths: tokens of each row. Without packing a micro-batch is batch_size rows; with packing it is batch_size
    /// budgets of max_length tokens, each filled with rows in the sampler's order.
    /// mixture: of the tasks that the rows are of.
    BatchPlan(const TrainingSpec& training, std::vector<std::int64_t> lengths, TaskMixture mixture = {});

    /// The rows of the index-th micro-batch since the beginning of training; good until another one is asked for.
    std::span<const std::int64_t> microBatch(std::int64_t index);
    /// Micro-batches of one epoch (of epoch 0; packing can give later ones one more or less).
    std::int64_t microBatchesPerEpoch();
    /// Micro-batches of the whole run. When epochs decide they are those of the epochs and no more, so that the last
    /// step may take fewer than the others: an epoch is one pass over the rows whatever the accumulation.
    std::int64_t microBatches();
    /// Steps of the whole run: as given, or as many as the epochs take.
    std::int64_t steps();

  private:
    /// The rows of all its micro-batches, one behind the other: of millions of rows nothing may be held for each batch
    /// but where it begins.
    struct Epoch
    {
        std::vector<std::int64_t> rows;
        std::vector<std::size_t> begins;

        std::size_t size() const { return begins.size(); }
        std::span<const std::int64_t> batch(std::size_t index) const;
    };
    /// First micro-batch of an epoch.
    std::int64_t beginOf(std::int64_t epoch);
    Epoch batchesOf(std::int64_t epoch) const;
    std::int64_t batchesIn(std::int64_t epoch);
    void goTo(std::int64_t epoch);

    TrainingSpec training_;
    std::vector<std::int64_t> lengths_;
    TaskMixture mixture_;
    std::vector<std::int64_t> begins_; ///< first micro-batch of each epoch that was looked at
    std::int64_t epoch_ = -1;
    Epoch batches_;
};

} // namespace hilo
