// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/batch_plan.h"

#include <algorithm>
#include <cmath>

namespace hilo {

BatchPlan::BatchPlan(const TrainingSpec& training, std::vector<std::int64_t> lengths)
    : training_(training), lengths_(std::move(lengths)),
      sampler_({static_cast<std::uint64_t>(training.seed), training.batchSize, training.groupByLength}, lengths_),
      begins_{0}
{
}

BatchPlan::Epoch BatchPlan::batchesOf(std::int64_t epoch) const
{
    Epoch batches(1);
    std::int64_t used = 0;    // of the current budget, in rows or in tokens
    std::int64_t budgets = 1; // of the current micro-batch
    const std::int64_t budget = training_.packing ? training_.maxLength : 1;
    for (const std::int64_t row : sampler_.orderOf(epoch)) {
        const std::int64_t size = training_.packing ? std::min(budget, lengths_[static_cast<std::size_t>(row)]) : 1;
        if (used + size > budget) {
            used = 0;
            ++budgets;
        }
        if (budgets > training_.batchSize) {
            batches.emplace_back();
            budgets = 1;
        }
        used += size;
        batches.back().push_back(row);
    }
    return batches;
}

const std::vector<std::int64_t>& BatchPlan::microBatch(std::int64_t index)
{
    const auto known = [this] { return static_cast<std::int64_t>(begins_.size()) - 1; };
    const auto at = [this](std::int64_t epoch) -> std::int64_t& { return begins_[static_cast<std::size_t>(epoch)]; };
    while (at(known()) <= index)
        begins_.push_back(at(known()) + static_cast<std::int64_t>(batchesOf(known()).size()));
    const std::int64_t epoch = std::upper_bound(begins_.begin(), begins_.end(), index) - begins_.begin() - 1;
    if (epoch != epoch_) {
        batches_ = batchesOf(epoch);
        epoch_ = epoch;
    }
    return batches_[static_cast<std::size_t>(index - at(epoch))];
}

std::int64_t BatchPlan::microBatchesPerEpoch()
{
    microBatch(0);
    return begins_[1];
}

std::int64_t BatchPlan::steps()
{
    if (training_.steps > 0)
        return training_.steps;
    const double batches = training_.epochs * static_cast<double>(microBatchesPerEpoch());
    return std::max<std::int64_t>(1, std::llround(std::ceil(batches / static_cast<double>(training_.accumulation))));
}

} // namespace hilo
