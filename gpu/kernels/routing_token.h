// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/portable.h"

#include <cmath>

namespace hilo::gpu {

/// A RoutingPlan as 32-bit words, which lie on the device (RoutingTables of operators/operators.h writes them):
///   modules, experts, ranks, logits
///   per module: first expert, experts, null experts, first logit (-1: always on), top k, dense, top p in millionths
///   per expert: first column, behind its last column, its logit (-1: always on), its module
///   per column: its expert
/// and the experts' scales.
struct PlanView
{
    static constexpr int moduleWords = 7;
    const std::int32_t* words = nullptr;
    const float* scales = nullptr;

    HILO_PORTABLE int modules() const { return words[0]; }
    HILO_PORTABLE int experts() const { return words[1]; }
    HILO_PORTABLE int ranks() const { return words[2]; }
    HILO_PORTABLE int logits() const { return words[3]; }
    HILO_PORTABLE const std::int32_t* module(int index) const { return words + 4 + moduleWords * index; }
    HILO_PORTABLE const std::int32_t* expert(int index) const
    {
        return words + 4 + moduleWords * modules() + 4 * index;
    }
    HILO_PORTABLE int expertOfColumn(int column) const
    {
        return words[4 + moduleWords * modules() + 4 * experts() + column];
    }
    /// Gate times scale of an expert.
    HILO_PORTABLE float factor(int index, const float* gates) const
    {
        const int logit = expert(index)[2];
        return logit < 0 ? scales[index] : scales[index] * gates[logit];
    }
    /// The same of a column's expert.
    HILO_PORTABLE float weight(int column, const float* gates) const { return factor(expertOfColumn(column), gates); }
};

/// What no gate lets through is 0, also where the value is not finite.
HILO_PORTABLE inline float weighed(float value, float factor)
{
    return factor == 0 ? 0.0f : value * factor;
}

/// Softmax over a few logits: each once.
HILO_PORTABLE inline void softmax(const float* logits, int count, float* probabilities)
{
    float highest = logits[0];
    for (int i = 1; i < count; ++i)
        highest = logits[i] > highest ? logits[i] : highest;
    float sum = 0;
    for (int i = 0; i < count; ++i)
        sum += probabilities[i] = std::exp(logits[i] - highest);
    const float inverse = 1 / sum;
    for (int i = 0; i < count; ++i)
        probabilities[i] *= inverse;
}

/// The same where there is no place to keep it.
struct SoftmaxTerms
{
    float highest;
    float inverse;

