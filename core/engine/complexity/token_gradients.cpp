// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/token_gradients.h"

#include "engine/base/eigenvalues.h"

#include <algorithm>
#include <numeric>

namespace hilo {

using torch::Tensor;

namespace {

/// One number a sample from one a token.
std::vector<double> perSample(const Tensor& perToken, const std::vector<std::int64_t>& starts)
{
    const std::vector<double> values = valuesOf(perToken);
    std::vector<double> sums;
    for (std::size_t sample = 0; sample + 1 < starts.size(); ++sample)
        sums.push_back(std::accumulate(values.begin() + starts[sample], values.begin() + starts[sample + 1], 0.0));
    return sums;
}

} // namespace

TokenGradients TokenGradients::slice(std::int64_t first, std::int64_t last) const
{
    const std::int64_t begin = starts[static_cast<std::size_t>(first)];
    const std::int64_t end = starts[static_cast<std::size_t>(last)];
    TokenGradients part{input.slice(0, begin, end), gradient.slice(0, begin, end), {}};
    for (std::int64_t sample = first; sample <= last; ++sample)
        part.starts.push_back(starts[static_cast<std::size_t>(sample)] - begin);
    return part;
}

Tensor gradientSum(const TokenGradients& tokens, const std::vector<double>& factors)
{
    if (factors.empty())
        return torch::mm(tokens.gradient.t(), tokens.input);
    std::vector<float> perToken;
    for (std::size_t sample = 0; sample + 1 < tokens.starts.size(); ++sample)
        perToken.insert(perToken.end(), static_cast<std::size_t>(tokens.starts[sample + 1] - tokens.starts[sample]),
                        static_cast<float>(factors[sample]));
    const Tensor weights = torch::tensor(perToken, torch::kFloat32).to(tokens.gradient.device());
    return torch::mm((tokens.gradient * weights.unsqueeze(1)).t(), tokens.input);
}

std::vector<double> squaredNorms(const TokenGradients& tokens)
{
    const std::int64_t in = tokens.input.size(1);
    const std::int64_t out = tokens.gradient.size(1);
    std::vector<double> norms;
    for (std::size_t sample = 0; sample + 1 < tokens.starts.size(); ++sample) {
        const Tensor x = tokens.input.slice(0, tokens.starts[sample], tokens.starts[sample + 1]);
        const Tensor dy = tokens.gradient.slice(0, tokens.starts[sample], tokens.starts[sample + 1]);
        const std::int64_t length = x.size(0);
        // length² (in + out) against length · in · out products.
        const Tensor sum = length * (in + out) < in * out
                               ? (torch::mm(x, x.t()) * torch::mm(dy, dy.t())).sum(torch::kFloat64)
                               : torch::mm(dy.t(), x).square_().sum(torch::kFloat64);
        norms.push_back(std::max(0.0, sum.item<double>()));
    }
    return norms;
}

std::vector<double> productsWith(const TokenGradients& tokens, const Tensor& matrix)
{
    return perSample((torch::mm(tokens.gradient, matrix) * tokens.input).sum(1, false, torch::kFloat64), tokens.starts);
}

std::vector<double> dataInfluences(const TokenGradients& tokens, const std::vector<double>& norms,
                                   const Tensor& validation)
{
    const auto count = static_cast<double>(norms.size());
    const double size = static_cast<double>(tokens.input.size(1)) * static_cast<double>(tokens.gradient.size(1));
    const double lambda = 0.1 * std::accumulate(norms.begin(), norms.end(), 0.0) / count / size;
    if (!(lambda > 0))
        return std::vector<double>(norms.size(), 0);
    const std::vector<double> alike = productsWith(tokens, validation);
    std::vector<double> factors;
    for (std::size_t sample = 0; sample < norms.size(); ++sample)
        factors.push_back(alike[sample] / (lambda + norms[sample]));
    const std::vector<double> shared = productsWith(tokens, gradientSum(tokens, factors));
    std::vector<double> influences;
    for (std::size_t sample = 0; sample < norms.size(); ++sample)
        influences.push_back(-(alike[sample] - shared[sample] / count) / lambda);
    return influences;
}

Tensor inputFactor(const Tensor& input, double ridge)
{
    const double tokens = static_cast<double>(std::max<std::int64_t>(1, input.size(0)));
    Tensor moment = torch::mm(input.t(), input).to(torch::kFloat64) / tokens;
    // What float32 products leave below 0 must not reach the factor: the ridge is far above their rounding.
    const double epsilon = std::max(ridge * moment.diagonal().mean().item<double>(), 1e-30);
    moment.diagonal().add_(epsilon);
    return torch::linalg_cholesky(moment);
}

std::vector<double> whitenedSpectrum(const Tensor& gradient, const Tensor& factor)
{
    // (L⁻¹ Gᵀ)ᵀ = G L⁻ᵀ
    const Tensor whitened =
        torch::linalg_solve_triangular(factor, gradient.to(torch::kFloat64).t().contiguous(), false);
    std::vector<double> values = squaredSingularValues(whitened);
    std::reverse(values.begin(), values.end());
    return values;
}

} // namespace hilo
