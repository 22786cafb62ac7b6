// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf.h"

#include "gguf_builder.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Result<GgufFile> parse(const std::string& bytes)
{
    // The bytes have to live as long as the views into them.
    static std::vector<std::unique_ptr<std::string>> kept;
    kept.push_back(std::make_unique<std::string>(bytes));
    return parseGguf(nullptr, std::as_bytes(std::span(*kept.back())), "model.gguf");
}

void checkRefused(const std::string& bytes, const std::string& part)
{
    const Error error = REQUIRE_ERROR(parse(bytes));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.file, "model.gguf");
    CHECK(!error.place.empty());
    CHECK_CONTAINS(error.message, part);
}

std::string raw64(std::uint64_t value)
{
    return GgufBuilder::raw(value);
}

std::string raw32(std::uint32_t value)
{
    return GgufBuilder::raw(value);
}

} // namespace

HILO_TEST(readsEveryKindOfMetadata)
{
    GgufBuilder builder;
    builder.value("u8", 0, "\xff").value("i8", 1, "\xff").value("u16", 2, "\xff\xff").value("i16", 3, "\xff\xff");
    builder.value("u32", 4, raw32(0xffffffff)).value("i32", 5, raw32(0xffffffff)).real("f32", 0.5f);
    builder.flag("yes", true).words("text", "grüezi").texts("texts", {"a", "", "bc"});
    builder.value("u64", 10, raw64(1)).value("i64", 11, raw64(~std::uint64_t{0}));
    builder.value("f64", 12, GgufBuilder::raw(0.25)).numbers<std::int16_t>("list", 3, {-1, 2, 3});
    const GgufFile file = REQUIRE_OK(parse(builder.bytes()));
    CHECK_EQ(file.metadata.size(), 14u);
    const auto integer = [&](const char* key) {
        return REQUIRE_OK(file.integer(key, INT64_MIN, INT64_MAX)).value_or(0);
    };
    CHECK_EQ(integer("u8"), 255);
    CHECK_EQ(integer("i8"), -1);
    CHECK_EQ(integer("u16"), 65535);
    CHECK_EQ(integer("i16"), -1);
    CHECK_EQ(integer("u32"), 4294967295);
    CHECK_EQ(integer("i32"), -1);
    CHECK_EQ(integer("u64"), 1);
    CHECK_EQ(integer("i64"), -1);
    CHECK_EQ(REQUIRE_OK(file.number("f32")).value_or(0), 0.5);
    CHECK_EQ(REQUIRE_OK(file.number("f64")).value_or(0), 0.25);
    CHECK(REQUIRE_OK(file.flag("yes")).value_or(false));
    CHECK_EQ(REQUIRE_OK(file.text("text")).value_or(""), "grüezi");
    CHECK_EQ(REQUIRE_OK(file.texts("texts")), (std::vector<std::string>{"a", "", "bc"}));
    CHECK_EQ(REQUIRE_OK(file.numbers("list")), (std::vector<double>{-1, 2, 3}));
    CHECK(!REQUIRE_OK(file.integer("absent", 0, 1)));
    CHECK_CONTAINS(REQUIRE_ERROR(file.integer("text", 0, 1)).place, "\"text\"");
    CHECK_CONTAINS(REQUIRE_ERROR(file.integer("u8", 0, 254)).message, "0 to 254");
    CHECK_CONTAINS(REQUIRE_ERROR(file.texts("list")).message, "list of texts");
}

HILO_TEST(readsTensorsOfVersionTwoAndThree)
{
    for (const std::uint32_t version : {2u, 3u}) {
        GgufBuilder builder(version);
        builder.floats("a", {3, 2}, {1, 2, 3, 4, 5, 6}).floats("b", {}, {7}).floats("c", {4, 0}, {});
        const GgufFile file = REQUIRE_OK(parse(builder.bytes()));
        CHECK_EQ(file.tensors.size(), 3u);
        CHECK_EQ(file.find("a")->info.shape, (std::vector<std::int64_t>{2, 3}));
        CHECK_EQ(file.find("a")->bytes.size(), 24u);
        CHECK_EQ(file.find("b")->bytes.size(), 4u);
        CHECK_EQ(file.find("c")->bytes.size(), 0u);
        CHECK(file.find("d") == nullptr);
    }
}

