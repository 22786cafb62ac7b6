// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/byte_reader.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

ByteReader over(std::string_view text)
{
    return ByteReader(std::as_bytes(std::span(text)), "model.gguf");
}

} // namespace

HILO_TEST(readsLittleEndianValuesInOrder)
{
    const std::string bytes("\x01\x02\x03\x04\x05\x06\x07\x08\xff\xff\x00\x00\x80\x3f"
                            "abc",
                            17);
    ByteReader reader = over(bytes);
    CHECK_EQ(REQUIRE_OK(reader.read<std::uint64_t>("a")), 0x0807060504030201u);
    CHECK_EQ(REQUIRE_OK(reader.read<std::int16_t>("b")), -1);
    CHECK_EQ(REQUIRE_OK(reader.read<float>("c")), 1.0f);
    CHECK_EQ(reader.position(), 14u);
    CHECK_EQ(REQUIRE_OK(reader.takeText(3, "d")), "abc");
    CHECK_EQ(reader.remaining(), 0u);
    CHECK_EQ(REQUIRE_OK(reader.take(0, "nothing")).size(), 0u);
}

HILO_TEST(neverReadsPastTheEnd)
{
    ByteReader reader = over("abc");
    const Error error = REQUIRE_ERROR(reader.read<std::uint32_t>("the count"));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.file, "model.gguf");
    CHECK_EQ(error.place, "byte 0");
    CHECK_CONTAINS(error.message, "the count: 4 bytes expected, 3 left");
    // What failed took nothing.
    CHECK_EQ(reader.remaining(), 3u);
    REQUIRE_OK(reader.read<std::uint8_t>("one"));
    CHECK_EQ(REQUIRE_ERROR(reader.take(3, "rest")).place, "byte 1");
    for (const std::uint64_t size : {std::uint64_t{3}, std::uint64_t{1} << 63, UINT64_MAX, UINT64_MAX - 1}) {
        REQUIRE_ERROR(reader.take(size, "too much"));
        REQUIRE_ERROR(reader.takeText(size, "too much"));
    }
    CHECK_EQ(REQUIRE_OK(reader.takeText(2, "rest")), "bc");
}

HILO_TEST(overflowsAreSeen)
{
    std::uint64_t value = 0;
    CHECK(checkedMultiply(1u << 31, 1u << 31, value));
    CHECK_EQ(value, std::uint64_t{1} << 62);
    CHECK(!checkedMultiply(std::uint64_t{1} << 32, std::uint64_t{1} << 32, value));
    CHECK(checkedAdd(UINT64_MAX - 1, 1, value));
    CHECK_EQ(value, UINT64_MAX);
    CHECK(!checkedAdd(UINT64_MAX, 1, value));
}
