// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/dequantise.h"

#include "formats/half.h"

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

struct Decoder
{
    DataType type;
    std::size_t elements;
    std::size_t bytes;
    void (*block)(Byte, float*);
};

constexpr Decoder decoders[] = {
    {DataType::Q8_0, 32, 34, blockQ8_0},   {DataType::Q4_0, 32, 18, blockQ4_0},   {DataType::Q4_1, 32, 20, blockQ4_1},
    {DataType::Q5_0, 32, 22, blockQ5_0},   {DataType::Q5_1, 32, 24, blockQ5_1},   {DataType::Q4_K, 256, 144, blockQ4_K},
    {DataType::Q5_K, 256, 176, blockQ5_K}, {DataType::Q6_K, 256, 210, blockQ6_K},
};

} // namespace

Status dequantise(DataType type, std::span<const std::byte> bytes, std::span<float> destination)
{
    for (const Decoder& decoder : decoders) {
        if (decoder.type != type)
            continue;
        const std::size_t blocks = destination.size() / decoder.elements;
        if (blocks * decoder.elements != destination.size() || blocks * decoder.bytes != bytes.size())
            return failure(internalError("The blocks of " + dataTypeName(type) + " do not fill the destination."));
        const Byte source = reinterpret_cast<Byte>(bytes.data());
        for (std::size_t i = 0; i < blocks; ++i)
            decoder.block(source + i * decoder.bytes, destination.data() + i * decoder.elements);
        return {};
    }
    return failure(internalError("The type " + dataTypeName(type) + " has no blocks."));
}

} // namespace hilo
