// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/counter_random.h"
#include "gpu/kernels/portable.h"

#include <cmath>

namespace hilo::gpu {

/// The activations of gated feed-forward blocks, as formats/model_config.h numbers them.
enum class GateKind : int { Silu = 0, GeluTanh = 1, GeluErf = 2 };

struct ValueAndSlope
{
    float value;
    float slope;
};

/// silu(x) = x·σ(x); gelu by tanh: 0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) (1606.08415); gelu: x·Φ(x).
HILO_PORTABLE inline ValueAndSlope gateOf(GateKind kind, float x)
{
    if (kind == GateKind::Silu) {
        const float sigmoid = 1 / (1 + std::exp(-x));
        return {x * sigmoid, sigmoid * (1 + x * (1 - sigmoid))};
    }
    if (kind == GateKind::GeluTanh) {
        constexpr float root = 0.7978845608028654f; // √(2/π)
        const float inner = root * (x + 0.044715f * x * x * x);
        const float bent = std::tanh(inner);
        const float innerSlope = root * (1 + 3 * 0.044715f * x * x);
        return {0.5f * x * (1 + bent), 0.5f * (1 + bent) + 0.5f * x * (1 - bent * bent) * innerSlope};
    }
    const float below = 0.5f * (1 + std::erf(x * 0.7071067811865476f));
    return {x * below, below + x * 0.3989422804014327f * std::exp(-0.5f * x * x)};
}

/// One head's pair of values turned by an angle; back: by the negative angle, which is the gradient.
HILO_PORTABLE inline void rotatePair(float& first, float& second, float cos, float sin, bool back)
{
    const float s = back ? -sin : sin;
    const float left = first * cos - second * s;
    second = second * cos + first * s;
    first = left;
}

/// A dropout mask: element i is kept when its 16 bits of draw i / 4 reach threshold.
struct DropoutMask
{
    std::uint64_t key = 0;
    std::uint32_t threshold = 0; ///< probability in 1/65536
    float factor = 1;            ///< on what is kept

    HILO_PORTABLE float of(std::int64_t element) const
    {
        const std::uint64_t bits = counterRandom(key, static_cast<std::uint64_t>(element) / 4);
        const auto uniform = static_cast<std::uint32_t>(bits >> (16 * (element % 4))) & 0xffffu;
        return uniform >= threshold ? factor : 0.0f;
    }

    /// of() of the four elements of a draw.
    HILO_PORTABLE void quad(std::int64_t draw, float* factors) const
    {
        const std::uint64_t bits = counterRandom(key, static_cast<std::uint64_t>(draw));
        for (int i = 0; i < 4; ++i)
            factors[i] = (static_cast<std::uint32_t>(bits >> (16 * i)) & 0xffffu) >= threshold ? factor : 0.0f;
    }
};

/// Everything of an AdamW update that is the same for all parameters; the gradient's factor is found on the device.
struct AdamwConstants
{
    float decay = 1;
    float beta1 = 0.9f;
    float beta2 = 0.999f;
    float rest1 = 0.1f;
    float rest2 = 0.001f;
    float stepSize = 0;
    float inverseRoot = 1;
    float epsilon = 1e-8f;
};

/// Decoupled weight decay Adam (1711.05101) of one parameter.
HILO_PORTABLE inline float adamwElement(const AdamwConstants& constants, float parameter, float slope, float& first,
                                        float& second)
{
    first = constants.beta1 * first + constants.rest1 * slope;
    second = constants.beta2 * second + constants.rest2 * slope * slope;
    return constants.decay * parameter -
           constants.stepSize * first / (std::sqrt(second) * constants.inverseRoot + constants.epsilon);
}

/// The factor that brings a gradient of this norm to at most maximum (0: no limit).
HILO_PORTABLE inline float clipFactorOf(double norm, double maximum)
{
    if (maximum <= 0)
        return 1;
    const double factor = maximum / (norm + 1e-6);
    return factor < 1 ? static_cast<float>(factor) : 1.0f;
}

} // namespace hilo::gpu
