// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/portable.h"

#include <cmath>
#include <cstring>

namespace hilo::gpu {

/// How the values of a frozen weight are stored.
enum class WeightFormat : int { Nf4 = 1, Int8 = 2, E4m3 = 3 };

/// The 16 levels of NormalFloat 4 (QLoRA, 2305.14314, appendix E): quantiles of N(0, 1), scaled to [-1, 1], with an
/// exact zero.
HILO_PORTABLE inline float nf4Level(int code)
{
    constexpr float levels[16] = {-1.0f,
                                  -0.6961928009986877f,
                                  -0.5250730514526367f,
                                  -0.39491748809814453f,
                                  -0.28444138169288635f,
                                  -0.18477343022823334f,
                                  -0.09105003625154495f,
                                  0.0f,
                                  0.07958029955625534f,
                                  0.16093020141124725f,
                                  0.24611230194568634f,
                                  0.33791524171829224f,
                                  0.44070982933044434f,
                                  0.5626170039176941f,
                                  0.7229568362236023f,
                                  1.0f};
    return levels[code];
}

/// OCP e4m3: 1 sign, 4 exponent bits with bias 7, 3 fraction bits, no infinity, largest 448 (2209.05433).
HILO_PORTABLE inline float e4m3ToFloat(std::uint8_t code)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(code & 0x80u) << 24;
    const std::uint32_t exponent = (code >> 3) & 15u;
    const std::uint32_t fraction = code & 7u;
    if (exponent == 0) {
        const float small = static_cast<float>(fraction) * 0.001953125f; // 2^-9
        return sign ? -small : small;
    }
    const std::uint32_t bits =
        exponent == 15 && fraction == 7 ? sign | 0x7fc00000u : sign | (exponent + 120u) << 23 | fraction << 20;
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

/// Nearest e4m3, halfway cases to even, saturating at 448.
inline std::uint8_t floatToE4m3(float value)
{
    const std::uint8_t sign = std::signbit(value) ? 0x80 : 0;
    const float size = std::fabs(value);
    if (std::isnan(value))
        return sign | 0x7f;
    if (size >= 448)
        return sign | 0x7e;
    int exponent = 0;
    std::frexp(size, &exponent); // size = fraction · 2^exponent, fraction in [0.5, 1)
    const int step = (size < 0.015625f ? -6 : exponent - 1) - 3;
    const auto steps = static_cast<int>(std::nearbyint(std::ldexp(size, -step)));
    // steps is at most 16: one more than the last fraction, which the exponent's bits carry correctly.
    const int code = size < 0.015625f ? steps : ((step + 3 + 7) << 3) + (steps - 8);
    return static_cast<std::uint8_t>(sign | (code > 0x7e ? 0x7e : code));
}

/// Entry of the 8-bit map that holds NF4's block scales (bitsandbytes functional.py create_dynamic_map, signed, 7
/// exponent bits): for each of seven decades 10^-6 … 1, 2^i middles of equal parts of [0.1, 1], both signs, 0 and 1;
/// ascending.
inline void fillDynamicMap(float* map)
{
    int filled = 0;
    for (int decade = 6; decade >= 0; --decade) // the largest negative numbers first
        for (int part = (1 << decade) - 1; part >= 0; --part)
            map[filled++] =
                static_cast<float>(-std::pow(10.0, decade - 6) * (0.1 + 0.9 * (part + 0.5) / (1 << decade)));
    map[filled++] = 0;
    for (int decade = 0; decade < 7; ++decade)
        for (int part = 0; part < (1 << decade); ++part)
            map[filled++] = static_cast<float>(std::pow(10.0, decade - 6) * (0.1 + 0.9 * (part + 0.5) / (1 << decade)));
    map[filled] = 1;
}

constexpr int nf4Block = 64;       ///< values of one scale
constexpr int nf4ScaleBlock = 256; ///< scales of one scale of scales
constexpr int nf4Offset = 256;     ///< place of the offset in the table of a weight
constexpr int nf4Levels = 257;     ///< place of the levels: in memory, because a GPU thread can't index registers
constexpr int nf4Table = 273;      ///< entries of the table

/// A quantised weight [rows, columns] as it lies in memory.
///   NF4: codes two a byte, the first one in the high half; the scale of 64 consecutive values is
///     map[scaleCodes] · scaleScales[block / 256] + offset (double quantisation)
///   int8 and e4m3: one code a value; value = code · scaleScales[row]
struct QuantisedView
{
    const std::uint8_t* codes = nullptr;
    const std::uint8_t* scaleCodes = nullptr; ///< NF4 only
    const float* scaleScales = nullptr;
    const float* map = nullptr; ///< NF4 only: 256 entries, the offset, the 16 levels: nf4Table floats
    std::int64_t rows = 0;
    std::int64_t columns = 0;
};

template <WeightFormat Format>
struct Dequantiser
{
    QuantisedView view;

    HILO_PORTABLE float scaleOf(std::int64_t row, std::int64_t element) const
    {
        if constexpr (Format == WeightFormat::Nf4) {
            const std::int64_t block = element / nf4Block;
            return view.map[view.scaleCodes[block]] * view.scaleScales[block / nf4ScaleBlock] + view.map[nf4Offset];
        } else {
            return view.scaleScales[row];
        }
    }

    HILO_PORTABLE float codeAt(std::int64_t element) const
    {
        if constexpr (Format == WeightFormat::Nf4) {
            const std::uint8_t both = view.codes[element / 2];
            return view.map[nf4Levels + (element % 2 == 0 ? both >> 4 : both & 15)];
        } else if constexpr (Format == WeightFormat::Int8) {
            return static_cast<float>(static_cast<std::int8_t>(view.codes[element]));
        } else {
            return e4m3ToFloat(view.codes[element]);
        }
    }

    /// Eight values of a row from a column on; 0 outside of the weight.
    HILO_PORTABLE void eight(std::int64_t row, std::int64_t column, float* values) const
    {
        const std::int64_t first = row * view.columns + column;
        if (row < view.rows && column + 8 <= view.columns && first % 8 == 0) {
            // Eight values that begin at a multiple of eight are in one block.
            const float scale = scaleOf(row, first);
            for (int i = 0; i < 8; ++i)
                values[i] = codeAt(first + i) * scale;
            return;
        }
        for (int i = 0; i < 8; ++i)
            values[i] = row < view.rows && column + i < view.columns ? codeAt(first + i) * scaleOf(row, first + i) : 0;
    }
};

} // namespace hilo::gpu
