// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

} // namespace hilo::gpu
