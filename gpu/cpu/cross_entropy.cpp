// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/cpu/cross_entropy.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace hilo::gpu::cpu {
namespace {

/// e^x for x <= 0 to about 2e-7 relative, 0 below -87: 2^n times the Taylor polynomial of the rest, |rest| <= ln(2)/2.
/// Only plain arithmetic, so that compilers vectorise a loop over it, which they do not do with std::exp.
inline float exponential(float x)
{
    const float clamped = std::max(x, -87.0f);
    constexpr float roundingConstant = 12582912.0f; // 1.5·2^23: adding it rounds to an integer in the low bits
    const float shifted = clamped * 1.44269504f + roundingConstant;
    const float power = shifted - roundingConstant;
    const float rest = (clamped - power * 0.693359375f) + power * 2.12194440e-4f; // ln 2 in two parts
    float value = 1.0f / 5040;
    value = value * rest + 1.0f / 720;
    value = value * rest + 1.0f / 120;
    value = value * rest + 1.0f / 24;
    value = value * rest + 1.0f / 6;
    value = value * rest + 0.5f;
    value = value * rest + 1.0f;
    value = value * rest + 1.0f;
    const std::int32_t exponent = std::bit_cast<std::int32_t>(shifted) - std::bit_cast<std::int32_t>(roundingConstant);
    const float scale = std::bit_cast<float>((exponent + 127) << 23);
    return x < -87.0f ? 0.0f : value * scale;
}

/// Independent lanes let the sums and maxima vectorise without reordering by the compiler.
constexpr std::int64_t lanes = 16;

float maximumOf(const float* values, std::int64_t count)
{
    float best[lanes];
    std::fill_n(best, lanes, values[0]);
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        for (std::int64_t lane = 0; lane < lanes; ++lane)
            best[lane] = std::max(best[lane], values[i + lane]);
    for (; i < count; ++i)
        best[0] = std::max(best[0], values[i]);
    return *std::max_element(best, best + lanes);
}

/// values become exp(values - highest); returns their sum.
double exponentiate(float* values, std::int64_t count, float highest)
{
    float sums[lanes] = {};
    double sum = 0;
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        for (std::int64_t lane = 0; lane < lanes; ++lane)
            sums[lane] += values[i + lane] = exponential(values[i + lane] - highest);
    for (; i < count; ++i)
        sum += values[i] = exponential(values[i] - highest);
    for (const float part : sums)
        sum += part;
    return sum;
}

/// The sum that exponentiate() returns, with the values left as they are.
double sumOfExponentials(const float* values, std::int64_t count, float highest)
{
    float sums[lanes] = {};
    double sum = 0;
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        for (std::int64_t lane = 0; lane < lanes; ++lane)
            sums[lane] += exponential(values[i + lane] - highest);
    for (; i < count; ++i)
        sum += exponential(values[i] - highest);
    for (const float part : sums)
        sum += part;
    return sum;
}

double row(float* logits, std::int64_t vocabulary, std::int64_t label)
{
    const float highest = maximumOf(logits, vocabulary);
    const double ofLabel = logits[label];
    const double sum = exponentiate(logits, vocabulary, highest);
    const auto inverse = static_cast<float>(1 / sum);
    for (std::int64_t i = 0; i < vocabulary; ++i)
        logits[i] *= inverse;
    logits[label] -= 1;
    return std::log(sum) + highest - ofLabel;
}

double cappedRow(float* values, std::int64_t vocabulary, std::int64_t label, float softcap, std::vector<float>& slopes)
{
    slopes.resize(static_cast<std::size_t>(vocabulary));
    for (std::int64_t i = 0; i < vocabulary; ++i) {
        const float bent = std::tanh(values[i] / softcap);
        slopes[static_cast<std::size_t>(i)] = 1 - bent * bent;
        values[i] = softcap * bent;
    }
    const double loss = row(values, vocabulary, label);
    for (std::int64_t i = 0; i < vocabulary; ++i)
        values[i] *= slopes[static_cast<std::size_t>(i)];
    return loss;
}

template <class Loss>
void eachRow(float* logits, std::int64_t rows, std::int64_t vocabulary, const std::int64_t* labels, double softcap,
             Loss* losses)
{
    at::parallel_for(0, rows, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> slopes;
        for (std::int64_t index = begin; index < end; ++index) {
            float* const values = logits + index * vocabulary;
            if (labels[index] < 0) {
                std::fill_n(values, vocabulary, 0.0f);
                losses[index] = 0;
                continue;
            }
            losses[index] = static_cast<Loss>(
                softcap > 0 ? cappedRow(values, vocabulary, labels[index], static_cast<float>(softcap), slopes)
                            : row(values, vocabulary, labels[index]));
        }
    });
}

} // namespace

