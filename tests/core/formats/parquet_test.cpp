// SPDX-License-Identifier: GPL-3.0-or-later
// Files that pyarrow wrote: tests/data/parquet is made by tests/interop/make_parquet_fixtures.py.
#include "formats/parquet/parquet_file.h"

#include "support/testing.h"

#include <algorithm>
#include <cstring>

using namespace hilo;
using namespace hilo::testing;
using parquet::ParquetFile;

namespace {

Json jsonOf(const std::string& name)
{
    return REQUIRE_OK(readJsonFile(dataFile("parquet/" + name)));
}

Result<Json> rowsOf(const ParquetFile& file, UnreadCells* unread = nullptr)
{
    Json rows = Json::array();
    for (std::size_t group = 0; group < file.rowGroups(); ++group) {
        const Status read = file.readRows(
            group,
            [&rows](std::int64_t row, Json values) -> Status {
                CHECK_EQ(row, static_cast<std::int64_t>(rows.size()));
                rows.push_back(std::move(values));
                return {};
            },
            unread);
        if (!read)
            return failure(read.error());
    }
    return rows;
}

/// Numbers are equal when they are so as float64; the files' float32 are wider in the expectation.
bool alike(const Json& a, const Json& b)
{
    if (a.is_number() && b.is_number())
        return a.is_number_float() || b.is_number_float() ? a.get<double>() == b.get<double>() : a == b;
    if (a.is_array() && b.is_array())
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), alike);
    if (a.is_object() && b.is_object()) {
        if (a.size() != b.size())
            return false;
        for (const auto& [key, value] : a.items())
            if (!b.contains(key) || !alike(value, b[key]))
                return false;
        return true;
    }
    return a == b;
}

std::string bytesOf(const std::string& name)
{
    return readText(dataFile("parquet/" + name + ".parquet"));
}

Result<Json> readBytes(const std::string& bytes)
{
    const std::span<const std::byte> span(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size());
    HILO_TRY(const ParquetFile file, ParquetFile::fromBytes(span, "file.parquet"));
    return rowsOf(file);
}

} // namespace

HILO_TEST(readsWhatPyarrowWrote)
{
    const Json expected = jsonOf("expected.json");
    int files = 0;
    for (const auto& [name, given] : expected.items()) {
        ++files;
        const Json& rows = given.is_string() ? expected[given.get<std::string>()] : given;
        const ParquetFile file = REQUIRE_OK(ParquetFile::open(dataFile("parquet/" + name + ".parquet")));
        const Json read = REQUIRE_OK(rowsOf(file));
        CHECK_EQ(file.rows(), static_cast<std::int64_t>(rows.size()));
        CHECK_EQ(name + ": " + std::to_string(read.size()), name + ": " + std::to_string(rows.size()));
        for (std::size_t i = 0; i < std::min(read.size(), rows.size()); ++i)
            if (!alike(read[i], rows[i])) {
                CHECK_EQ(name + " row " + std::to_string(i) + " " + read[i].dump(), rows[i].dump());
                break;
            }
    }
    CHECK(files >= 18);
}

HILO_TEST(bytesThatAreNoTextAreNullAndTold)
{
    const ParquetFile file = REQUIRE_OK(ParquetFile::open(dataFile("parquet/rich.parquet")));
    UnreadCells unread;
    const Json rows = REQUIRE_OK(rowsOf(file, &unread));
    CHECK_EQ(rows[0]["bytes"], "text");
    CHECK(rows[1]["bytes"].is_null());
    CHECK(unread.bytesColumns.contains("bytes"));
}

HILO_TEST(whatIsNoParquetIsRefusedWithItsCause)
{
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes("")).message, "Not a Parquet file");
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes("{\"a\": 1}\n{\"a\": 2}\n")).message, "Not a Parquet file");
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes("PARE" + std::string(100, 'x'))).message, "encrypted");
    const std::string whole = bytesOf("flat-none");
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes(whole.substr(0, whole.size() - 100))).message, "cut off");
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes(whole.substr(0, whole.size() - 4) + "PARE")).message, "encrypted");
    std::string lies = whole;
    const std::uint32_t size = 0x7fffffff;
    std::memcpy(lies.data() + lies.size() - 8, &size, 4);
    CHECK_CONTAINS(REQUIRE_ERROR(readBytes(lies)).message, "longer than the file");
    CHECK_EQ(REQUIRE_ERROR(readBytes(lies)).file, "file.parquet");
}

HILO_TEST(damagedFilesNeverCrash)
{
    // Every other byte of small files is changed, and many lengths are tried; what matters is that each ends with rows
    // or an error.
    for (const char* name : {"nested", "nested-v2", "flat-rle", "flat-index"}) {
        const std::string whole = bytesOf(name);
        for (std::size_t i = 0; i < whole.size(); i += 2) {
            std::string changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ (i % 4 ? 0x80 : 0x03));
            [[maybe_unused]] const auto read = readBytes(changed);
        }
        for (std::size_t length = 0; length < whole.size(); length += 37)
            CHECK(!readBytes(whole.substr(0, length)));
    }
}
