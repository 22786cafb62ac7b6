// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/dequantise.h"

#include "base/json.h"
#include "formats/block_shape.h"
#include "formats/half.h"
#include "support/testing.h"
#include "value_bits.h"

#include <cmath>
#include <limits>
#include <numeric>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// Byte i is (37·i + 11) & 255; then halves are put at the given bytes.
struct HalfAt
{
    std::size_t position;
    std::uint16_t value;
};

std::vector<float> block(DataType type, std::size_t elements, std::vector<HalfAt> halves)
{
    std::vector<std::byte> bytes(REQUIRE_OK(storageBytes(type, elements)));
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>((37 * i + 11) & 255);
    for (const HalfAt& half : halves) {
        bytes[half.position] = static_cast<std::byte>(half.value & 255);
        bytes[half.position + 1] = static_cast<std::byte>(half.value >> 8);
    }
    std::vector<float> values(elements);
    REQUIRE_OK(dequantise(type, bytes, values));
    return values;
}

void checkBlock(const std::vector<float>& values, float first, float second, float last, double sum)
{
    CHECK_EQ(values[0], first);
    CHECK_EQ(values[1], second);
    CHECK_EQ(values.back(), last);
    CHECK_EQ(std::accumulate(values.begin(), values.end(), 0.0), sum);
}

TensorView viewOf(DataType type, std::span<const std::byte> bytes)
{
    TensorInfo info;
    info.name = "w";
    info.type = type;
    info.file = "model.safetensors";
    return {info, bytes, nullptr};
}

/// Bytes written as pairs of hexadecimal digits.
std::vector<std::byte> bytesOf(const std::string& digits)
{
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes.push_back(static_cast<std::byte>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    return bytes;
}

DataType typeNamed(const std::string& name)
{
    for (int type = 0; type <= static_cast<int>(DataType::NVFP4); ++type)
        if (dataTypeName(static_cast<DataType>(type)) == name)
            return static_cast<DataType>(type);
    fail("no type is called " + name, __FILE__, __LINE__);
    return DataType::Unsupported;
}

} // namespace

/// tests/interop/make_block_fixtures.py.
HILO_TEST(everyBlockTypeIsWorthWhatTheGgufPackageSays)
{
    const Json rows = REQUIRE_OK(readJsonFile(dataFile("formats/blocks.json")));
    std::size_t blockTypes = 0;
    for (int type = 0; type <= static_cast<int>(DataType::NVFP4); ++type)
        blockTypes += isBlock(static_cast<DataType>(type)) ? 1 : 0;
    CHECK_EQ(rows.size(), blockTypes);
    for (const Json& row : rows) {
        const auto name = row["type"].get<std::string>();
        const DataType type = typeNamed(name);
        const std::vector<std::byte> bytes = bytesOf(row["bytes"].get<std::string>());
        std::vector<float> values(row["elements"].get<std::size_t>());
        CHECK_EQ(REQUIRE_OK(storageBytes(type, values.size())), bytes.size());
        REQUIRE_OK(dequantise(type, bytes, values));
        const auto first = row["first"].get<std::vector<float>>();
        CHECK_EQ(std::vector<float>(values.begin(), values.begin() + 6), first);
        CHECK_EQ(values.back(), row["last"].get<float>());
        CHECK_EQ(name + " " + bitsOf(values), name + " " + row["bits"].get<std::string>());
        REQUIRE_ERROR(dequantise(type, std::span(bytes).first(bytes.size() - 1), values));
    }
}

HILO_TEST(decodesQ8_0)
{
    checkBlock(block(DataType::Q8_0, 32, {{0, 0x2C00}}), 5.3125f, 7.625f, -3.f, -11);
}

HILO_TEST(decodesQ4_0)
{
    checkBlock(block(DataType::Q4_0, 32, {{0, 0x2C00}}), -0.1875f, 0.125f, 0.f, -1.3125);
}

