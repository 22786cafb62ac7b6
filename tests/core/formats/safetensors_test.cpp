// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/half.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"
#include "support/testing.h"

#include <cstring>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// length, header, zero bytes of data.
std::string file(std::uint64_t length, const std::string& header, std::size_t data = 0)
{
    return std::string(reinterpret_cast<const char*>(&length), 8) + header + std::string(data, '\0');
}

std::string file(const std::string& header, std::size_t data = 0)
{
    return file(header.size(), header, data);
}

std::string entry(const std::string& name, const std::string& type, const std::string& shape,
                  const std::string& offsets)
{
    return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
}

std::string oneTensor(const std::string& type, const std::string& shape, const std::string& offsets)
{
    return "{" + entry("test", type, shape, offsets) + "}";
}

Result<SafetensorsFile> parse(const std::string& bytes)
{
    static std::vector<std::unique_ptr<std::string>> kept;
    kept.push_back(std::make_unique<std::string>(bytes));
    return parseSafetensors(nullptr, std::as_bytes(std::span(*kept.back())), "w.safetensors");
}

void checkRefused(const std::string& bytes, const std::string& rule)
{
    const Error error = REQUIRE_ERROR(parse(bytes));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.file, "w.safetensors");
    CHECK(!error.place.empty());
    CHECK_CONTAINS(error.message, "(" + rule + ")");
}

template <class T>
TensorToWrite tensor(const std::string& name, DataType type, std::vector<std::int64_t> shape,
                     const std::vector<T>& values)
{
    return {name, std::move(shape), type, std::as_bytes(std::span(values))};
}

} // namespace

HILO_TEST(readsAScalarAndAnEmptyFile)
{
    const auto scalar = REQUIRE_OK(parse(file(oneTensor("I32", "[]", "[0,4]"), 4)));
    CHECK_EQ(scalar.tensors.size(), 1u);
    CHECK(scalar.tensors[0].info.shape.empty());
    CHECK_EQ(scalar.tensors[0].bytes.size(), 4u);
    CHECK(REQUIRE_OK(parse(std::string("\x06\0\0\0\0\0\0\0{}\r \t\n", 14))).tensors.empty());
    CHECK(REQUIRE_OK(parse(file(" \n{}"))).tensors.empty());
}

HILO_TEST(readsTensorsWithoutElements)
{
    const auto result =
        REQUIRE_OK(parse(file("{" + entry("b", "F32", "[2]", "[0,8]") + "," + entry("a", "F32", "[0,7]", "[0,0]") +
                                  "," + entry("c", "F32", "[3,0]", "[8,8]") + "}",
                              8)));
    CHECK_EQ(result.tensors.size(), 3u);
    CHECK_EQ(result.find("a")->bytes.size(), 0u);
    CHECK_EQ(result.find("b")->bytes.size(), 8u);
    CHECK(result.find("d") == nullptr);
}

HILO_TEST(ignoresUnknownKeysOfATensor)
{
    REQUIRE_OK(parse(file(R"({"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"comment":{"a":[1]}}})", 1)));
}

HILO_TEST(acceptsMetadataThatSayNothing)
{
    for (const char* metadata : {"null", "{}", R"({"": ""})", R"({"format": "mlx", "a": "\u0000\ud83d\ude00"})"}) {
        const std::string header =
            std::string(R"({"__metadata__":)") + metadata + R"(,"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
        CHECK_EQ(REQUIRE_OK(parse(file(header, 1))).tensors.size(), 1u);
    }
}

HILO_TEST(refusesAFileWithoutALength)
{
    for (std::size_t length = 0; length < 8; ++length)
        checkRefused(std::string(length, '\0'), "HeaderTooSmall");
}

HILO_TEST(refusesAHeaderAboveTheLimit)
{
    checkRefused(std::string("<\0\0\0\0\xff\xff\xff{}", 10), "HeaderTooLarge");
    checkRefused(file(100'000'001, "{}"), "HeaderTooLarge");
    // The limit itself is allowed; here the file is too short for it.
    checkRefused(file(100'000'000, "{}"), "InvalidHeaderLength");
}

HILO_TEST(refusesAHeaderBeyondTheEnd)
{
    checkRefused(std::string("<\0\0\0\0\0\0\0", 8), "InvalidHeaderLength");
    checkRefused(file(3, "{}"), "InvalidHeaderLength");
}

HILO_TEST(refusesInvalidText)
{
    checkRefused(std::string("\x01\0\0\0\0\0\0\0\xff", 9), "InvalidHeader");
    checkRefused(file("{\"a\xc3\":{}}"), "InvalidHeader");
    checkRefused(file("{}\xed\xa0\x80"), "InvalidHeader");
    checkRefused(file("{}\u00e9"), "InvalidHeaderDeserialization");
}