HILO_TEST(takesAnotherAlignment)
{
    GgufBuilder builder;
    builder.alignment = 8;
    builder.number("general.alignment", 8).floats("a", {1}, {1}).floats("b", {1}, {2});
    const GgufFile file = REQUIRE_OK(parse(builder.bytes()));
    CHECK_EQ(file.alignment, 8u);
    CHECK_EQ(static_cast<int>(std::to_integer<unsigned char>(file.find("b")->bytes[3])), 0x40);
}

HILO_TEST(refusesEveryShorterFile)
{
    GgufBuilder builder;
    builder.number("n", 1).texts("t", {"a", "b"}).floats("a", {8}, std::vector<float>(8));
    const std::string whole = builder.bytes();
    REQUIRE_OK(parse(whole));
    for (std::size_t length = 0; length < whole.size(); ++length)
        REQUIRE_ERROR(parse(whole.substr(0, length)));
}

HILO_TEST(refusesAnotherMark)
{
    checkRefused("GGML" + raw32(3) + raw64(0) + raw64(0), "GGUF");
}

HILO_TEST(refusesOtherVersions)
{
    checkRefused(GgufBuilder(1).bytes(), "version 1");
    checkRefused(GgufBuilder(4).bytes(), "version 4");
    checkRefused(GgufBuilder(0x03000000).bytes(), "byte order");
}

