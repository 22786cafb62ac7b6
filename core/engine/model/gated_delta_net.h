// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder_state.h"

#include <cstdint>

namespace hilo {

/// What the delta rule reads of each token: B rows of T tokens.
struct DeltaRuleTokens
{
    torch::Tensor query;     ///< [B, T, keyHeads, keyDimension], any float type; normed and scaled by the rule
    torch::Tensor key;       ///< same
    torch::Tensor value;     ///< [B, T, valueHeads, valueDimension]; valueHeads is a multiple of keyHeads
    torch::Tensor decay;     ///< [B, T, valueHeads] float32: logarithms, at most 0
    torch::Tensor rate;      ///< [B, T, valueHeads]: how much of what the state says of the key is replaced, 0 to 1
    torch::Tensor sequences; ///< [B, T] int64: tokens that follow one another with the same number are one text, and
                             ///< each text begins without a state. Undefined: each row is one text.
};

struct DeltaRuleResult
{
    torch::Tensor output; ///< [B, T, valueHeads, valueDimension] float32
    torch::Tensor state;  ///< [B, valueHeads, keyDimension, valueDimension] float32, behind the last token
};

/// The gated delta rule (2412.06464, eq. 10) in float32: S ← exp(decay)·S + rate·k (v - exp(decay)·Sᵀk)ᵀ, output Sᵀq,
/// with k / |k| and q / (|q| · sqrt(keyDimension)). Tokens are taken chunk by chunk: inside one as a triangular system
/// (eq. 16 and following), from one to the next by the state. The same values for every chunk but for rounding; a chunk
/// of 1 is the rule itself. state: in front of each row's first token; undefined: zeros.
DeltaRuleResult gatedDeltaRule(const DeltaRuleTokens& tokens, const torch::Tensor& state = {}, std::int64_t chunk = 64);

/// Each channel of rows [B, kernel - 1 + T, channels] times its own weight over the last kernel tokens, summed in
/// float32, then SiLU: [B, T, channels] in rows' type. weight [channels, 1, kernel]. sequences [B, kernel - 1 + T]
/// int64, or undefined: a token sees those of its own number alone.
torch::Tensor causalConvolution(const torch::Tensor& rows, const torch::Tensor& weight, const torch::Tensor& sequences);

/// A gated delta net between its projections (transformers' qwen3_5): of in_proj_qkv's [T, channels], in_proj_z's [T,
/// values], in_proj_b's and in_proj_a's [T, valueHeads] what out_proj reads, [T, values]. State and convolution begin
/// anew with each sequence of the batch, or go on where the cache left them. The backward pass computes the rule again
/// instead of keeping what is inside.
torch::Tensor gatedDeltaNet(const ForwardContext& context, std::int64_t layer,
                            const std::vector<torch::Tensor>& inputs);

/// What all delta nets of one pass share; nothing is done for models without.
void addDeltaNetRows(const Decoder::State& state, const PackedBatch& batch, ForwardContext& context);

} // namespace hilo
