// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/cpu/routing.h"

#include <ATen/Parallel.h>

#include <algorithm>

namespace hilo::gpu::cpu {
namespace {

/// Tokens of one parallel piece; counts are summed piece by piece, so they do not depend on the number of threads.
constexpr std::int64_t tokensPerPiece = 64;

/// One token's values, each by its expert's gate and scale.
void weighColumns(const PlanView& plan, const float* gates, const float* values, float* weighted)
{
    for (int index = 0; index < plan.experts(); ++index) {
        const std::int32_t* const expert = plan.expert(index);
        const float factor = plan.factor(index, gates);
        for (int column = expert[0]; column < expert[1]; ++column)
            weighted[column] = weighed(values[column], factor);
    }
}

} // namespace

void routeForward(const PlanView& plan, std::int64_t tokens, const float* shrunk, std::int64_t shrunkStride,
                  const float* logits, std::int64_t logitStride, float* gates, float* weighted, RoutingCounts* counts,
                  std::int64_t counted)
{
    const std::int64_t pieces = (tokens + tokensPerPiece - 1) / tokensPerPiece;
    const auto width = static_cast<std::size_t>(plan.logits());
    std::vector<double> partial(counts ? static_cast<std::size_t>(pieces) * width * 2 : 0, 0.0);
    at::parallel_for(0, pieces, 1, [&](std::int64_t beginPiece, std::int64_t endPiece) {
        std::vector<float> slots(width, 0.0f);
        std::vector<float> shares(width, 0.0f);
        for (std::int64_t piece = beginPiece; piece < endPiece; ++piece) {
            double* const sums = counts ? partial.data() + static_cast<std::size_t>(piece) * width * 2 : nullptr;
            const std::int64_t endToken = std::min(tokens, (piece + 1) * tokensPerPiece);
            for (std::int64_t token = piece * tokensPerPiece; token < endToken; ++token) {
                const bool isCounted = sums && token < counted;
                float* const gate = gates + token * plan.logits();
                for (int module = 0; module < plan.modules(); ++module)
                    chooseOfToken(plan, module, logits + token * logitStride, gate, isCounted ? slots.data() : nullptr,
                                  isCounted ? shares.data() : nullptr);
                for (std::size_t i = 0; isCounted && i < width; ++i) {
                    sums[i] += slots[i];
                    sums[width + i] += shares[i];
                }
                weighColumns(plan, gate, shrunk + token * shrunkStride, weighted + token * plan.ranks());
            }
        }
    });
    if (!counts)
        return;
    counts->chosen.resize(width, 0.0);
    counts->probability.resize(width, 0.0);
    for (std::size_t piece = 0; piece < static_cast<std::size_t>(pieces); ++piece)
        for (std::size_t i = 0; i < width; ++i) {
            counts->chosen[i] += partial[piece * width * 2 + i];
            counts->probability[i] += partial[piece * width * 2 + width + i];
        }
}

void routeBackward(const PlanView& plan, std::int64_t tokens, const float* shrunk, std::int64_t shrunkStride,
                   const float* logits, std::int64_t logitStride, const float* gates, const float* weightedGradient,
                   const float* slopes, const RoutingGradients& gradients, std::int64_t counted)
{
    at::parallel_for(0, tokens, tokensPerPiece, [&](std::int64_t beginToken, std::int64_t endToken) {
        // Those of null experts stay 0.
        std::vector<float> gateSlopes(static_cast<std::size_t>(plan.logits()), 0.0f);
        for (std::int64_t token = beginToken; token < endToken; ++token) {
            const float* const value = shrunk + token * shrunkStride;
            const float* const slope = weightedGradient + token * plan.ranks();
            const float* const gate = gates + token * plan.logits();
            weighColumns(plan, gate, value, gradients.weighted + token * plan.ranks());
            weighColumns(plan, gate, slope, gradients.shrunk + token * gradients.shrunkStride);
            for (int expert = 0; expert < plan.experts(); ++expert)
                if (const std::int32_t logit = plan.expert(expert)[2]; logit >= 0)
                    gateSlopes[static_cast<std::size_t>(logit)] = gateSlope(plan, expert, gate, slope, value);
            for (int module = 0; module < plan.modules(); ++module)
                logitGradients(plan, module, logits + token * logitStride, gate, gateSlopes.data(),
                               token < counted ? slopes : nullptr, gradients.logits + token * gradients.logitStride);
        }
    });
}

} // namespace hilo::gpu::cpu
