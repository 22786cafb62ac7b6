// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/cached_attention.h"

#include "engine/model/key_value_cache.h"

#include <algorithm>
#include <limits>

namespace hilo {

using torch::Tensor;

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
        if (key.defined()) {
            put(cache.keys, key);
            put(cache.values, value);
        }
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
    const Tensor probabilities = attentionProbabilities(scores, shape)
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
