// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/cached_attention.h"

#include "engine/model/key_value_cache.h"

namespace hilo {
namespace {

using torch::Tensor;
using torch::indexing::Slice;

/// Rows [sequences · count, heads · d] of a run go behind what target [sequences, heads, capacity, d] has.
void store(const Tensor& target, const Tensor& rows, const CachedRun& run, const AttentionShape& shape,
           const KeyValueCache& cache)
{
    const Tensor heads = rows.reshape({run.sequences, run.count, shape.keyValueHeads, shape.dimension});
    if (run.count == 1) {
        const Tensor sequences = torch::arange(run.first, run.first + run.sequences, run.before.options());
        Tensor(target).index_put_({sequences, Slice(), run.before}, heads.squeeze(1));
        return;
    }
    for (std::int64_t s = 0; s < run.sequences; ++s)
        target.select(0, run.first + s)
            .narrow(1, cache.length(run.first + s), run.count)
            .copy_(heads.select(0, s).transpose(0, 1));
}

/// query [sequences · count, heads · d] -> the same.
Tensor attend(const Tensor& query, const KeyValueCache::Layer& cache, const CachedRun& run, const Tensor& mask,
              const AttentionShape& shape)
{
    const std::int64_t perHead = shape.heads / shape.keyValueHeads;
    const std::int64_t batch = run.sequences * shape.keyValueHeads;
    const Tensor q = query.reshape({run.sequences, run.count, shape.keyValueHeads, perHead, shape.dimension})
                         .permute({0, 2, 3, 1, 4})
                         .reshape({batch, perHead * run.count, shape.dimension});
    const auto seen = [&](const Tensor& all) {
        return all.narrow(0, run.first, run.sequences).flatten(0, 1).narrow(1, 0, run.longest);
    };
    Tensor scores = torch::bmm(q, seen(cache.keys).transpose(1, 2)).to(torch::kFloat32).mul_(shape.scale);
    if (shape.softcap > 0)
        scores = (scores / shape.softcap).tanh_().mul_(shape.softcap);
    scores = scores.view({run.sequences, shape.keyValueHeads, perHead, run.count, run.longest}).add_(mask);
    const Tensor probabilities =
        attentionProbabilities(scores, shape).to(query.scalar_type()).view({batch, perHead * run.count, run.longest});
    return torch::bmm(probabilities, seen(cache.values))
        .view({run.sequences, shape.keyValueHeads, perHead, run.count, shape.dimension})
        .permute({0, 3, 1, 2, 4})
        .reshape({run.sequences * run.count, shape.heads * shape.dimension});
}

} // namespace

Tensor cachedAttention(const ForwardContext& context, std::int64_t layer, const Tensor& query, const Tensor& key,
                       const Tensor& value, const AttentionShape& shape)
{
    KeyValueCache::Layer& cache = context.cache->layer(layer);
    std::vector<Tensor> outputs;
    for (std::size_t index = 0; index < context.cachedPlan.runs().size(); ++index) {
        const CachedRun& run = context.cachedPlan.runs()[index];
        const std::int64_t tokens = run.sequences * run.count;
        if (key.defined()) {
            store(cache.keys, key.narrow(0, run.firstToken, tokens), run, shape, *context.cache);
            store(cache.values, value.narrow(0, run.firstToken, tokens), run, shape, *context.cache);
        }
        outputs.push_back(attend(query.narrow(0, run.firstToken, tokens), cache, run,
                                 context.cachedPlan.mask(index, shape.window), shape));
    }
    return outputs.size() == 1 ? outputs.front() : torch::cat(outputs);
}

} // namespace hilo
