// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/compressed_source.h"

#include "support/testing.h"

#include <zlib.h>
#include <zstd.h>

#include <vector>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::string gzip(const std::string& text)
{
    std::string packed(compressBound(text.size()) + 64, '\0');
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string zstd(const std::string& text)
{
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

/// Read in pieces of a size that no buffer has.
Result<std::string> unpacked(const std::string& bytes)
{
    HILO_TRY(const std::unique_ptr<ByteSource> source, unpackedSource(memorySource(bytes), "rows.jsonl.gz"));
    std::string text;
    std::vector<std::byte> piece(7001);
    for (;;) {
        HILO_TRY(const std::size_t count, source->read(piece));
        text.append(reinterpret_cast<const char*>(piece.data()), count);
        if (count < piece.size())
            return text;
    }
}

std::string manyLines()
{
    std::string text;
    for (int i = 0; i < 40000; ++i)
        text += "{\"text\": \"line " + std::to_string(i * 7919) + "\"}\n";
    return text;
}

} // namespace

HILO_TEST(whatIsPackedIsReadAsWhatItWas)
{
    const std::string text = manyLines();
    CHECK(REQUIRE_OK(unpacked(text)) == text);
    CHECK(REQUIRE_OK(unpacked(gzip(text))) == text);
    CHECK(REQUIRE_OK(unpacked(zstd(text))) == text);
    CHECK_EQ(REQUIRE_OK(unpacked("")), "");
    CHECK_EQ(REQUIRE_OK(unpacked(gzip(""))), "");
    CHECK_EQ(REQUIRE_OK(unpacked(zstd(""))), "");
    // Several members and frames in one file, frames to be skipped, zeros behind the end.
    CHECK_EQ(REQUIRE_OK(unpacked(gzip("a\n") + gzip("") + gzip("b\n"))), "a\nb\n");
    CHECK_EQ(REQUIRE_OK(unpacked(gzip("a\n") + std::string(1000, '\0'))), "a\n");
    CHECK_EQ(REQUIRE_OK(unpacked(zstd("a\n") + zstd("b\n"))), "a\nb\n");
    CHECK_EQ(REQUIRE_OK(unpacked(std::string("\x50\x2a\x4d\x18\x03\0\0\0xyz", 11) + zstd("b\n"))), "b\n");
}

HILO_TEST(whatIsCutOffOrDamagedIsAnErrorWithItsPlace)
{
    const std::string text = manyLines();
    for (const std::string& packed : {gzip(text), zstd(text)}) {
        for (const std::size_t length : {packed.size() - 1, packed.size() - 5, packed.size() / 2, std::size_t{11}}) {
            const Error error = REQUIRE_ERROR(unpacked(packed.substr(0, length)));
            CHECK_CONTAINS(error.message, "ends inside");
            CHECK_EQ(error.place, "byte " + std::to_string(length));
            CHECK_EQ(error.file, "rows.jsonl.gz");
        }
        const Error behind = REQUIRE_ERROR(unpacked(packed + "and more"));
        CHECK_CONTAINS(behind.message, "damaged");
    }
    std::string changed = gzip(text);
    changed[changed.size() / 2] ^= 0x10;
    CHECK_CONTAINS(REQUIRE_ERROR(unpacked(changed)).message, "damaged");
    CHECK_CONTAINS(REQUIRE_ERROR(unpacked(gzip("a\n") + std::string("\0x", 2))).message, "behind its end");
}

HILO_TEST(aBombIsRefusedByWhatLimit)
{
    const std::string zeros(std::size_t{80} << 20, ' ');
    for (const std::string& bomb : {gzip(zeros), zstd(zeros)}) {
        const Error error = REQUIRE_ERROR(unpacked(bomb));
        CHECK_CONTAINS(error.message, "more than 250 times");
        CHECK_CONTAINS(error.place, "byte ");
    }
    // Below 64 MiB nobody is harmed.
    CHECK_EQ(REQUIRE_OK(unpacked(zstd(std::string(std::size_t{1} << 20, ' ')))).size(), std::size_t{1} << 20);
}

HILO_TEST(otherCompressionsAreRefusedByName)
{
    CHECK_CONTAINS(REQUIRE_ERROR(unpacked("BZh91AY&SY")).message, "bzip2");
    CHECK_CONTAINS(REQUIRE_ERROR(unpacked(std::string("\xfd"
                                                      "7zXZ\0\0",
                                                      7)))
                       .message,
                   "xz");
    CHECK_CONTAINS(REQUIRE_ERROR(unpacked("PK\x03\x04....")).message, "zip");
    CHECK_EQ(withoutCompressionEnding("Train.jsonl.GZ"), "Train.jsonl");
    CHECK_EQ(withoutCompressionEnding("train.csv.zst"), "train.csv");
    CHECK_EQ(withoutCompressionEnding("train.csv"), "train.csv");
    CHECK_EQ(withoutCompressionEnding(".gz"), ".gz");
}