HILO_TEST(refusesBrokenHeaders)
{
    const char* rule = "InvalidHeaderDeserialization";
    for (const char* header :
         {"{", "", "[]", "1", "null", "{} x", "{}{}", R"({"t":1})", R"({"t":{}})", R"({"__metadata__":1})",
          R"({"t":{"dtype":"F32","shape":[1]}})", R"({"t":{"dtype":"F32","data_offsets":[0,4]}})",
          R"({"t":{"shape":[1],"data_offsets":[0,4]}})", R"({"__metadata__":{"a":1}})",
          R"({"__metadata__":{},"__metadata__":{}})"})
        checkRefused(file(header, 4), rule);
    for (const char* shape : {"[-1]", "[1.0]", "[\"1\"]", "1", "[18446744073709551616]", "[1e2]", "[true]"})
        checkRefused(file(oneTensor("F32", shape, "[0,4]"), 4), rule);
    for (const char* offsets : {"[0]", "[0,4,8]", "[]", "[0,-4]", "[0,4.0]", "{}", "4"})
        checkRefused(file(oneTensor("F32", "[1]", offsets), 4), rule);
    for (const char* type : {"F33", "", "f32"})
        checkRefused(file(oneTensor(type, "[1]", "[0,4]"), 4), rule);
    checkRefused(file(R"({"t":{"dtype":4,"shape":[1],"data_offsets":[0,4]}})", 4), rule);
}