double crossEntropyRows(float* logits, std::int64_t rows, std::int64_t vocabulary, const std::int64_t* labels,
                        double softcap)
{
    std::vector<double> losses(static_cast<std::size_t>(rows), 0.0);
    eachRow(logits, rows, vocabulary, labels, softcap, losses.data());
    double sum = 0;
    for (const double loss : losses)
        sum += loss;
    return sum;
}

void crossEntropyEachRow(float* logits, std::int64_t rows, std::int64_t vocabulary, const std::int64_t* labels,
                         double softcap, float* losses)
{
    eachRow(logits, rows, vocabulary, labels, softcap, losses);
}

void crossEntropyChunk(const float* logits, std::int64_t rows, std::int64_t width, const std::int64_t* labels,
                       std::int64_t first, double softcap, const SoftmaxSoFar& softmax)
{
    const auto cap = static_cast<float>(softcap);
    at::parallel_for(0, rows, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> bent(cap > 0 ? static_cast<std::size_t>(width) : 0);
        for (std::int64_t index = begin; index < end; ++index) {
            const float* values = logits + index * width;
            if (cap > 0) {
                std::transform(values, values + width, bent.begin(),
                               [cap](float value) { return cap * std::tanh(value / cap); });
                values = bent.data();
            }
            const float before = softmax.maximum[index];
            const float highest = std::max(before, maximumOf(values, width));
            const double sum = softmax.sum[index] * std::exp(static_cast<double>(before) - highest) +
                               sumOfExponentials(values, width, highest);
            softmax.sum[index] = static_cast<float>(sum);
            softmax.maximum[index] = highest;
            if (labels[index] >= first && labels[index] < first + width)
                softmax.ofLabel[index] = values[labels[index] - first];
        }
    });
}

void crossEntropyChunkGradient(float* logits, std::int64_t rows, std::int64_t width, const std::int64_t* labels,
                               std::int64_t first, double softcap, const float* logSums)
{
    const auto cap = static_cast<float>(softcap);
    at::parallel_for(0, rows, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> slopes(cap > 0 ? static_cast<std::size_t>(width) : 0);
        for (std::int64_t index = begin; index < end; ++index) {
            float* const values = logits + index * width;
            const std::int64_t label = labels[index];
            if (label < 0) {
                std::fill_n(values, width, 0.0f);
                continue;
            }
            if (cap > 0)
                for (std::int64_t i = 0; i < width; ++i) {
                    const float bent = std::tanh(values[i] / cap);
                    slopes[static_cast<std::size_t>(i)] = 1 - bent * bent;
                    values[i] = cap * bent;
                }
            for (std::int64_t i = 0; i < width; ++i)
                values[i] = exponential(values[i] - logSums[index]);
            if (label >= first && label < first + width)
                values[label - first] -= 1;
            if (cap > 0)
                for (std::int64_t i = 0; i < width; ++i)
                    values[i] *= slopes[static_cast<std::size_t>(i)];
        }
    });
}

} // namespace hilo::gpu::cpu
