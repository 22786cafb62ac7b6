// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder_state.h"

namespace hilo {

/// One layer: hidden [T, H] -> [T, H].
torch::Tensor layerForward(const ForwardContext& context, std::int64_t layer, const torch::Tensor& hidden);

/// The model's kind of norm over the last dimension.
torch::Tensor applyNorm(const ModelConfig& config, const NormWeights& norm, const torch::Tensor& x);

} // namespace hilo
