// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/fixed_shape.h"

#include "engine/model/rope.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

/// The sum of the count largest values.
std::int64_t largestSum(std::vector<std::int64_t> values, std::int64_t count)
{
    std::sort(values.rbegin(), values.rend());
    const auto end = values.begin() + std::min<std::int64_t>(count, static_cast<std::int64_t>(values.size()));
    return std::accumulate(values.begin(), end, std::int64_t{0});
}

/// How many rows fit into all budgets together when they are the shortest ones.
std::int64_t mostRows(std::vector<std::int64_t> tokens, std::int64_t budget)
{
    std::sort(tokens.begin(), tokens.end());
    std::int64_t rows = 0;
    // A row takes its last token's place, too.
    for (; rows < static_cast<std::int64_t>(tokens.size()); ++rows) {
        budget -= tokens[static_cast<std::size_t>(rows)] + 1;
        if (budget < 0)
            break;
    }
    return rows;
}

} // namespace

RowSize sizeOf(const TokenisedExample& example, LossOn lossOn)
{
    const auto length = static_cast<std::int64_t>(example.tokens.size());
    RowSize size{std::max<std::int64_t>(0, length - 1), 0};
    if (lossOn == LossOn::WholeText) {
        size.labels = size.tokens;
        return size;
    }
    for (const auto& [begin, end] : example.answers)
        size.labels += std::max<std::int64_t>(0, static_cast<std::int64_t>(end) -
                                                     std::max<std::int64_t>(1, static_cast<std::int64_t>(begin)));
    size.labels = std::min(size.labels, size.tokens);
    return size;
}

std::vector<RowSize> sizesOf(const TokenRows& examples, LossOn lossOn, const TaskMixture& mixture)
{
    std::vector<RowSize> sizes;
    for (std::size_t row = 0; row < examples.size(); ++row)
        sizes.insert(sizes.end(),
                     static_cast<std::size_t>(mixture.mostTimes(mixture.taskOf(static_cast<std::int64_t>(row)))),
                     sizeOf(examples[row], lossOn));
    return sizes;
}

FixedShape FixedShape::of(const TrainingSpec& training, const std::vector<RowSize>& rows)
{
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> labels;
    for (const RowSize& row : rows) {
        tokens.push_back(row.tokens);
        labels.push_back(row.labels);
    }
    FixedShape shape;
    shape.longest = tokens.empty() ? 1 : std::max<std::int64_t>(1, *std::max_element(tokens.begin(), tokens.end()));
    std::int64_t count = std::min<std::int64_t>(training.batchSize, static_cast<std::int64_t>(rows.size()));
    std::int64_t most = largestSum(tokens, count);
    if (training.packing) {
        // A budget's rows leave out their last tokens, at least one of them. Longer rows were cut.
        const std::int64_t budget = std::max(training.maxLength, shape.longest + 1);
        count = mostRows(tokens, training.batchSize * budget);
        most =
            std::min(std::accumulate(tokens.begin(), tokens.end(), std::int64_t{0}), training.batchSize * (budget - 1));
    }
    shape.tokens = most + 1;
    shape.labels = std::min(largestSum(labels, count), most);
    shape.sequences = count + (shape.tokens + shape.longest - 1) / shape.longest;
    return shape;
}

std::vector<std::int64_t> FixedShape::padding(std::int64_t used) const
{
    std::vector<std::int64_t> lengths;
    for (std::int64_t left = tokens - used; left > 0; left -= lengths.back())
        lengths.push_back(std::min(left, longest));
    return lengths;
}

Status checkFixedShape(const TrainingSpec& training, const ModelConfig& model, const Compute& compute)
{
    const auto refused = [](const std::string& why) {
        return failure(badInput({}, "training.cuda_graph", "A recorded step can't " + why + ".",
                                "Set training.cuda_graph to false."));
    };
    if (!training.cudaGraph)
        return {};
    if (model.mixture.isMixture())
        return refused("send tokens to the base's own experts");
    if (model.linearAttention.count() > 0)
        return refused("solve what a gated delta net asks for in each chunk of tokens");
    for (const RopeConfig& rope : ropesInUse(model)) {
        if (rope.kind == RopeKind::Dynamic && training.maxLength > model.maximumPositions)
            return refused("turn positions by a batch's longest sequence, as this model does beyond " +
                           std::to_string(model.maximumPositions) + " tokens");
        if (rope.kind == RopeKind::LongRope && training.maxLength > rope.originalMaximumPositions)
            return refused("turn long texts in another way than short ones, as this model does beyond " +
                           std::to_string(rope.originalMaximumPositions) + " tokens");
    }
    if (!compute.onGpu())
        return {};
    // Attention without flash attention cuts a batch by its sequences' lengths.
    if (compute.dtype != "bfloat16")
        return refused("attend in float32");
    if (model.attentionSoftcap > 0)
        return refused("cap attention's scores as this model does");
    for (std::int64_t layer = 0; layer < std::max<std::int64_t>(model.layers, 1); ++layer)
        if (const std::int64_t size = model.sizesOf(layer).headDimension; size % 8 != 0 || size > 256)
            return refused("attend with heads of " + std::to_string(size) + " values");
    return {};
}

} // namespace hilo
