// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/routing_token.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace hilo::gpu::cpu {

/// Adds, per logit column, how often it was chosen and its softmax probability over all of its module's logits.
struct RoutingCounts
{
    std::vector<double> chosen;      ///< [L]
    std::vector<double> probability; ///< [L]
};

/// More than any batch has.
constexpr std::int64_t allTokens = std::numeric_limits<std::int64_t>::max();

/// Gates and expansion in one pass over the tokens.
///   shrunk [tokens, R] (row stride shrunkStride), logits [tokens, L] (row stride logitStride)
///   gates [tokens, L]: chooseOfToken (kernels/routing_token.h)
///   weighted [tokens, R] = shrunk · gate · scale of each column's expert
/// counts may be null; only the first counted tokens are in them.
void routeForward(const PlanView& plan, std::int64_t tokens, const float* shrunk, std::int64_t shrunkStride,
                  const float* logits, std::int64_t logitStride, float* gates, float* weighted, RoutingCounts* counts,
                  std::int64_t counted = allTokens);

struct RoutingGradients
{
    float* weighted = nullptr; ///< [tokens, R] dense: the forward pass' weighted, made again
    float* shrunk = nullptr;   ///< gradient by shrunk, row stride shrunkStride
    std::int64_t shrunkStride = 0;
    float* logits = nullptr; ///< gradient by logits, row stride logitStride
    std::int64_t logitStride = 0;
};

/// The backward pass of routeForward for weightedGradient [tokens, R]. slopes [L], or null: adds the gradient of
/// Σ over the first counted tokens and logits of slope · softmax probability (the auxiliary loss with its choice counts
/// held fixed).
void routeBackward(const PlanView& plan, std::int64_t tokens, const float* shrunk, std::int64_t shrunkStride,
                   const float* logits, std::int64_t logitStride, const float* gates, const float* weightedGradient,
                   const float* slopes, const RoutingGradients& gradients, std::int64_t counted = allTokens);

} // namespace hilo::gpu::cpu
