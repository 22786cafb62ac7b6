// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/dequantise.h"

#include "formats/block_shape.h"

#include "formats/dequantise_codebook.h"
#include "formats/half.h"
#include "formats/small_floats.h"

#include <cmath>
#include <cstring>

namespace hilo {
namespace {

using Byte = const std::uint8_t*;

float half(Byte bytes)
{
    std::uint16_t value;
    std::memcpy(&value, bytes, sizeof value);
    return halfToFloat(value);
}

/// Element j of a block of 32: the low nibbles come first, then the high ones.
int nibble(Byte packed, int j)
{
    return j < 16 ? packed[j] & 15 : packed[j - 16] >> 4;
}

int fifthBit(Byte bits, int j)
{
    return (bits[j / 8] >> (j % 8) & 1) << 4;
}

void blockQ8_0(Byte block, float* y)
{
    const float scale = half(block);
    for (int j = 0; j < 32; ++j)
        y[j] = scale * static_cast<float>(static_cast<std::int8_t>(block[2 + j]));
}

void blockQ4_0(Byte block, float* y)
{
    const float scale = half(block);
    for (int j = 0; j < 32; ++j)
        y[j] = static_cast<float>(nibble(block + 2, j) - 8) * scale;
}

void blockQ4_1(Byte block, float* y)
{
    const float scale = half(block);
    const float lowest = half(block + 2);
    for (int j = 0; j < 32; ++j)
        y[j] = static_cast<float>(nibble(block + 4, j)) * scale + lowest;
}

void blockQ5_0(Byte block, float* y)
{
    const float scale = half(block);
    for (int j = 0; j < 32; ++j)
        y[j] = static_cast<float>((nibble(block + 6, j) | fifthBit(block + 2, j)) - 16) * scale;
}

void blockQ5_1(Byte block, float* y)
{
    const float scale = half(block);
    const float lowest = half(block + 2);
    for (int j = 0; j < 32; ++j)
        y[j] = static_cast<float>(nibble(block + 8, j) | fifthBit(block + 4, j)) * scale + lowest;
}

/// The 6-bit scale and minimum of sub-block k, packed in 12 bytes.
struct ScaleAndMinimum
{
    float scale;
    float minimum;
};

ScaleAndMinimum packedScale(Byte s, int k)
{
    if (k < 4)
        return {static_cast<float>(s[k] & 63), static_cast<float>(s[k + 4] & 63)};
    return {static_cast<float>((s[k + 4] & 15) | (s[k - 4] >> 6) << 4),
            static_cast<float>((s[k + 4] >> 4) | (s[k] >> 6) << 4)};
}

/// Q4_K, and Q5_K where high holds the fifth bits: eight sub-blocks of 32, two to each 32 bytes of nibbles.
void blockK(Byte block, Byte high, Byte packed, float* y)
{
    const float scale = half(block);
    const float minimum = half(block + 2);
    for (int k = 0; k < 8; ++k) {
        const ScaleAndMinimum sub = packedScale(block + 4, k);
        const float d = scale * sub.scale;
        const float m = minimum * sub.minimum;
        for (int l = 0; l < 32; ++l) {
            const int byte = packed[32 * (k / 2) + l];
            int value = k % 2 == 0 ? byte & 15 : byte >> 4;
            if (high)
                value |= (high[l] >> k & 1) << 4;
            y[32 * k + l] = d * static_cast<float>(value) - m;
        }
    }
}

void blockQ4_K(Byte block, float* y)
{
    blockK(block, nullptr, block + 16, y);
}

void blockQ5_K(Byte block, float* y)
{
    blockK(block, block + 16, block + 48, y);
}

void blockQ6_K(Byte block, float* y)
{
    const Byte low = block;
    const Byte high = block + 128;
    const Byte scales = block + 192;
    const float scale = half(block + 208);
    for (int i = 0; i < 256; ++i) {
        const int h = i / 128;
        const int g = i % 128 / 32;
        const int l = i % 32;
        const int value = (low[64 * h + 32 * (g & 1) + l] >> 4 * (g >> 1) & 15) | (high[32 * h + l] >> 2 * g & 3) << 4;
        y[i] = scale * static_cast<float>(static_cast<std::int8_t>(scales[8 * h + 2 * g + l / 16])) *
               static_cast<float>(value - 32);
    }
}

/// Sixteen sub-blocks of 16, the two-bit values of each 128 elements in 32 bytes.
void blockQ2_K(Byte block, float* y)
{
    const float scale = half(block + 80);
    const float minimum = half(block + 82);
    for (int i = 0; i < 256; ++i) {
        const int sub = block[i / 16];
        const int value = block[16 + 32 * (i / 128) + i % 32] >> 2 * (i / 32 % 4) & 3;
        y[i] =
            scale * static_cast<float>(sub & 15) * static_cast<float>(value) - minimum * static_cast<float>(sub >> 4);
    }
}

void blockQ3_K(Byte block, float* y)
{
    const Byte scales = block + 96;
    const float scale = half(block + 108);
    for (int i = 0; i < 256; ++i) {
        const int k = i / 16;
        const int sub = (scales[k % 8] >> 4 * (k / 8) & 15) | (scales[8 + k % 4] >> 2 * (k / 4) & 3) << 4;
        const int low = block[32 + 32 * (i / 128) + i % 32] >> 2 * (i / 32 % 4) & 3;
        // A set bit of the mask stands for no offset.
        const int value = low - (block[i % 32] >> i / 32 & 1 ? 0 : 4);
        y[i] = scale * static_cast<float>(sub - 32) * static_cast<float>(value);
    }
}

constexpr float fourBitValues[] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

void blockIQ4_NL(Byte block, float* y)
{
    const float scale = half(block);
    for (int j = 0; j < 32; ++j)
        y[j] = scale * fourBitValues[nibble(block + 2, j)];
}

void blockIQ4_XS(Byte block, float* y)
{
    const float scale = half(block);
    const int high = block[2] | block[3] << 8;
    for (int k = 0; k < 8; ++k) {
        const int sub = (block[4 + k / 2] >> 4 * (k % 2) & 15) | (high >> 2 * k & 3) << 4;
        const float d = scale * static_cast<float>(sub - 32);
        for (int j = 0; j < 32; ++j)
            y[32 * k + j] = d * fourBitValues[nibble(block + 8 + 16 * k, j)];
    }
}

void blockMXFP4(Byte block, float* y)
{
    const float scale = halvedE8m0(block[0]);
    for (int j = 0; j < 32; ++j)
        y[j] = scale * doubledE2m1[nibble(block + 1, j)] + 0.0f; // ggml has integers for codes, no negative zero
}

/// Half of an E4M3 number; its sign counts not. 0x7F is no number there and 0 in ggml.
float halvedE4m3(std::uint8_t byte)
{
    const int exponent = byte >> 3 & 15;
    const auto fraction = static_cast<float>(byte & 7);
    if (byte == 0 || byte == 0x7f)
        return 0;
    return exponent == 0 ? fraction * 0x1p-10f : std::ldexp(1 + fraction / 8, exponent - 8);
}

/// Four sub-blocks of 16, a scale for each.
void blockNVFP4(Byte block, float* y)
{
    for (int j = 0; j < 64; ++j) {
        const int byte = block[4 + 8 * (j / 16) + j % 8];
        // ggml has integers for codes: none is a negative zero, but a negative one times a scale of 0 is.
        y[j] = halvedE4m3(block[j / 16]) * (doubledE2m1[j / 8 % 2 == 0 ? byte & 15 : byte >> 4] + 0.0f);
    }
}

/// Five ternary digits in a byte, as a fraction of 256: the first is the highest.
void ternaryDigits(Byte packed, int bytes, int digits, float scale, float* y)
{
    int power = 1;
    for (int digit = 0; digit < digits; ++digit, power *= 3)
        for (int i = 0; i < bytes; ++i) {
            const int shifted = packed[i] * power & 255;
            y[digit * bytes + i] = scale * static_cast<float>((shifted * 3 >> 8) - 1);
        }
}

void blockTQ1_0(Byte block, float* y)
{
    const float scale = half(block + 52);
    ternaryDigits(block, 32, 5, scale, y);
    ternaryDigits(block + 32, 16, 5, scale, y + 160);
    ternaryDigits(block + 48, 4, 4, scale, y + 240);
}

void blockTQ2_0(Byte block, float* y)
{
    const float scale = half(block + 64);
    for (int i = 0; i < 256; ++i)
        y[i] = scale * static_cast<float>((block[32 * (i / 128) + i % 32] >> 2 * (i / 32 % 4) & 3) - 1);
}

struct Decoder
{
    DataType type;
    void (*block)(Byte, float*);
};

constexpr Decoder decoders[] = {
    {DataType::Q8_0, blockQ8_0},       {DataType::Q4_0, blockQ4_0},     {DataType::Q4_1, blockQ4_1},
    {DataType::Q5_0, blockQ5_0},       {DataType::Q5_1, blockQ5_1},     {DataType::Q2_K, blockQ2_K},
    {DataType::Q3_K, blockQ3_K},       {DataType::Q4_K, blockQ4_K},     {DataType::Q5_K, blockQ5_K},
    {DataType::Q6_K, blockQ6_K},       {DataType::IQ1_S, blockIQ1_S},   {DataType::IQ1_M, blockIQ1_M},
    {DataType::IQ2_XXS, blockIQ2_XXS}, {DataType::IQ2_XS, blockIQ2_XS}, {DataType::IQ2_S, blockIQ2_S},
    {DataType::IQ3_XXS, blockIQ3_XXS}, {DataType::IQ3_S, blockIQ3_S},   {DataType::IQ4_NL, blockIQ4_NL},
    {DataType::IQ4_XS, blockIQ4_XS},   {DataType::TQ1_0, blockTQ1_0},   {DataType::TQ2_0, blockTQ2_0},
    {DataType::MXFP4, blockMXFP4},     {DataType::NVFP4, blockNVFP4},
};

} // namespace

Status dequantise(DataType type, std::span<const std::byte> bytes, std::span<float> destination)
{
    for (const Decoder& decoder : decoders) {
        if (decoder.type != type)
            continue;
        const BlockShape shape = blockShape(type).value_or(BlockShape());
        const std::size_t blocks = destination.size() / shape.elements;
        if (blocks * shape.elements != destination.size() || blocks * shape.bytes != bytes.size())
            return failure(internalError("The blocks of " + dataTypeName(type) + " do not fill the destination."));
        const Byte source = reinterpret_cast<Byte>(bytes.data());
        for (std::size_t i = 0; i < blocks; ++i)
            decoder.block(source + i * shape.bytes, destination.data() + i * shape.elements);
        return {};
    }
    return failure(internalError("The type " + dataTypeName(type) + " has no blocks."));
}

} // namespace hilo
