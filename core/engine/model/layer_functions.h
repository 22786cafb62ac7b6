// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"
#include "gpu/tensor.h"

namespace hilo {

/// The element-wise parts of a layer with backward passes of their own: they save their inputs only.

/// x [T, H] -> [T, H] in x's dtype: x / rms(x) * w, or * (1 + w) with everything in float32 (gemma). x may also be
/// [T, heads, headDimension].
torch::Tensor rmsNorm(const torch::Tensor& x, const torch::Tensor& weight, double epsilon, bool addsOne);

/// x [T, heads, headDimension], cos and sin [T, headDimension / 2] in x's dtype. Rotates the two halves of each head.
torch::Tensor rotate(const torch::Tensor& x, const torch::Tensor& cos, const torch::Tensor& sin);

/// activation(gate) * up, both [T, F].
torch::Tensor gatedActivation(const torch::Tensor& gate, const torch::Tensor& up, Activation activation);
torch::Tensor activate(const torch::Tensor& x, Activation activation);

/// xIELU (2411.13010): p·x² + beta·x above 0, n·(exp(min(x, epsilon)) - 1 - x) + beta·x elsewhere, with p =
/// softplus(alphaPositive), n = beta + softplus(alphaNegative); all of them scalars.
torch::Tensor xielu(const torch::Tensor& x, const torch::Tensor& alphaPositive, const torch::Tensor& alphaNegative,
                    const torch::Tensor& beta, const torch::Tensor& epsilon);

/// hidden [T, H]·weightᵀ, weight [vocabulary, H], in float32 [T, vocabulary]; with a softcap above 0
/// softcap·tanh(logit / softcap) (gemma2).
torch::Tensor logitsOf(const torch::Tensor& hidden, const torch::Tensor& weight, double softcap);

} // namespace hilo
