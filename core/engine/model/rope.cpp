// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/rope.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hilo {
namespace {

std::vector<double> plainFrequencies(double theta, std::int64_t dimension)
{
    std::vector<double> frequencies(static_cast<std::size_t>(dimension / 2));
    for (std::size_t j = 0; j < frequencies.size(); ++j)
        frequencies[j] = std::pow(theta, -2.0 * static_cast<double>(j) / static_cast<double>(dimension));
    return frequencies;
}

/// Long waves are stretched by factor, short ones kept, those between blended (Llama 3.1).
void scaleLlama3(const RopeConfig& rope, double original, std::vector<double>& frequencies)
{
    for (double& frequency : frequencies) {
        const double wavelength = 2 * std::numbers::pi / frequency;
        if (wavelength > original / rope.lowFrequencyFactor) {
            frequency /= rope.factor;
        } else if (wavelength >= original / rope.highFrequencyFactor) {
            const double share = (original / wavelength - rope.lowFrequencyFactor) /
                                 (rope.highFrequencyFactor - rope.lowFrequencyFactor);
            frequency *= (1 - share) / rope.factor + share;
        }
    }
}

/// Dimensions that turn often within the original context are kept, the others interpolated, with a ramp between.
void scaleYarn(const RopeConfig& rope, double original, std::int64_t dimension, std::vector<double>& frequencies)
{
    const auto correction = [&](double turns) {
        return static_cast<double>(dimension) * std::log(original / (turns * 2 * std::numbers::pi)) /
               (2 * std::log(rope.theta));
    };
    const double begin = correction(rope.betaFast);
    const double end = correction(rope.betaSlow);
    const double low = std::max(rope.truncate ? std::floor(begin) : begin, 0.0);
    double high = std::min(rope.truncate ? std::ceil(end) : end, static_cast<double>(dimension - 1));
    if (high == low)
        high += 0.001;
    for (std::size_t j = 0; j < frequencies.size(); ++j) {
        const double interpolated = std::clamp((static_cast<double>(j) - low) / (high - low), 0.0, 1.0);
        frequencies[j] = frequencies[j] / rope.factor * interpolated + frequencies[j] * (1 - interpolated);
    }
}

} // namespace

std::vector<RopeConfig> ropesInUse(const ModelConfig& config)
{
    std::vector<RopeConfig> ropes;
    if (config.learnedPositions)
        return ropes;
    const auto isUsed = [&config](LayerRope kind) {
        for (std::int64_t layer = 0; layer < config.layers; ++layer)
            if (config.ropeOf(layer) == kind)
                return true;
        return false;
    };
    if (config.layers == 0 || isUsed(LayerRope::Main))
        ropes.push_back(config.rope);
    if (isUsed(LayerRope::Local))
        ropes.push_back(config.localRope);
    return ropes;
}

std::int64_t rotatedValues(const ModelConfig& config, const RopeConfig& rope)
{
    const std::int64_t whole = rope.headDimension > 0 ? rope.headDimension : config.headDimension;
    return rope.dimension > 0 ? rope.dimension : whole;
}

RopeFrequencies ropeFrequencies(const ModelConfig& config, const RopeConfig& rope, std::int64_t length)
{
    const std::int64_t dimension = rotatedValues(config, rope);
    const double maximum = static_cast<double>(config.maximumPositions);
    const double original =
        rope.originalMaximumPositions > 0 ? static_cast<double>(rope.originalMaximumPositions) : maximum;
    RopeFrequencies result{plainFrequencies(rope.theta, dimension),
                           rope.attentionFactor > 0 ? rope.attentionFactor : 1};
    switch (rope.kind) {
    case RopeKind::None:
        break;
    case RopeKind::Linear:
        for (double& frequency : result.frequencies)
            frequency /= rope.factor;
        break;
    case RopeKind::Dynamic: {
        const double reached = std::max(static_cast<double>(length), maximum);
        const double exponent = static_cast<double>(dimension) / static_cast<double>(dimension - 2);
        const double theta = rope.theta * std::pow(rope.factor * reached / maximum - (rope.factor - 1), exponent);
        result.frequencies = plainFrequencies(theta, dimension);
        break;
    }
    case RopeKind::Yarn:
        scaleYarn(rope, original, dimension, result.frequencies);
        if (rope.attentionFactor <= 0)
            result.attentionFactor = rope.factor <= 1 ? 1 : 0.1 * std::log(rope.factor) + 1;
        break;
    case RopeKind::Llama3:
        scaleLlama3(rope, original, result.frequencies);
        break;
    case RopeKind::Factors:
        for (std::size_t j = 0; j < result.frequencies.size() && j < rope.factors.size(); ++j)
            result.frequencies[j] /= static_cast<double>(rope.factors[j]);
        break;
    case RopeKind::Proportional:
        for (std::size_t j = 0; j < result.frequencies.size(); ++j)
            result.frequencies[j] =
                static_cast<std::int64_t>(j) < rope.turnedPairs ? result.frequencies[j] / rope.factor : 0;
        break;
    case RopeKind::LongRope: {
        const auto& factors = length > rope.originalMaximumPositions ? rope.longFactors : rope.factors;
        for (std::size_t j = 0; j < result.frequencies.size() && j < factors.size(); ++j)
            result.frequencies[j] /= static_cast<double>(factors[j]);
        break;
    }
    }
    return result;
}

} // namespace hilo
