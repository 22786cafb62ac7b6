// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/tensor.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// What one linear module y = W x saw and got back, token by token, of samples laid end to end. The gradient of sample
/// i's loss by W is g_i = sum over its tokens of gradient xᵀ; it is formed only where it must be.
struct TokenGradients
{
    torch::Tensor input;              ///< [T, in] float32
    torch::Tensor gradient;           ///< [T, out] float32, of the token's own sample's loss
    std::vector<std::int64_t> starts; ///< first token of each sample, and T at the end

    std::int64_t samples() const { return static_cast<std::int64_t>(starts.size()) - 1; }
    /// Those from first to before last.
    TokenGradients slice(std::int64_t first, std::int64_t last) const;
};

/// Sum of g_i, each times its factor (empty: 1): [out, in].
torch::Tensor gradientSum(const TokenGradients& tokens, const std::vector<double>& factors = {});

/// ||g_i||_F², by sum over token pairs (x_s·x_t)(dy_s·dy_t) where that is cheaper than forming g_i.
std::vector<double> squaredNorms(const TokenGradients& tokens);

/// <matrix, g_i> of every sample: matrix [out, in].
std::vector<double> productsWith(const TokenGradients& tokens, const torch::Tensor& matrix);

/// DataInf's influence of every training sample on the validation loss through one weight (closed form as LayerIF uses
/// it, 2505.23811): lambda = 0.1 · mean_i mean(g_i²), H⁻¹v = 1/(n lambda) · sum_i [v - (v·g_i)/(lambda + ||g_i||²)
/// g_i], influence_k = -(H⁻¹v)·g_k; v is the validation gradient [out, in], norms are squaredNorms(tokens). Negative:
/// the sample helps. All 0 where no sample has a gradient.
std::vector<double> dataInfluences(const TokenGradients& tokens, const std::vector<double>& norms,
                                   const torch::Tensor& validation);

/// Lower factor of C + e I, C = inputᵀ input / T, e = ridge · mean diagonal of C: [in, in] float64.
torch::Tensor inputFactor(const torch::Tensor& input, double ridge);

/// Squared singular values, descending, of G (C + e I)^(-1/2): they are those of G L⁻ᵀ, for both have the same Gram
/// matrix. gradient [out, in].
std::vector<double> whitenedSpectrum(const torch::Tensor& gradient, const torch::Tensor& factor);

} // namespace hilo