HILO_TEST(refusesADeepHeader)
{
    checkRefused(file(std::string(100'000, '[')), "InvalidHeaderDeserialization");
}

HILO_TEST(refusesDuplicateNames)
{
    const std::string twice = "{" + entry("a", "U8", "[1]", "[0,1]") + "," + entry("a", "U8", "[1]", "[1,2]") + "}";
    const Error error = REQUIRE_ERROR(parse(file(twice, 2)));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(error.message, "\"a\"");
}

HILO_TEST(refusesHolesOverlapsAndWrongStarts)
{
    checkRefused(file(oneTensor("U8", "[1]", "[1,2]"), 2), "InvalidOffset");
    checkRefused(file("{" + entry("a", "U8", "[1]", "[0,1]") + "," + entry("b", "U8", "[1]", "[2,3]") + "}", 3),
                 "InvalidOffset");
    checkRefused(file("{" + entry("a", "U8", "[2]", "[0,2]") + "," + entry("b", "U8", "[2]", "[1,3]") + "}", 3),
                 "InvalidOffset");
    checkRefused(file(oneTensor("U8", "[1]", "[0,18446744073709551615]"), 1), "TensorInvalidInfo");
    checkRefused(file("{" + entry("a", "U8", "[1]", "[0,1]") + "," + entry("b", "U8", "[1]", "[1,0]") + "}", 2),
                 "InvalidOffset");
    std::string same = "{";
    for (int i = 0; i < 10; ++i)
        same += (i ? "," : "") + entry("w" + std::to_string(i), "I32", "[2,2]", "[0,16]");
    checkRefused(file(same + "}", 16), "InvalidOffset");
}

HILO_TEST(refusesShapesThatOverflow)
{
    checkRefused(file(oneTensor("I32", "[2,18446744073709551614]", "[0,16]"), 16), "ValidationOverflow");
    checkRefused(file(oneTensor("I32", "[2,9223372036854775807]", "[0,16]"), 16), "ValidationOverflow");
    checkRefused(file(oneTensor("F64", "[4294967296,4294967296]", "[0,16]"), 16), "ValidationOverflow");
}

HILO_TEST(refusesElementsOfHalfBytes)
{
    checkRefused(file(oneTensor("F4", "[3]", "[0,2]"), 2), "MisalignedSlice");
    checkRefused(file(oneTensor("F6_E2M3", "[2]", "[0,2]"), 2), "MisalignedSlice");
    const auto whole = REQUIRE_OK(parse(file(oneTensor("F4", "[4]", "[0,2]"), 2)));
    CHECK(whole.tensors[0].info.type == DataType::Unsupported);
}

HILO_TEST(refusesASizeThatIsNotTheShapes)
{
    checkRefused(file(R"({"test":{"dtype":"I32","shape":[2,2],"data_offsets":[0, 4]}})", 16), "TensorInvalidInfo");
    checkRefused(file(oneTensor("F16", "[2]", "[0,8]"), 8), "TensorInvalidInfo");
}

HILO_TEST(refusesMissingAndTrailingBytes)
{
    const std::string header = oneTensor("I32", "[2,2]", "[0,16]");
    REQUIRE_OK(parse(file(header, 16)));
    for (const std::size_t data : {std::size_t{0}, std::size_t{14}, std::size_t{15}, std::size_t{17}, std::size_t{64}})
        checkRefused(file(header, data), "MetadataIncompleteBuffer");
    checkRefused(file("{}", 1), "MetadataIncompleteBuffer");
}

HILO_TEST(readsAFileOfThePythonPackage)
{
    const auto result = REQUIRE_OK(openSafetensors(dataFile("formats/types.safetensors")));
    CHECK_EQ(result.tensors.size(), 13u);
    CHECK_EQ(result.metadata.at("format"), "pt");
    const std::vector<float> expected = {-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f};
    for (const char* name : {"float32", "float16", "bfloat16"}) {
        std::vector<float> values(6);
        REQUIRE_OK(decodeToFloat32(*result.find(name), values));
        CHECK_EQ(values, expected);
    }
    CHECK_EQ(result.find("float32")->info.shape, (std::vector<std::int64_t>{2, 3}));
    CHECK_EQ(result.find("empty")->info.shape, (std::vector<std::int64_t>{0, 4}));
    CHECK(result.find("naïve \"name\"\n") != nullptr);
    std::int64_t first = 0;
    std::memcpy(&first, result.find("int64")->bytes.data(), sizeof first);
    CHECK_EQ(first, -1);
}

HILO_TEST(writesTheBytesOfTheReferenceWriter)
{
    const std::filesystem::path reference = dataFile("formats/types.safetensors");
    const auto original = REQUIRE_OK(openSafetensors(reference));
    // In another order than the file's.
    std::vector<TensorToWrite> tensors;
    for (auto view = original.tensors.rbegin(); view != original.tensors.rend(); ++view)
        tensors.push_back({view->info.name, view->info.shape, view->info.type, view->bytes});
    const TemporaryFolder folder;
    REQUIRE_OK(writeSafetensors(folder / "w.safetensors", tensors));
    CHECK(readText(folder / "w.safetensors") == readText(reference));
}

HILO_TEST(readsBackWhatItWrote)
{
    const TemporaryFolder folder;
    const std::vector<float> a = {1, 2, 3, 4};
    const std::vector<std::uint16_t> b = {0x3C00};
    REQUIRE_OK(writeSafetensors(folder / "w.safetensors",
                                {tensor("b", DataType::F16, {1}, b), tensor("a", DataType::F32, {2, 2}, a)},
                                {{"note", "käse \"x\""}}));
    const auto result = REQUIRE_OK(openSafetensors(folder / "w.safetensors"));
    CHECK_EQ(result.metadata.at("note"), "käse \"x\"");
    CHECK_EQ(result.metadata.at("format"), "pt");
    CHECK_EQ(result.tensors[0].info.name, "a");
    // The data starts at a multiple of 8.
    CHECK_EQ(reinterpret_cast<std::uintptr_t>(result.tensors[0].bytes.data()) % 8, 0u);
    std::vector<float> values(4);
    REQUIRE_OK(decodeToFloat32(result.tensors[0], values));
    CHECK_EQ(values, a);
}

HILO_TEST(writesOverAFileThatIsMapped)
{
    const TemporaryFolder folder;
    const std::vector<float> before = {1, 2};
    const std::vector<float> after = {3, 4};
    REQUIRE_OK(writeSafetensors(folder / "w.safetensors", {tensor("a", DataType::F32, {2}, before)}));
    const auto mapped = REQUIRE_OK(openSafetensors(folder / "w.safetensors"));
    REQUIRE_OK(writeSafetensors(folder / "w.safetensors", {tensor("a", DataType::F32, {2}, after)}));
    std::vector<float> values(2);
    REQUIRE_OK(decodeToFloat32(mapped.tensors[0], values));
    CHECK_EQ(values, before);
}

HILO_TEST(refusesToWriteWhatIsNotConsistent)
{
    const TemporaryFolder folder;
    const std::vector<float> values = {1, 2};
    const auto path = folder / "w.safetensors";
    REQUIRE_ERROR(writeSafetensors(path, {tensor("a", DataType::F32, {3}, values)}));
    REQUIRE_ERROR(writeSafetensors(path, {tensor("a", DataType::F32, {-2}, values)}));
    REQUIRE_ERROR(
        writeSafetensors(path, {tensor("a", DataType::F32, {2}, values), tensor("a", DataType::F32, {2}, values)}));
    CHECK(!std::filesystem::exists(path));
}
