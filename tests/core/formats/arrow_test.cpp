// SPDX-License-Identifier: GPL-3.0-or-later
// Files that pyarrow wrote: tests/data/arrow is made by tests/interop/make_arrow_fixtures.py.
#include "formats/arrow/arrow_file.h"

#include "support/testing.h"

#include <algorithm>
#include <cstring>

using namespace hilo;
using namespace hilo::testing;
using arrow::ArrowFile;

namespace {

Result<Json> rowsOf(ArrowFile file, UnreadCells* unread = nullptr)
{
    Json rows = Json::array();
    for (;;) {
        HILO_TRY(std::optional<Json> values, file.next(unread));
        if (!values)
            return rows;
        rows.push_back(std::move(*values));
    }
}

std::string bytesOf(const std::string& name)
{
    return readText(dataFile("arrow/" + name + ".arrow"));
}

Result<Json> readBytes(const std::string& bytes)
{
    HILO_TRY(ArrowFile file, ArrowFile::fromBytes(std::as_bytes(std::span(bytes)), "file.arrow"));
    return rowsOf(std::move(file));
}

/// Numbers are equal when they are so as float64.
bool alike(const Json& a, const Json& b)
{
    if (a.is_number() && b.is_number())
        return a.is_number_float() || b.is_number_float() ? a.get<double>() == b.get<double>() : a == b;
    if (a.is_structured() && a.type() == b.type() && a.size() == b.size()) {
        auto other = b.begin();
        for (auto one = a.begin(); one != a.end(); ++one, ++other)
            if ((a.is_object() && one.key() != other.key()) || !alike(*one, *other))
                return false;
        return true;
    }
    return a == b;
}

/// Where a text stands in a file's bytes for the n-th time.
std::size_t find(const std::string& bytes, std::string_view text, int times = 1)
{
    std::size_t at = bytes.find(text);
    for (int i = 1; i < times; ++i)
        at = bytes.find(text, at + 1);
    if (at == std::string::npos)
        fail("the file has other bytes than it had", __FILE__, __LINE__);
    return at;
}

} // namespace

HILO_TEST(readsWhatPyarrowWroteInArrow)
{
    const Json expected = REQUIRE_OK(readJsonFile(dataFile("arrow/expected.json")));
    int files = 0;
    for (const auto& [name, given] : expected.items()) {
        ++files;
        auto file = ArrowFile::open(dataFile("arrow/" + name + ".arrow"));
        if (given.is_string() && !expected.contains(given.get<std::string>())) {
            const Error error = REQUIRE_ERROR(file);
            CHECK_CONTAINS(error.place, given.get<std::string>());
            continue;
        }
        const Json& rows = given.is_string() ? expected[given.get<std::string>()] : given;
        const Json read = REQUIRE_OK(rowsOf(REQUIRE_OK(std::move(file))));
        CHECK_EQ(name + ": " + std::to_string(read.size()), name + ": " + std::to_string(rows.size()));
        for (std::size_t i = 0; i < std::min(read.size(), rows.size()); ++i)
            if (!alike(read[i], rows[i])) {
                CHECK_EQ(name + " row " + std::to_string(i) + " " + read[i].dump(), rows[i].dump());
                break;
            }
    }
    CHECK(files >= 15);
}

HILO_TEST(bytesOfArrowThatAreNoTextAreNullAndTold)
{
    UnreadCells unread;
    const Json rows = REQUIRE_OK(rowsOf(REQUIRE_OK(ArrowFile::open(dataFile("arrow/flat.arrow"))), &unread));
    CHECK(rows[1]["bytes"].is_null());
    CHECK_EQ(rows[0]["bytes"], "");
    CHECK(unread.bytesColumns.contains("bytes"));
    CHECK_EQ(unread.bytesColumns.size(), 1u);
}

HILO_TEST(whatIsNoArrowIsRefusedWithItsCause)
{
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes("")).message, "Not an Arrow file");
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes("{\"a\": 1}\n{\"a\": 2}\n")).message, "Not an Arrow file");
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes("FEA1 and more")).message, "Feather V1");
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes(bytesOf("union"))).message, "type union");
    const std::string file = bytesOf("flat-file");
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes(file.substr(0, file.size() - 100))).message,
                   "does not end as an Arrow file");
    CHECK_EQ(REQUIRE_ERROR(readBytes(file.substr(0, 20))).file, "file.arrow");
    std::string lies = file;
    const std::uint32_t size = 0x7fffffff;
    std::memcpy(lies.data() + lies.size() - 10, &size, 4);
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes(lies)).message, "longer than the file");
    const std::string stream = bytesOf("flat");
    const Error cut = REQUIRE_ERROR(readBytes(stream.substr(0, stream.size() - 200)));
    CHECK_CONTAINS(cut.message, "ends inside of a message");
    CHECK_CONTAINS(cut.place, "byte ");
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes(stream + stream)).message, "behind the end of the stream");
}

HILO_TEST(aStreamWithoutItsEndIsTold)
{
    const std::string whole = bytesOf("flat");
    const std::string open = whole.substr(0, whole.size() - 8);
    ArrowFile file = REQUIRE_OK(ArrowFile::fromBytes(std::as_bytes(std::span(open)), "file.arrow"));
    int rows = 0;
    while (REQUIRE_OK(file.next()))
        ++rows;
    CHECK_EQ(rows, 30);
    CHECK(file.endedWithoutMark());
}

HILO_TEST(lyingNumbersOfArrowAreErrorsWithTheirPlace)
{
    // The end of "a" in the words' dictionary leads behind the texts.
    std::string words = bytesOf("deltas");
    const std::size_t offsets = find(words, std::string("\0\0\0\0\1\0\0\0\2\0\0\0\0\0\0\0ab", 18));
    words[offsets + 4] = 0x7f;
    const Error error = REQUIRE_ERROR(readBytes(words));
    CHECK_CONTAINS(error.place, "column word, row 1");
    CHECK_CONTAINS(error.message, "outside of the column's bytes");
    // An index that the dictionary has not: the indices are 0, 1 and a null.
    std::string indices = bytesOf("deltas");
    const std::size_t at = find(indices, std::string("\3\0\0\0\0\0\0\0\0\1", 10));
    indices[at + 9] = 0x55;
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes(indices)).message, "the dictionary has none");
    // A compressed buffer that says that it is larger.
    std::string packed = bytesOf("flat-zstd");
    const std::size_t frame = find(packed, "\x28\xb5\x2f\xfd");
    packed[frame - 8 + 5] = 0x7f;
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes(packed)).message, "said to unpack to");
}

HILO_TEST(damagedArrowFilesNeverCrash)
{
    // Every other byte of small files is changed, and many lengths are tried; what matters is that each ends with rows
    // or an error.
    for (const char* name : {"nested", "nested-file", "deltas", "replaced", "moments", "flat-lz4", "flat-slice"}) {
        const std::string whole = bytesOf(name);
        for (std::size_t i = 0; i < whole.size(); i += 2) {
            std::string changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ (i % 4 ? 0x80 : 0x03));
            [[maybe_unused]] const auto read = readBytes(changed);
        }
        for (std::size_t length = 0; length < whole.size(); length += 37)
            [[maybe_unused]] const auto read = readBytes(whole.substr(0, length));
    }
}