HILO_TEST(decodesQ5_0)
{
    checkBlock(block(DataType::Q5_0, 32, {{0, 0x2C00}}), 0.5625f, -0.125f, 0.0625f, 0.9375);
}

HILO_TEST(decodesQ4_1AndQ5_1AsTheirNibblesPlusAMinimum)
{
    // d = 1/16, m = 1/32: the same nibbles as those of Q4_0 and Q5_0, two bytes later.
    const auto four = block(DataType::Q4_1, 32, {{0, 0x2C00}, {2, 0x2800}});
    const auto byteAt = [](int i) { return (37 * i + 11) & 255; };
    CHECK_EQ(four[0], static_cast<float>(byteAt(4) & 15) / 16 + 0.03125f);
    CHECK_EQ(four[16], static_cast<float>(byteAt(4) >> 4) / 16 + 0.03125f);
    CHECK_EQ(four[31], static_cast<float>(byteAt(19) >> 4) / 16 + 0.03125f);
    const auto five = block(DataType::Q5_1, 32, {{0, 0x2C00}, {2, 0x2800}});
    CHECK_EQ(five[0], static_cast<float>((byteAt(8) & 15) + 16 * (byteAt(4) & 1)) / 16 + 0.03125f);
    CHECK_EQ(five[31], static_cast<float>((byteAt(23) >> 4) + 16 * (byteAt(7) >> 7)) / 16 + 0.03125f);
}

HILO_TEST(decodesQ4_K)
{
    checkBlock(block(DataType::Q4_K, 256, {{0, 0x2C00}, {2, 0x2800}}), 19.71875f, -1.59375f, 3.03125f, 3402.5);
}

HILO_TEST(decodesQ5_K)
{
    checkBlock(block(DataType::Q5_K, 256, {{0, 0x2C00}, {2, 0x2800}}), 50.71875f, -1.59375f, 6.78125f, 7263.5);
}

HILO_TEST(decodesQ6_K)
{
    checkBlock(block(DataType::Q6_K, 256, {{208, 0x2000}}), -11.1796875f, 13.25f, -0.46875f, 36.03125);
}

HILO_TEST(refusesADestinationOfAnotherSize)
{
    const std::vector<std::byte> bytes(34);
    std::vector<float> values(64);
    REQUIRE_ERROR(dequantise(DataType::Q8_0, bytes, values));
    REQUIRE_ERROR(dequantise(DataType::Q8_0, bytes, std::span(values).first(31)));
    REQUIRE_ERROR(dequantise(DataType::F32, bytes, std::span(values).first(8)));
    REQUIRE_OK(dequantise(DataType::Q8_0, bytes, std::span(values).first(32)));
}

/// Found by fuzzing under UndefinedBehaviorSanitizer.
HILO_TEST(emptyTensorsNeedNoMemory)
{
    for (const DataType type : {DataType::F32, DataType::F16, DataType::BF16, DataType::F64})
        REQUIRE_OK(decodeToFloat32(viewOf(type, {}), {}));
    REQUIRE_ERROR(decodeToFloat32(viewOf(DataType::I64, {}), {}));
}

HILO_TEST(convertsHalves)
{
    CHECK_EQ(halfToFloat(0x3C00), 1.f);
    CHECK_EQ(halfToFloat(0xC000), -2.f);
    CHECK_EQ(halfToFloat(0x7BFF), 65504.f);
    CHECK_EQ(halfToFloat(0x0001), 0x1p-24f);
    CHECK_EQ(halfToFloat(0x03FF), 1023 * 0x1p-24f);
    CHECK_EQ(halfToFloat(0x0400), 0x1p-14f);
    CHECK_EQ(halfToFloat(0x3555), 0.333251953125f);
    CHECK_EQ(halfToFloat(0x7C00), std::numeric_limits<float>::infinity());
    CHECK_EQ(halfToFloat(0xFC00), -std::numeric_limits<float>::infinity());
    CHECK(std::isnan(halfToFloat(0x7E00)));
    CHECK(halfToFloat(0x8000) == 0.f && std::signbit(halfToFloat(0x8000)));
}

