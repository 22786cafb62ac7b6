// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/fixed_batch.h"

#include <algorithm>
#include <utility>

namespace hilo {
namespace {

using torch::Tensor;

void copyInto(Tensor target, const Tensor& source)
{
    if (target.is_cuda())
        target.copy_(source.pin_memory(), true);
    else
        target.copy_(source);
}

} // namespace

FixedBatch::FixedBatch(const FixedShape& shape, torch::Device device) : shape_(shape)
{
    // Behind one another, so that a micro-batch is one copy: tokens, positions, labels, places, tasks,
    // labelled, three numbers.
    numbers_ = torch::zeros({5 * shape.tokens + shape.labels + 3}, torch::TensorOptions(torch::kInt64).device(device));
    std::int64_t begin = 0;
    const auto part = [&](std::int64_t count) {
        return numbers_.narrow(0, std::exchange(begin, begin + count), count);
    };
    packed_.tokens = part(shape.tokens);
    packed_.positions = part(shape.tokens);
    packed_.labels = part(shape.tokens);
    places_ = part(shape.tokens);
    tasks_ = part(shape.tokens);
    packed_.labelled = part(shape.labels);
    rowTokens_.onDevice = part(1);
    labelsOfStep_ = part(1).squeeze(0);
    microBatchesOfStep_ = part(1).squeeze(0);
    bounds_ = torch::zeros({shape.sequences + 1}, torch::TensorOptions(torch::kInt32).device(device));
    packed_.bounds = bounds_;
    packed_.longest = shape.longest;
}

void FixedBatch::load(const TrainingBatch& batch, std::int64_t labelsOfStep, std::int64_t microBatches)
{
    const std::int64_t used = batch.packed.tokenCount();
    const std::int64_t labels = batch.packed.labelled.size(0);
    TORCH_CHECK(used < shape_.tokens && labels <= shape_.labels && batch.packed.sequences() <= shape_.sequences,
                "a micro-batch is larger than the largest one that was planned");
    Tensor staged = torch::zeros(numbers_.sizes(), torch::kInt64);
    auto* const first = staged.data_ptr<std::int64_t>();
    std::int64_t* const tokens = first;
    std::int64_t* const positions = tokens + shape_.tokens;
    std::int64_t* const targets = positions + shape_.tokens;
    std::int64_t* const places = targets + shape_.tokens;
    std::int64_t* const tasks = places + shape_.tokens;
    std::int64_t* const labelled = tasks + shape_.tokens;
    const auto copyOf = [](const Tensor& from, std::int64_t* to) {
        std::copy_n(from.data_ptr<std::int64_t>(), from.size(0), to);
    };
    copyOf(batch.packed.tokens, tokens);
    copyOf(batch.packed.positions, positions);
    copyOf(batch.packed.labels, targets);
    copyOf(batch.packed.labelled, labelled);
    if (batch.tasks.defined())
        copyOf(batch.tasks, tasks);
    std::fill(tasks + used, tasks + shape_.tokens, largestTask);
    std::fill(tokens + used, tokens + shape_.tokens, used > 0 ? tokens[0] : 0);
    std::fill(targets + used, targets + shape_.tokens, -100);
    std::fill(places, places + shape_.tokens, shape_.labels);
    for (std::int64_t i = 0; i < labels; ++i)
        places[labelled[i]] = i;
    std::fill(labelled + labels, labelled + shape_.labels, shape_.tokens - 1);
    labelled[shape_.labels] = used;
    labelled[shape_.labels + 1] = std::max<std::int64_t>(1, labelsOfStep);
    labelled[shape_.labels + 2] = microBatches;

    packed_.starts = batch.packed.starts;
    for (const std::int64_t length : shape_.padding(used)) {
        const std::int64_t begin = packed_.starts.back();
        for (std::int64_t i = 0; i < length; ++i)
            positions[begin + i] = i;
        packed_.starts.push_back(begin + length);
    }
    TORCH_CHECK(packed_.sequences() <= shape_.sequences, "padding has more sequences than were planned");
    packed_.starts.resize(static_cast<std::size_t>(shape_.sequences) + 1, shape_.tokens);
    const std::vector<std::int32_t> bounds(packed_.starts.begin(), packed_.starts.end());
    copyInto(numbers_, staged);
    copyInto(bounds_, torch::tensor(bounds, torch::kInt32));
    rowTokens_.count = used;
}

} // namespace hilo
