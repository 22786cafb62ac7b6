// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/encode_floats.h"

#include "formats/half.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hilo {
namespace {

constexpr std::size_t block = 32;

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
