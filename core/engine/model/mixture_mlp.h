// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder_state.h"

namespace hilo {

/// The router and the experts of one layer, none of a layer without; their tensors are the state's.
MixtureWeights mixtureWeights(const Decoder::State& state, std::int64_t layer);

/// The names of weights that are kept in few bits with a quantised base: experts, not the routers.
void addMixtureWeights(const ModelConfig& config, std::set<std::string>& names);

/// input [T, hidden] -> [T, hidden]: each token passes the experts with the highest router logits (1701.06538, as
/// transformers' mixtral, qwen3_moe, olmoe, granitemoe and gpt_oss compute it; nothing is dropped), and their outputs
/// are summed with the router's softmax as weights, through which gradients flow too. Tokens are sorted by expert, and
/// each expert multiplies its own at once; the same bits on every call. routed [T, hidden]: what the router reads.
torch::Tensor mixtureMlp(const ForwardContext& context, std::int64_t layer, const MixtureWeights& weights,
                         const torch::Tensor& input, const torch::Tensor& routed);

/// The weight of one expert, [out, in]; of In gate and up behind one another, or in turns as the family stores them.
torch::Tensor expertWeight(const MixtureWeights& weights, BaseExpertWeight which, std::int64_t expert);

/// What the router of experts beside an MLP reads of the residual stream x [T, hidden]: its norm without a weight,
/// times the router's scale, divided by sqrt(hidden). Source: transformers' modeling_gemma4.py, Gemma4TextRouter.
torch::Tensor routedInput(const ModelConfig& config, const MixtureWeights& weights, const torch::Tensor& x);

} // namespace hilo
