// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace hilo::gpu {

/// The columns of one expert in the product x·Aᵀ of its input group, and the factor on its output.
struct ExpertColumns
{
    std::int64_t begin = 0;
    std::int64_t end = 0;
    float scale = 1;
};

/// How one module of a group chooses among its experts.
struct ModuleRouting
{
    std::int64_t firstExpert = 0; ///< in RoutingPlan::experts
    std::int64_t experts = 0;
    std::int64_t nullExperts = 0; ///< logits behind those of the experts; choosing one adds nothing
    std::int64_t firstLogit = -1; ///< column of its first logit in its group's logits; -1: one expert, always on
    std::int64_t topK = 1;
    bool dense = false; ///< softmax over all logits instead of the top k

    std::int64_t choices() const { return experts + nullExperts; }
};

/// All modules of an input group: what the fused routing passes need to know.
struct RoutingPlan
{
    std::vector<ModuleRouting> modules;
    std::vector<ExpertColumns> experts;
    std::int64_t ranks = 0;  ///< R: columns of x·Aᵀ
    std::int64_t logits = 0; ///< L: columns of the router logits
};

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
///   gates [tokens, L]: top k: softmax over the chosen true experts' logits, 0 elsewhere (2402.08562; with null experts
///     2406.13233: a token that chose only nulls has no gate above 0); dense: softmax over all logits (2312.09979)
///   weighted [tokens, R] = shrunk · gate · scale of each column's expert
/// Equal logits: the first wins. counts may be null; only the first counted tokens are in them.
void routeForward(const RoutingPlan& plan, std::int64_t tokens, const float* shrunk, std::int64_t shrunkStride,
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
void routeBackward(const RoutingPlan& plan, std::int64_t tokens, const float* shrunk, std::int64_t shrunkStride,
                   const float* logits, std::int64_t logitStride, const float* gates, const float* weightedGradient,
                   const float* slopes, const RoutingGradients& gradients, std::int64_t counted = allTokens);

} // namespace hilo::gpu
