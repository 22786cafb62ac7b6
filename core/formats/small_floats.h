// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

namespace hilo {

/// Floats of four and eight bits: OCP Microscaling Formats 1.0 and OCP 8-bit Floating Point 1.0.

/// E2M1, doubled, by its four bits; scales are halved for it.
inline constexpr std::array<float, 16> doubledE2m1 = {0, 1, 2, 3, 4, 6, 8, 12, -0.0f, -1, -2, -3, -4, -6, -8, -12};

/// Half of 2^(exponent - 127), which is no subnormal number for most exponents. 255, which stands for NaN, is 2^127.
inline float halvedE8m0(std::uint8_t exponent)
{
    const std::uint32_t bits = exponent;
    return std::bit_cast<float>(bits < 2 ? 0x200000u << bits : (bits - 1) << 23);
}

/// 2^(exponent - 127); 255 is NaN.
inline float e8m0ToFloat(std::uint8_t exponent)
{
    return exponent == 255 ? std::numeric_limits<float>::quiet_NaN() : 2 * halvedE8m0(exponent);
}

/// E4M3 without infinities ("fn"): greatest 448; seven set bits behind the sign are NaN.
inline float e4m3ToFloat(std::uint8_t byte)
{
    const std::uint32_t exponent = byte >> 3 & 15u;
    const std::uint32_t fraction = byte & 7u;
    float magnitude = static_cast<float>(fraction) * 0x1p-9f;
    if ((byte & 127u) == 127u)
        magnitude = std::numeric_limits<float>::quiet_NaN();
    else if (exponent > 0)
        magnitude = std::bit_cast<float>((exponent + 120u) << 23 | fraction << 20);
    return byte & 128u ? -magnitude : magnitude;
}

} // namespace hilo
