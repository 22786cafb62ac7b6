// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder_state.h"

namespace hilo {

/// One layer: hidden [T, H] -> [T, H]. Of a layer whose keys and values later ones attend to, made gets them, where
/// there is no cache.
torch::Tensor layerForward(const ForwardContext& context, std::int64_t layer, const torch::Tensor& hidden,
                           const LayerInputs& inputs = {}, KeysAndValues* made = nullptr);

/// The model's kind of norm over the last dimension.
torch::Tensor applyNorm(const ModelConfig& config, const NormWeights& norm, const torch::Tensor& x);

/// Behind the last layer: the final norm, times the factor on the logits (granite, cohere2), with a column of ones for
/// the bias of the head (phi), so that whoever multiplies by the output projection need not know of them.
torch::Tensor finalHidden(const Decoder::State& state, const torch::Tensor& hidden);

} // namespace hilo
