// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/key_value_cache.h"

#include "engine/model/decoder_state.h"

#include <algorithm>
#include <limits>

namespace hilo {

using torch::Tensor;

KeyValueCache::KeyValueCache(const ModelConfig& config, std::int64_t sequences, torch::Dtype dtype,
                             torch::Device device)
    : layers_(static_cast<std::size_t>(config.layers)), lengths_(static_cast<std::size_t>(sequences), 0)
{
    const auto options = torch::TensorOptions(dtype).device(device);
    for (Layer& layer : layers_) {
        layer.keys = torch::empty({sequences, 0, config.keyValueHeads, config.headDimension}, options);
        layer.values = layer.keys;
    }
}

std::int64_t KeyValueCache::sequences() const
{
    return static_cast<std::int64_t>(lengths_.size());
}

std::int64_t KeyValueCache::length(std::int64_t sequence) const
{
    return lengths_[static_cast<std::size_t>(sequence)];
}

void KeyValueCache::keep(const std::vector<std::int64_t>& sequences)
{
    std::vector<std::int64_t> lengths;
    for (const std::int64_t sequence : sequences)
        lengths.push_back(length(sequence));
    const Tensor index = torch::tensor(sequences, torch::kInt64).to(layers_.front().keys.device());
    for (Layer& layer : layers_) {
        layer.keys = layer.keys.index_select(0, index);
        layer.values = layer.values.index_select(0, index);
    }
    lengths_ = std::move(lengths);
}

KeyValueCache::Layer& KeyValueCache::layer(std::int64_t index)
{
    return layers_[static_cast<std::size_t>(index)];
}

void KeyValueCache::reserve(std::int64_t length)
{
    const std::int64_t capacity = layers_.front().keys.size(1);
    if (length <= capacity)
        return;
    // Doubling keeps the copies of a long generation linear.
    const std::int64_t grown = std::max(length, 2 * capacity);
    for (Layer& layer : layers_) {
        for (Tensor* tensor : {&layer.keys, &layer.values}) {
            Tensor larger = torch::zeros({tensor->size(0), grown, tensor->size(2), tensor->size(3)}, tensor->options());
            larger.narrow(1, 0, capacity).copy_(*tensor);
            *tensor = larger;
        }
    }
}

void KeyValueCache::setLengths(std::vector<std::int64_t> lengths)
{
    lengths_ = std::move(lengths);
}

Tensor cachedAttention(const ForwardContext& context, std::int64_t layer, const Tensor& query, const Tensor& key,
                       const Tensor& value, const AttentionShape& shape)
{
    const PackedBatch& batch = *context.batch;
    const std::int64_t sequences = batch.sequences();
    KeyValueCache::Layer& cache = context.cache->layer(layer);
    std::int64_t newest = 0;
    std::int64_t longest = 0;
    for (std::int64_t s = 0; s < sequences; ++s) {
        const std::int64_t first = batch.starts[static_cast<std::size_t>(s)];
        const std::int64_t count = batch.starts[static_cast<std::size_t>(s) + 1] - first;
        const std::int64_t before = context.cache->length(s);
        const auto put = [&](Tensor& target, const Tensor& source) {
            target.select(0, s)
                .narrow(0, before, count)
                .copy_(source.narrow(0, first, count).reshape({count, shape.keyValueHeads, shape.dimension}));
        };
        put(cache.keys, key);
        put(cache.values, value);
        newest = std::max(newest, count);
        longest = std::max(longest, before + count);
    }

    // Queries padded to the longest new part: [sequences, keyValueHeads, perHead · newest, d].
    const std::int64_t perHead = shape.heads / shape.keyValueHeads;
    Tensor padded = torch::zeros({sequences, newest, shape.keyValueHeads, perHead, shape.dimension}, query.options());
    Tensor mask = torch::full({sequences, 1, 1, newest, longest}, -std::numeric_limits<float>::infinity(),
                              torch::TensorOptions(torch::kFloat32).device(query.device()));
    for (std::int64_t s = 0; s < sequences; ++s) {
        const std::int64_t first = batch.starts[static_cast<std::size_t>(s)];
        const std::int64_t count = batch.starts[static_cast<std::size_t>(s) + 1] - first;
        padded.select(0, s)
            .narrow(0, 0, count)
            .copy_(query.narrow(0, first, count).reshape({count, shape.keyValueHeads, perHead, shape.dimension}));
        Tensor own = mask.select(0, s).select(0, 0).select(0, 0);
        own.narrow(0, 0, count)
            .copy_(causalMask(count, longest, context.cache->length(s), shape.window, query.device()));
        // A padded query sees the first key only so that its softmax stays finite; its output is dropped.
        if (count < newest)
            own.narrow(0, count, newest - count).select(1, 0).zero_();
    }
    const Tensor q =
        padded.permute({0, 2, 3, 1, 4}).reshape({sequences, shape.keyValueHeads, perHead * newest, shape.dimension});
    const Tensor k = cache.keys.narrow(1, 0, longest).permute({0, 2, 3, 1});
    const Tensor v = cache.values.narrow(1, 0, longest).permute({0, 2, 1, 3});
    Tensor scores = torch::matmul(q, k).to(torch::kFloat32).mul_(shape.scale);
    if (shape.softcap > 0)
        scores = (scores / shape.softcap).tanh_().mul_(shape.softcap);
    scores = scores.view({sequences, shape.keyValueHeads, perHead, newest, longest}).add_(mask);
    const Tensor probabilities = torch::softmax(scores, -1)
                                     .to(query.scalar_type())
                                     .view({sequences, shape.keyValueHeads, perHead * newest, longest});
    const Tensor attended = torch::matmul(probabilities, v)
                                .view({sequences, shape.keyValueHeads, perHead, newest, shape.dimension})
                                .permute({0, 3, 1, 2, 4})
                                .reshape({sequences, newest, shape.heads * shape.dimension});
    std::vector<Tensor> rows;
    for (std::int64_t s = 0; s < sequences; ++s)
        rows.push_back(attended.select(0, s).narrow(
            0, 0, batch.starts[static_cast<std::size_t>(s) + 1] - batch.starts[static_cast<std::size_t>(s)]));
    return torch::cat(rows);
}

} // namespace hilo
