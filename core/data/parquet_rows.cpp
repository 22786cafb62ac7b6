// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/parquet_rows.h"

#include "data/json_row.h"
#include "formats/parquet/parquet_file.h"

namespace hilo {
namespace {

Result<FileRows> rowsOfFile(const parquet::ParquetFile& file, const std::string& name)
{
    FileRows result;
    std::set<std::string> bytesColumns;
    for (std::size_t group = 0; group < file.rowGroups(); ++group)
        HILO_CHECK(file.readRows(
            group,
            [&result, &name](std::int64_t row, Json values) -> Status {
                addRecord(values, name, row + 1, result);
                return {};
            },
            &bytesColumns));
    for (const std::string& column : bytesColumns)
        result.notes.push_back("its column \"" + column + "\" holds bytes that are no text, which are left out");
    return result;
}

} // namespace

Result<FileRows> parquetRows(const std::filesystem::path& path)
{
    HILO_TRY(const parquet::ParquetFile file, parquet::ParquetFile::open(path));
    return rowsOfFile(file, path.string());
}

Result<FileRows> parquetRowsOfBytes(std::span<const std::byte> bytes, const std::string& name)
{
    HILO_TRY(const parquet::ParquetFile file, parquet::ParquetFile::fromBytes(bytes, name));
    return rowsOfFile(file, name);
}

} // namespace hilo
