// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/encode_floats.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace hilo {
namespace {

constexpr std::size_t block = 32;

/// IEEE half, round to nearest, ties to even.
std::uint16_t floatToHalf(float value)
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

std::uint16_t floatToBfloat16(float value)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7fffffffu) > 0x7f800000u)
        return static_cast<std::uint16_t>(bits >> 16 | 0x40u);
    return static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

template <class Convert>
std::vector<std::byte> encodeSixteen(std::span<const float> values, Convert convert)
{
    std::vector<std::byte> bytes(values.size() * 2);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint16_t stored = convert(values[i]);
        std::memcpy(bytes.data() + 2 * i, &stored, 2);
    }
    return bytes;
}

std::vector<std::byte> encodeQ8(std::span<const float> values)
{
    std::vector<std::byte> bytes(values.size() / block * (2 + block));
    std::byte* out = bytes.data();
    for (std::size_t start = 0; start < values.size(); start += block) {
        const auto part = values.subspan(start, block);
        float largest = 0;
        for (const float value : part)
            largest = std::max(largest, std::abs(value));
        const float scale = largest / 127;
        const float inverse = scale != 0 ? 1 / scale : 0;
        const std::uint16_t stored = floatToHalf(scale);
        std::memcpy(out, &stored, 2);
        for (std::size_t i = 0; i < block; ++i) {
            const auto level = static_cast<std::int8_t>(std::clamp(std::round(part[i] * inverse), -127.0f, 127.0f));
            std::memcpy(out + 2 + i, &level, 1);
        }
        out += 2 + block;
    }
    return bytes;
}

} // namespace

Result<std::vector<std::byte>> encodeFloats(std::span<const float> values, DataType type)
{
    switch (type) {
    case DataType::F32: {
        const auto bytes = std::as_bytes(values);
        return std::vector<std::byte>(bytes.begin(), bytes.end());
    }
    case DataType::F16:
        return encodeSixteen(values, floatToHalf);
    case DataType::BF16:
        return encodeSixteen(values, floatToBfloat16);
    case DataType::Q8_0:
        if (values.size() % block != 0)
            return failure(internalError("Q8_0 needs a multiple of 32 numbers."));
        return encodeQ8(values);
    default:
        return failure(internalError("Numbers are not written as " + dataTypeName(type) + "."));
    }
}

} // namespace hilo
