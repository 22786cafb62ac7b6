// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo::gpu {
namespace {

/// Tokens of one parallel piece; counts are summed piece by piece, so they do not depend on the number of threads.
constexpr std::int64_t tokensPerPiece = 64;

void softmax(const float* logits, std::int64_t count, float* probabilities)
{
    const float highest = *std::max_element(logits, logits + count);
    float sum = 0;
    for (std::int64_t i = 0; i < count; ++i)
        sum += probabilities[i] = std::exp(logits[i] - highest);
    const float inverse = 1 / sum;
    for (std::int64_t i = 0; i < count; ++i)
        probabilities[i] *= inverse;
}

/// Marks the k largest logits with 1, the others with 0.
void markLargest(const float* logits, std::int64_t count, std::int64_t k, float* marks)
{
    std::fill(marks, marks + count, 0.0f);
    for (std::int64_t round = 0; round < k; ++round) {
        std::int64_t best = -1;
        for (std::int64_t i = 0; i < count; ++i)
            if (marks[i] == 0 && (best < 0 || logits[i] > logits[best]))
                best = i;
        marks[best] = 1;
    }
}

/// Turns marks into gates: softmax over the marked true experts; marks of null experts become 0.
void gatesOfMarked(const ModuleRouting& module, const float* logits, float* gates)
{
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t i = 0; i < module.experts; ++i)
        if (gates[i] != 0)
            highest = std::max(highest, logits[i]);
    float sum = 0;
    for (std::int64_t i = 0; i < module.experts; ++i)
        if (gates[i] != 0)
            sum += gates[i] = std::exp(logits[i] - highest);
    if (sum != 0)
        for (std::int64_t i = 0; i < module.experts; ++i)
            gates[i] /= sum;
    std::fill(gates + module.experts, gates + module.choices(), 0.0f);
}

void chooseExperts(const ModuleRouting& module, const float* logits, float* gates, double* chosen, double* probability,
                   std::vector<float>& scratch)
{
    const std::int64_t choices = module.choices();
    if (module.dense) {
        softmax(logits, choices, gates);
        if (chosen)
            for (std::int64_t i = 0; i < choices; ++i) {
                chosen[i] += 1;
                probability[i] += gates[i];
            }
        return;
    }
    markLargest(logits, choices, std::min(module.topK, choices), gates);
    if (chosen) {
        scratch.resize(static_cast<std::size_t>(choices));
        softmax(logits, choices, scratch.data());
        for (std::int64_t i = 0; i < choices; ++i) {
            chosen[i] += gates[i];
            probability[i] += scratch[static_cast<std::size_t>(i)];
        }
    }
    gatesOfMarked(module, logits, gates);
}

void weighColumns(const ExpertColumns& expert, float gate, const float* shrunk, float* weighted)
{
    const float factor = gate * expert.scale;
    if (factor == 0)
        std::fill(weighted + expert.begin, weighted + expert.end, 0.0f);
    else
        for (std::int64_t column = expert.begin; column < expert.end; ++column)
            weighted[column] = shrunk[column] * factor;
}

/// Gradient through softmax (or the renormalised top k) of one module: gate · (slope - Σ gate · slope).
void addSoftmaxGradient(const float* gates, const float* slopes, std::int64_t count, float* gradient)
{
    float mean = 0;
    for (std::int64_t i = 0; i < count; ++i)
        mean += gates[i] * slopes[i];
    for (std::int64_t i = 0; i < count; ++i)
        gradient[i] += gates[i] * (slopes[i] - mean);
}

} // namespace