HILO_TEST(refusesCountsThatTheFileCannotHold)
{
    for (const std::uint64_t count : {std::uint64_t{3}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
        GgufBuilder builder;
        builder.keyCount = count;
        checkRefused(builder.bytes(), "metadata keys");
        builder.keyCount = 0;
        builder.tensorCount = count;
        checkRefused(builder.bytes(), "tensors");
    }
}

HILO_TEST(refusesEmptyAndDuplicateKeys)
{
    checkRefused(GgufBuilder().number("", 1).bytes(), "empty");
    checkRefused(GgufBuilder().number("a", 1).number("a", 2).bytes(), "twice");
}

HILO_TEST(refusesUnknownMetadataTypes)
{
    checkRefused(GgufBuilder().value("a", 13, raw64(0)).bytes(), "type 13");
    checkRefused(GgufBuilder().value("a", 9, raw32(13) + raw64(0)).bytes(), "type 13");
}

HILO_TEST(refusesNestedLists)
{
    checkRefused(GgufBuilder().value("a", 9, raw32(9) + raw64(1) + raw32(4) + raw64(0)).bytes(), "inside of lists");
}

HILO_TEST(refusesLengthsBeyondTheLimitAndTheFile)
{
    const std::uint64_t above = (std::uint64_t{1} << 30) + 1;
    checkRefused(GgufBuilder().value("a", 8, raw64(above)).bytes(), "at most 1073741824");
    checkRefused(GgufBuilder().value("a", 9, raw32(4) + raw64(above)).bytes(), "at most 1073741824");
    checkRefused(GgufBuilder().value("a", 8, raw64(1000)).bytes(), "ends inside");
    checkRefused(GgufBuilder().value("a", 9, raw32(12) + raw64(1000)).bytes(), "ends inside");
    checkRefused(GgufBuilder().value("a", 9, raw32(8) + raw64(1000)).bytes(), "texts");
}

HILO_TEST(refusesAnAlignmentThatIsNoPowerOfTwo)
{
    checkRefused(GgufBuilder().number("general.alignment", 24).bytes(), "power of two");
    checkRefused(GgufBuilder().number("general.alignment", 0).bytes(), "power of two");
    checkRefused(GgufBuilder().words("general.alignment", "32").bytes(), "whole number");
}

HILO_TEST(refusesLongTensorNames)
{
    REQUIRE_OK(parse(GgufBuilder().floats(std::string(63, 'a'), {1}, {1}).bytes()));
    checkRefused(GgufBuilder().floats(std::string(64, 'a'), {1}, {1}).bytes(), "at most 63");
}

HILO_TEST(refusesDuplicateTensorNames)
{
    checkRefused(GgufBuilder().floats("a", {1}, {1}).floats("a", {1}, {1}).bytes(), "twice");
}

HILO_TEST(refusesMoreThanFourDimensions)
{
    checkRefused(GgufBuilder().floats("a", {1, 1, 1, 1, 1}, {1}).bytes(), "5 dimensions");
}

HILO_TEST(refusesNegativeSizesAndOverflows)
{
    checkRefused(GgufBuilder().floats("a", {-1}, {1}).bytes(), "negative");
    checkRefused(GgufBuilder().floats("a", {INT64_MAX, 2}, {1}).bytes(), "overflows");
    checkRefused(GgufBuilder().floats("a", {INT64_MAX}, {1}).bytes(), "overflows");
    checkRefused(GgufBuilder().floats("a", {std::int64_t{1} << 32, std::int64_t{1} << 32}, {1}).bytes(), "overflows");
}

HILO_TEST(refusesUnknownAndRemovedTensorTypes)
{
    for (const std::uint32_t type : {4u, 5u, 31u, 36u, 1000u})
        checkRefused(GgufBuilder().tensor("a", {32}, type, std::string(64, '\0')).bytes(),
                     "type " + std::to_string(type));
}

HILO_TEST(refusesRowsThatAreNotWholeBlocks)
{
    checkRefused(GgufBuilder().tensor("a", {33}, 8, std::string(64, '\0')).bytes(), "block of 32");
    checkRefused(GgufBuilder().tensor("a", {128, 2}, 12, std::string(144, '\0')).bytes(), "block of 256");
}

HILO_TEST(refusesOffsetsOutOfOrder)
{
    const std::string data(32, '\0');
    checkRefused(GgufBuilder().tensorAt("a", {8}, 0, 32, data).bytes(), "0 was expected");
    // Two tensors over the same bytes, and one with a gap before it.
    checkRefused(GgufBuilder().tensorAt("a", {8}, 0, 0, data).tensorAt("b", {8}, 0, 0, data).bytes(),
                 "32 was expected");
    checkRefused(GgufBuilder().tensorAt("a", {8}, 0, 0, data).tensorAt("b", {8}, 0, 64, data).bytes(),
                 "32 was expected");
}

HILO_TEST(refusesDataBeyondTheEnd)
{
    checkRefused(GgufBuilder().tensorAt("a", {64}, 0, 0, std::string(32, '\0')).bytes(), "ends inside the data");
}

HILO_TEST(readsOneNumberForAllLayers)
{
    GgufBuilder builder;
    builder.number("one", 4)
        .numbers<std::uint32_t>("equal", 4, {4, 4, 4})
        .numbers<std::int64_t>("differ", 11, {4, 4, -2});
    builder.numbers<float>("real", 6, {4, 4, 4}).numbers<std::uint32_t>("short", 4, {4, 4});
    builder.numbers<std::uint32_t>("large", 4, {90, 90, 90}).numbers<std::uint32_t>("none", 4, {});
    const GgufFile file = REQUIRE_OK(parse(builder.bytes()));
    const auto read = [&](const char* key) { return file.integerOfLayers(key, 3, 1, 64); };
    CHECK_EQ(REQUIRE_OK(read("one")).value_or(0), 4);
    CHECK_EQ(REQUIRE_OK(read("equal")).value_or(0), 4);
    CHECK(!REQUIRE_OK(read("absent")));
    const Error error = REQUIRE_ERROR(read("differ"));
    CHECK_CONTAINS(error.place, "differ");
    CHECK_CONTAINS(error.message, "Layer 2 has -2, layer 0 has 4");
    for (const char* key : {"real", "short", "large", "none"})
        CHECK_CONTAINS(REQUIRE_ERROR(read(key)).place, key);
}

HILO_TEST(readsWholeNumbersAsNumbers)
{
    GgufBuilder builder;
    builder.number("whole", 10000).value("negative", 5, GgufBuilder::raw<std::int32_t>(-3)).words("text", "1e-05");
    builder.flag("flag", true);
    const GgufFile file = REQUIRE_OK(parse(builder.bytes()));
    CHECK_EQ(REQUIRE_OK(file.number("whole")).value_or(0), 10000);
    CHECK_EQ(REQUIRE_OK(file.number("negative")).value_or(0), -3);
    for (const char* key : {"text", "flag"})
        CHECK_CONTAINS(REQUIRE_ERROR(file.number(key)).place, key);
}
