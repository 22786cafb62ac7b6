// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/weights.h"

#include <bit>
#include <cstdint>

namespace hilo {

/// IEEE half to float, subnormals, infinities and NaN included.
inline float halfToFloat(std::uint16_t half)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
    const std::uint32_t exponent = (half >> 10) & 31u;
    const std::uint32_t fraction = half & 1023u;
    if (exponent == 0) {
        const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
        return sign ? -magnitude : magnitude;
    }
    const std::uint32_t wide = exponent == 31 ? 255u : exponent + 112u;
    return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

inline float bfloat16ToFloat(std::uint16_t value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16);
}

/// F64, F32, F16 and BF16 to float32; other types are an error that names the tensor. destination has one element for
/// each of the view's.
Status decodeToFloat32(const TensorView& view, std::span<float> destination);

} // namespace hilo