void routeForward(const RoutingPlan& plan, std::int64_t tokens, const float* shrunk, std::int64_t shrunkStride,
                  const float* logits, std::int64_t logitStride, float* gates, float* weighted, RoutingCounts* counts,
                  std::int64_t counted)
{
    const std::int64_t pieces = (tokens + tokensPerPiece - 1) / tokensPerPiece;
    const auto width = static_cast<std::size_t>(plan.logits);
    std::vector<double> partial(counts ? static_cast<std::size_t>(pieces) * width * 2 : 0, 0.0);
    at::parallel_for(0, pieces, 1, [&](std::int64_t beginPiece, std::int64_t endPiece) {
        std::vector<float> scratch;
        for (std::int64_t piece = beginPiece; piece < endPiece; ++piece) {
            double* const chosen = counts ? partial.data() + static_cast<std::size_t>(piece) * width * 2 : nullptr;
            double* const probability = counts ? chosen + width : nullptr;
            const std::int64_t endToken = std::min(tokens, (piece + 1) * tokensPerPiece);
            for (std::int64_t token = piece * tokensPerPiece; token < endToken; ++token)
                for (const ModuleRouting& module : plan.modules) {
                    const bool routed = module.firstLogit >= 0;
                    float* const gate = routed ? gates + token * plan.logits + module.firstLogit : nullptr;
                    const bool counting = chosen && token < counted;
                    if (routed)
                        chooseExperts(module, logits + token * logitStride + module.firstLogit, gate,
                                      counting ? chosen + module.firstLogit : nullptr,
                                      counting ? probability + module.firstLogit : nullptr, scratch);
                    for (std::int64_t i = 0; i < module.experts; ++i)
                        weighColumns(plan.experts[static_cast<std::size_t>(module.firstExpert + i)],
                                     routed ? gate[i] : 1.0f, shrunk + token * shrunkStride,
                                     weighted + token * plan.ranks);
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

void routeBackward(const RoutingPlan& plan, std::int64_t tokens, const float* shrunk, std::int64_t shrunkStride,
                   const float* logits, std::int64_t logitStride, const float* gates, const float* weightedGradient,
                   const float* slopes, const RoutingGradients& gradients, std::int64_t counted)
{
    at::parallel_for(0, tokens, tokensPerPiece, [&](std::int64_t beginToken, std::int64_t endToken) {
        std::vector<float> gateSlopes;
        std::vector<float> probabilities;
        for (std::int64_t token = beginToken; token < endToken; ++token) {
            const float* const value = shrunk + token * shrunkStride;
            const float* const slope = weightedGradient + token * plan.ranks;
            float* const weighted = gradients.weighted + token * plan.ranks;
            float* const gradient = gradients.shrunk + token * gradients.shrunkStride;
            for (const ModuleRouting& module : plan.modules) {
                const bool routed = module.firstLogit >= 0;
                const float* const gate = routed ? gates + token * plan.logits + module.firstLogit : nullptr;
                if (routed)
                    gateSlopes.assign(static_cast<std::size_t>(module.choices()), 0.0f);
                for (std::int64_t i = 0; i < module.experts; ++i) {
                    const ExpertColumns& expert = plan.experts[static_cast<std::size_t>(module.firstExpert + i)];
                    weighColumns(expert, routed ? gate[i] : 1.0f, value, weighted);
                    weighColumns(expert, routed ? gate[i] : 1.0f, slope, gradient);
                    if (!routed || gate[i] == 0)
                        continue;
                    float sum = 0;
                    for (std::int64_t column = expert.begin; column < expert.end; ++column)
                        sum += slope[column] * value[column];
                    gateSlopes[static_cast<std::size_t>(i)] = sum * expert.scale;
                }
                if (!routed)
                    continue;
                float* const logitGradient = gradients.logits + token * gradients.logitStride + module.firstLogit;
                std::fill(logitGradient, logitGradient + module.choices(), 0.0f);
                addSoftmaxGradient(gate, gateSlopes.data(), module.choices(), logitGradient);
                if (slopes && token < counted) {
                    probabilities.resize(static_cast<std::size_t>(module.choices()));
                    softmax(logits + token * logitStride + module.firstLogit, module.choices(), probabilities.data());
                    addSoftmaxGradient(probabilities.data(), slopes + module.firstLogit, module.choices(),
                                       logitGradient);
                }
            }
        }
    });
}

} // namespace hilo::gpu
