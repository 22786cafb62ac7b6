// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/batch_plan.h"

#include <algorithm>
#include <cmath>

namespace hilo {

BatchPlan::BatchPlan(const TrainingSpec& training, std::vector<std::int64_t> lengths, TaskMixture mixture)
    : training_(training), lengths_(std::move(lengths)), mixture_(std::move(mixture)), begins_{0}
{
}

BatchPlan::Epoch BatchPlan::batchesOf(std::int64_t epoch) const
{
    Epoch batches(1);
    std::int64_t used = 0;    // of the current budget, in rows or in tokens
    std::int64_t budgets = 1; // of the current micro-batch
    const std::int64_t budget = training_.packing ? training_.maxLength : 1;
    const SamplerSettings sampler{static_cast<std::uint64_t>(training_.seed), training_.batchSize,
                                  training_.groupByLength};
    std::vector<std::int64_t> rows =
        mixture_.epochRows(sampler.seed, epoch, static_cast<std::int64_t>(lengths_.size()));
    for (const std::int64_t row : epochOrder(sampler, lengths_, std::move(rows), epoch)) {
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

std::int64_t BatchPlan::beginOf(std::int64_t epoch)
{
    while (static_cast<std::int64_t>(begins_.size()) <= epoch) {
        const auto known = static_cast<std::int64_t>(begins_.size()) - 1;
        begins_.push_back(begins_.back() + static_cast<std::int64_t>(batchesOf(known).size()));
    }
    return begins_[static_cast<std::size_t>(epoch)];
}

const std::vector<std::int64_t>& BatchPlan::microBatch(std::int64_t index)
{
    while (begins_.back() <= index)
        beginOf(static_cast<std::int64_t>(begins_.size()));
    const std::int64_t epoch = std::upper_bound(begins_.begin(), begins_.end(), index) - begins_.begin() - 1;
    if (epoch != epoch_) {
        batches_ = batchesOf(epoch);
        epoch_ = epoch;
    }
    return batches_[static_cast<std::size_t>(index - beginOf(epoch))];
}

std::int64_t BatchPlan::microBatchesPerEpoch()
{
    return beginOf(1);
}

std::int64_t BatchPlan::microBatches()
{
    if (training_.steps > 0)
        return training_.steps * training_.accumulation;
    const auto whole = static_cast<std::int64_t>(training_.epochs);
    const double part = training_.epochs - static_cast<double>(whole);
    // Only packed epochs differ in their batches; nobody waits until a million of them are planned.
    constexpr std::int64_t mostPlanned = 1000;
    const bool isPlanned = training_.packing && whole < mostPlanned;
    const std::int64_t count = isPlanned ? beginOf(whole) : whole * microBatchesPerEpoch();
    const std::int64_t last = isPlanned ? beginOf(whole + 1) - count : microBatchesPerEpoch();
    // 1.1 - 1 is a little more than 0.1.
    const double ofLast = std::ceil(part * static_cast<double>(last) - 1e-6);
    return std::max<std::int64_t>(1, count + std::llround(ofLast));
}

std::int64_t BatchPlan::steps()
{
    if (training_.steps > 0)
        return training_.steps;
    return (microBatches() + training_.accumulation - 1) / training_.accumulation;
}

} // namespace hilo