HILO_TEST(convertsBfloat16)
{
    CHECK_EQ(bfloat16ToFloat(0x3F80), 1.f);
    CHECK_EQ(bfloat16ToFloat(0xC040), -3.f);
    CHECK_EQ(bfloat16ToFloat(0x7F80), std::numeric_limits<float>::infinity());
    CHECK(std::isnan(bfloat16ToFloat(0x7FC0)));
    CHECK_EQ(bfloat16ToFloat(0x0001), 0x1p-133f);
}

HILO_TEST(decodesStoredTypesAndNamesOthers)
{
    const double stored[] = {1.5, -2};
    std::vector<float> values(2);
    REQUIRE_OK(decodeToFloat32(viewOf(DataType::F64, std::as_bytes(std::span(stored))), values));
    CHECK_EQ(values, (std::vector<float>{1.5f, -2}));
    const std::uint16_t halves[] = {0x3C00, 0xC000};
    REQUIRE_OK(decodeToFloat32(viewOf(DataType::F16, std::as_bytes(std::span(halves))), values));
    CHECK_EQ(values, (std::vector<float>{1, -2}));
    const std::int32_t integers[] = {1, 2};
    const Error error =
        REQUIRE_ERROR(decodeToFloat32(viewOf(DataType::I32, std::as_bytes(std::span(integers))), values));
    CHECK_CONTAINS(error.message, "I32");
    CHECK_CONTAINS(error.place, "\"w\"");
    REQUIRE_ERROR(decodeToFloat32(viewOf(DataType::F32, std::as_bytes(std::span(integers)).first(4)), values));
}

HILO_TEST(everyBlockIsDecodedInTheSizeThatItIsStoredIn)
{
    int blocks = 0;
    for (int number = 0; number <= static_cast<int>(DataType::NVFP4); ++number) {
        const auto type = static_cast<DataType>(number);
        const std::optional<BlockShape> shape = blockShape(type);
        CHECK_EQ(shape.has_value(), type != DataType::Unsupported && type != DataType::Codes);
        if (!shape)
            continue;
        CHECK_EQ(REQUIRE_OK(storageBytes(type, 3 * shape->elements)), 3 * shape->bytes);
        CHECK_EQ(isBlock(type), shape->elements > 1);
        std::vector<std::byte> bytes(3 * shape->bytes);
        std::vector<float> values(3 * shape->elements);
        CHECK_EQ(dequantise(type, bytes, values).has_value(), isBlock(type));
        bytes.pop_back();
        CHECK(!dequantise(type, bytes, values));
        blocks += isBlock(type);
    }
    CHECK_EQ(blocks, 23);
}

/// As the gguf package has it: no code is a negative zero, but a negative code under a scale of zero is.
HILO_TEST(zerosOfNvfp4HaveTheSignOfTheGgufPackage)
{
    std::vector<std::byte> bytes(36);
    const std::vector<int> scales = {0, 0x7f, 0x38, 0x80};
    for (std::size_t i = 0; i < 4; ++i)
        bytes[i] = static_cast<std::byte>(scales[i]);
    // Codes 0 to 7 in the low halves, 8 to 15 in the high ones.
    for (std::size_t i = 4; i < 36; ++i)
        bytes[i] = static_cast<std::byte>((i - 4) % 8 + 16 * ((i - 4) % 8 + 8));
    std::vector<float> values(64);
    REQUIRE_OK(dequantise(DataType::NVFP4, bytes, values));
    for (std::size_t sub = 0; sub < 4; ++sub)
        for (std::size_t code = 0; code < 16; ++code) {
            CHECK_EQ(std::signbit(values[16 * sub + code]), code > 8);
            CHECK_EQ(values[16 * sub + code] == 0, sub != 2 || code % 8 == 0);
        }
}
