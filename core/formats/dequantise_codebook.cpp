// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/dequantise_codebook.h"

#include "formats/codebooks.h"
#include "formats/half.h"

#include <bit>

namespace hilo {
namespace {

using CodeBytes = const std::uint8_t*;

std::uint32_t littleEndian16(CodeBytes bytes)
{
    return static_cast<std::uint32_t>(bytes[0] | bytes[1] << 8);
}

std::uint32_t littleEndian32(CodeBytes bytes)
{
    return littleEndian16(bytes) | littleEndian16(bytes + 2) << 16;
}

float scaleAt(CodeBytes bytes)
{
    return halfToFloat(static_cast<std::uint16_t>(littleEndian16(bytes)));
}

constexpr float values2[] = {8, 25, 43, 0};
constexpr float values3Xxs[] = {4, 12, 20, 28, 36, 44, 52, 62};
constexpr float values3S[] = {1, 3, 5, 7, 9, 11, 13, 15};

/// Eight elements of one point of two-bit coordinates; a set bit of signs is a minus.
void put8(std::uint32_t point, std::uint32_t signs, float scale, float* y)
{
    for (int j = 0; j < 8; ++j)
        y[j] = scale * values2[point >> 2 * j & 3] * (signs >> j & 1 ? -1.0f : 1.0f);
}

/// Four elements of one point of four-bit coordinates.
void put4(std::uint32_t point, const float* values, std::uint32_t signs, float scale, float* y)
{
    for (int j = 0; j < 4; ++j)
        y[j] = scale * values[point >> 4 * j & 7] * (signs >> j & 1 ? -1.0f : 1.0f);
}

/// Seven signs are stored, the eighth makes their number even.
std::uint32_t eightSigns(std::uint32_t seven)
{
    return seven | static_cast<std::uint32_t>(std::popcount(seven) & 1) << 7;
}

/// IQ1: coordinates -1, 0 and 1, moved by an eighth.
void putTernary(std::uint32_t point, float delta, float scale, float* y)
{
    for (int j = 0; j < 8; ++j)
        y[j] = scale * (static_cast<float>(static_cast<int>(point >> 2 * j & 3) - 1) + delta);
}

constexpr float ternaryDelta = 0.125f;

} // namespace

void blockIQ2_XXS(CodeBytes bytes, float* values)
{
    const float d = scaleAt(bytes);
    for (int group = 0; group < 8; ++group) {
        const CodeBytes part = bytes + 2 + 8 * group;
        const std::uint32_t packed = littleEndian32(part + 4);
        const float scale = d * (0.5f + static_cast<float>(packed >> 28)) * 0.25f;
        for (int i = 0; i < 4; ++i)
            put8(points2Xxs[part[i]], eightSigns(packed >> 7 * i & 127), scale, values + 32 * group + 8 * i);
    }
}

void blockIQ2_XS(CodeBytes bytes, float* values)
{
    const float d = scaleAt(bytes);
    for (int i = 0; i < 32; ++i) {
        const std::uint32_t code = littleEndian16(bytes + 2 + 2 * i);
        const std::uint32_t stored = bytes[66 + i / 4] >> 4 * (i / 2 % 2) & 15u;
        const float scale = d * (0.5f + static_cast<float>(stored)) * 0.25f;
        put8(points2Xs[code & 511], eightSigns(code >> 9), scale, values + 8 * i);
    }
}

void blockIQ2_S(CodeBytes bytes, float* values)
{
    const float d = scaleAt(bytes);
    for (int i = 0; i < 32; ++i) {
        const std::uint32_t high = bytes[66 + i / 4] >> 2 * (i % 4) & 3u;
        const std::uint32_t stored = bytes[74 + i / 4] >> 4 * (i / 2 % 2) & 15u;
        const float scale = d * (0.5f + static_cast<float>(stored)) * 0.25f;
        put8(points2S[bytes[2 + i] | high << 8], bytes[34 + i], scale, values + 8 * i);
    }
}

void blockIQ3_XXS(CodeBytes bytes, float* values)
{
    const float d = scaleAt(bytes);
    for (int group = 0; group < 8; ++group) {
        const std::uint32_t packed = littleEndian32(bytes + 66 + 4 * group);
        const float scale = d * (0.5f + static_cast<float>(packed >> 28)) * 0.5f;
        for (int i = 0; i < 8; ++i)
            put4(points3Xxs[bytes[2 + 8 * group + i]], values3Xxs,
                 eightSigns(packed >> 7 * (i / 2) & 127) >> 4 * (i % 2), scale, values + 32 * group + 4 * i);
    }
}

void blockIQ3_S(CodeBytes bytes, float* values)
{
    const float d = scaleAt(bytes);
    for (int i = 0; i < 64; ++i) {
        const std::uint32_t high = bytes[66 + i / 8] >> i % 8 & 1u;
        const std::uint32_t stored = bytes[106 + i / 16] >> 4 * (i / 8 % 2) & 15u;
        const float scale = d * static_cast<float>(1 + 2 * stored);
        put4(points3S[bytes[2 + i] | high << 8], values3S, bytes[74 + i / 2] >> 4 * (i % 2) & 15u, scale,
             values + 4 * i);
    }
}

void blockIQ1_S(CodeBytes bytes, float* values)
{
    const float d = scaleAt(bytes);
    for (int group = 0; group < 8; ++group) {
        const std::uint32_t high = littleEndian16(bytes + 34 + 2 * group);
        const float scale = d * static_cast<float>(2 * (high >> 12 & 7) + 1);
        for (int i = 0; i < 4; ++i)
            putTernary(points1[bytes[2 + 4 * group + i] | (high >> 3 * i & 7) << 8],
                       high & 0x8000 ? -ternaryDelta : ternaryDelta, scale, values + 32 * group + 8 * i);
    }
}

void blockIQ1_M(CodeBytes bytes, float* values)
{
    // The block's scale lies in the highest four bits of four words, its sub-blocks' in the others.
    std::uint32_t half = 0;
    for (int word = 0; word < 4; ++word)
        half |= (littleEndian16(bytes + 48 + 2 * word) & 0xf000) >> (12 - 4 * word);
    const float d = halfToFloat(static_cast<std::uint16_t>(half));
    for (int i = 0; i < 32; ++i) {
        const std::uint32_t stored = littleEndian16(bytes + 48 + 2 * (i / 8)) >> 3 * (i / 2 % 4) & 7;
        const std::uint32_t high = bytes[32 + i / 2] >> 4 * (i % 2) & 15u;
        putTernary(points1[bytes[i] | (high & 7) << 8], high & 8 ? -ternaryDelta : ternaryDelta,
                   d * static_cast<float>(2 * stored + 1), values + 8 * i);
    }
}

} // namespace hilo
