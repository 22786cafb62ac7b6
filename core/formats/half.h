// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/weights.h"

#include <bit>
#include <cmath>
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

/// IEEE half, round to nearest, ties to even.
inline std::uint16_t floatToHalf(float value)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000u);
    const std::uint32_t magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u)
        return static_cast<std::uint16_t>(sign | 0x7e00u);
    // Half of the step beyond 65504 and more is infinity.
    if (magnitude >= 0x477ff000u)
        return static_cast<std::uint16_t>(sign | 0x7c00u);
    if (magnitude < 0x38800000u) {
        // A subnormal half counts steps of 2^-24; the rounding of the sum does the rest.
        const float steps = std::bit_cast<float>(magnitude) * 0x1p24f;
        return static_cast<std::uint16_t>(sign | static_cast<std::uint16_t>(std::nearbyint(steps)));
    }
    const std::uint32_t rounded = magnitude + 0xfffu + ((magnitude >> 13) & 1u);
    return static_cast<std::uint16_t>(sign | ((rounded - 0x38000000u) >> 13));
}

/// Round to nearest, ties to even.
inline std::uint16_t floatToBfloat16(float value)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7fffffffu) > 0x7f800000u)
        return static_cast<std::uint16_t>(bits >> 16 | 0x40u);
    return static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

/// The value as it comes back from a type of sixteen bits, F16 or BF16; of other types it is unchanged.
inline float roundedTo(DataType type, float value)
{
    if (type == DataType::F16)
        return halfToFloat(floatToHalf(value));
    return type == DataType::BF16 ? bfloat16ToFloat(floatToBfloat16(value)) : value;
}

/// F64, F32, F16 and BF16 to float32; other types are an error that names the tensor. destination has one element for
/// each of the view's.
Status decodeToFloat32(const TensorView& view, std::span<float> destination);

} // namespace hilo
