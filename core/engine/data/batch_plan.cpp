// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/batch_plan.h"

#include <algorithm>
#include <cmath>

namespace hilo {

BatchPlan::BatchPlan(const TrainingSpec& training, std::vector<std::int64_t> lengths, TaskMixture mixture)
    : training_(training), lengths_(std::move(lengths)), mixture_(std::move(mixture)), begins_{0}
{
}

std::span<const std::int64_t> BatchPlan::Epoch::batch(std::size_t index) const
{
    const std::size_t end = index + 1 < begins.size() ? begins[index + 1] : rows.size();
    return std::span(rows).subspan(begins[index], end - begins[index]);
}

BatchPlan::Epoch BatchPlan::batchesOf(std::int64_t epoch) const
{
    const SamplerSettings sampler{static_cast<std::uint64_t>(training_.seed), training_.batchSize,
                                  training_.groupByLength};
    Epoch batches;
    batches.rows = epochOrder(
        sampler, lengths_, mixture_.epochRows(sampler.seed, epoch, static_cast<std::int64_t>(lengths_.size())), epoch);
    batches.begins.push_back(0);
    std::int64_t used = 0;    // of the current budget, in rows or in tokens
    std::int64_t budgets = 1; // of the current micro-batch
    const std::int64_t budget = training_.packing ? training_.maxLength : 1;
    for (std::size_t i = 0; i < batches.rows.size(); ++i) {
        const auto row = static_cast<std::size_t>(batches.rows[i]);
        const std::int64_t size = training_.packing ? std::min(budget, lengths_[row]) : 1;
        if (used + size > budget) {
            used = 0;
            ++budgets;
        }
        if (budgets > training_.batchSize) {
            batches.begins.push_back(i);
            budgets = 1;
        }
        used += size;
    }
    return batches;
}

void BatchPlan::goTo(std::int64_t epoch)
{
    if (epoch == epoch_)
        return;
    // Not both at once.
    batches_ = {};
    batches_ = batchesOf(epoch);
    epoch_ = epoch;
}

std::int64_t BatchPlan::batchesIn(std::int64_t epoch)
{
    // Without packing every epoch has as many rows, and a batch its size of them.
    if (!training_.packing) {
        const auto rows = static_cast<std::int64_t>(lengths_.size());
        return std::max<std::int64_t>(1, (rows + training_.batchSize - 1) / training_.batchSize);
    }
    goTo(epoch);
    return static_cast<std::int64_t>(batches_.size());
}

std::int64_t BatchPlan::beginOf(std::int64_t epoch)
{
    while (static_cast<std::int64_t>(begins_.size()) <= epoch) {
        const auto known = static_cast<std::int64_t>(begins_.size()) - 1;
        begins_.push_back(begins_.back() + batchesIn(known));
    }
    return begins_[static_cast<std::size_t>(epoch)];
}

std::span<const std::int64_t> BatchPlan::microBatch(std::int64_t index)
{
    while (begins_.back() <= index)
        beginOf(static_cast<std::int64_t>(begins_.size()));
    const std::int64_t epoch = std::upper_bound(begins_.begin(), begins_.end(), index) - begins_.begin() - 1;
    goTo(epoch);
    return batches_.batch(static_cast<std::size_t>(index - beginOf(epoch)));
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
