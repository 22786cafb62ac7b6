// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/packed_batch.h"
#include "gpu/compatibility.h"
#include "gpu/tensor.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Sequences of similar length that are attended in one batched product.
struct AttentionGroup
{
    std::int64_t sequences = 0;
    std::int64_t length = 0; ///< of the longest
    torch::Tensor gather; ///< [sequences · length] int64: token of each padded place (any token where there is none)
    torch::Tensor scatterFrom; ///< [tokens of the group] int64: padded place of each token
    torch::Tensor scatterTo;   ///< [tokens of the group] int64: the token
    bool contiguous = false;   ///< all of equal length and the whole batch: no gathering is needed
};

/// How a packed batch is attended; made once for a batch, used by every layer.
struct AttentionPlan
{
    std::vector<AttentionGroup> groups;
    gpu::PackedSequences packed; ///< on a GPU in half precision, where no groups are needed
    std::vector<std::int64_t> starts;
    static AttentionPlan of(const PackedBatch& batch, torch::Device device, torch::Dtype dtype);
    /// Where flash attention can't do what a model asks for, the groups are made after all.
    static AttentionPlan grouped(const std::vector<std::int64_t>& starts, torch::Device device);
};

struct AttentionShape
{
    std::int64_t heads = 0;
    std::int64_t keyValueHeads = 0;
    std::int64_t dimension = 0;
    double scale = 1;
    double softcap = 0;      ///< 0: none
    std::int64_t window = 0; ///< counts the current token; 0: none
    torch::Tensor sinks;     ///< [heads], frozen: scores that take probability and give no value; undefined: none
};

/// Of scores [sequences, keyValueHeads, heads / keyValueHeads, queries, keys] in float32 the softmax over keys and the
/// sink, without the sink's.
torch::Tensor attentionProbabilities(const torch::Tensor& scores, const AttentionShape& shape);

/// Causal attention inside each sequence; flash attention (2307.08691) on a GPU in half precision. query [T, heads ·
/// d], key and value [T, keyValueHeads · d] -> [T, heads · d]. The backward pass computes the probabilities again
/// instead of keeping them.
torch::Tensor packedAttention(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value,
                              const AttentionPlan& plan, const AttentionShape& shape);

/// Additive mask [queries, keys] float32: 0 where a query at position firstPosition + i may see key j, -inf elsewhere.
torch::Tensor causalMask(std::int64_t queries, std::int64_t keys, std::int64_t firstPosition, std::int64_t window,
                         torch::Device device);

} // namespace hilo
