// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_readers.h"

namespace hilo {
namespace {

Result<FileRows> allRows(RowSource& source)
{
    FileRows rows;
    for (bool more = true; more;) {
        HILO_TRY(more, source.next(rows));
    }
    return rows;
}

} // namespace

Result<FileRows> readRows(const std::filesystem::path& path, const RowReading& reading)
{
    HILO_TRY(const std::unique_ptr<RowSource> source, openRows(path, reading));
    return allRows(*source);
}

Result<FileRows> rowsOfBytes(std::string bytes, const std::string& name, const RowReading& reading)
{
    HILO_TRY(const std::unique_ptr<RowSource> source, openRowsOfBytes(std::move(bytes), name, reading));
    return allRows(*source);
}

} // namespace hilo