    HILO_PORTABLE float of(float logit) const { return std::exp(logit - highest) * inverse; }
};

HILO_PORTABLE inline SoftmaxTerms softmaxTerms(const float* logits, int count)
{
    float highest = logits[0];
    for (int i = 1; i < count; ++i)
        highest = logits[i] > highest ? logits[i] : highest;
    float sum = 0;
    for (int i = 0; i < count; ++i)
        sum += std::exp(logits[i] - highest);
    return {highest, 1 / sum};
}

/// Leaves of softmax probabilities the fewest largest ones that add up to share, and 0 for the others; of equal ones
/// the first. chosen (or null) gets 1 where one is left.
HILO_PORTABLE inline void keepTopP(float* probabilities, int count, float share, float* chosen)
{
    // One after the other, the largest first: what comes behind the last one in that order is left out.
    float lastValue = 2;
    int last = -1;
    float sum = 0;
    for (int taken = 0; taken < count && sum < share; ++taken) {
        int best = -1;
        for (int i = 0; i < count; ++i) {
            const bool isBehind = probabilities[i] < lastValue || (probabilities[i] == lastValue && i > last);
            if (isBehind && (best < 0 || probabilities[i] > probabilities[best]))
                best = i;
        }
        if (best < 0) // no number
            break;
        lastValue = probabilities[best];
        last = best;
        sum += lastValue;
    }
    for (int i = 0; i < count; ++i) {
        const bool isKept = probabilities[i] > lastValue || (probabilities[i] == lastValue && i <= last);
        if (!isKept)
            probabilities[i] = 0;
        if (chosen)
            chosen[i] = isKept ? 1.0f : 0.0f;
    }
}

/// Gates of one token in one module from all logits of its group. chosen and probability (or null) get, at the module's
/// logits, 1 where a slot was taken and the softmax over all choices. Top k: softmax over the chosen true experts
/// (2402.08562; null experts 2406.13233); dense: softmax over all (2312.09979); top p: what keepTopP() leaves of that,
/// not brought to 1 again (TUDB-Labs/MixLoRA). Equal logits: the first wins.
HILO_PORTABLE inline void chooseOfToken(const PlanView& plan, int index, const float* logits, float* gates,
                                        float* chosen, float* probability)
{
    const std::int32_t* const module = plan.module(index);
    const int first = module[3];
    if (first < 0)
        return;
    const int experts = module[1];
    const int choices = experts + module[2];
    const float* const values = logits + first;
    float* const result = gates + first;
    if (module[6] > 0) {
        softmax(values, choices, result);
        for (int i = 0; probability && i < choices; ++i)
            probability[first + i] = result[i];
        keepTopP(result, choices, static_cast<float>(module[6]) * 1e-6f, chosen ? chosen + first : nullptr);
        return;
    }
    if (module[5]) {
        softmax(values, choices, result);
        for (int i = 0; i < choices; ++i) {
            if (probability)
                probability[first + i] = result[i];
            if (chosen)
                chosen[first + i] = 1;
        }
        return;
    }
    if (probability)
        softmax(values, choices, probability + first);
    for (int i = 0; i < choices; ++i)
        result[i] = 0;
    const int slots = module[4] < choices ? module[4] : choices;
    for (int round = 0; round < slots; ++round) {
        int best = -1;
        for (int i = 0; i < choices; ++i)
            if (result[i] == 0 && (best < 0 || values[i] > values[best]))
                best = i;
        result[best] = 1;
    }
    float highest = 0;
    bool any = false;
    for (int i = 0; i < choices; ++i) {
        if (chosen)
            chosen[first + i] = result[i];
        if (i < experts && result[i] != 0 && (!any || values[i] > highest)) {
            highest = values[i];
            any = true;
        }
    }
    float sum = 0;
    for (int i = 0; i < experts; ++i)
        if (result[i] != 0)
            sum += result[i] = std::exp(values[i] - highest);
    for (int i = 0; i < choices; ++i)
        result[i] = i < experts && any ? result[i] / sum : 0;
}

/// Derivative by one expert's gate: scale · Σ over its columns of slope · shrunk; 0 where the gate is 0.
template <class Slope>
HILO_PORTABLE float gateSlope(const PlanView& plan, int index, const float* gates, const Slope* slope,
                              const float* shrunk)
{
    const std::int32_t* const expert = plan.expert(index);
    if (expert[2] < 0 || gates[expert[2]] == 0)
        return 0;
    float sum = 0;
    for (int column = expert[0]; column < expert[1]; ++column)
        sum += static_cast<float>(slope[column]) * shrunk[column];
    return sum * plan.scales[index];
}

/// Gradient by one module's logits from those by its gates (gateSlopes [logits], null experts 0), and with slopes (or
/// null) that of Σ slope · softmax probability, the auxiliary loss.
template <class Result>
HILO_PORTABLE void logitGradients(const PlanView& plan, int index, const float* logits, const float* gates,
                                  const float* gateSlopes, const float* slopes, Result* gradient)
{
    const std::int32_t* const module = plan.module(index);
    const int first = module[3];
    if (first < 0)
        return;
    const int choices = module[1] + module[2];
    float mean = 0;
    for (int i = first; i < first + choices; ++i)
        mean += gates[i] * gateSlopes[i];
    float probabilityMean = 0;
    // A gate that has the others' logits in it has gradients by them, also where they were not chosen.
    const bool isTopP = module[6] > 0;
    SoftmaxTerms terms{0, 0};
    if (slopes || isTopP)
        terms = softmaxTerms(logits + first, choices);
    if (slopes) {
        for (int i = first; i < first + choices; ++i)
            probabilityMean += terms.of(logits[i]) * slopes[i];
    }
    for (int i = first; i < first + choices; ++i) {
        float value = 0;
        value += isTopP ? gates[i] * gateSlopes[i] - terms.of(logits[i]) * mean : gates[i] * (gateSlopes[i] - mean);
        if (slopes)
            value += terms.of(logits[i]) * (slopes[i] - probabilityMean);
        gradient[i] = static_cast<Result>(value);
    }
}

} // namespace hilo::gpu
