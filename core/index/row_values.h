// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>

namespace hilo {

/// Values that a row may lack.
inline std::optional<std::int64_t> wholeAt(SQLite::Statement& row, int column)
{
    return row.isColumnNull(column) ? std::nullopt : std::optional<std::int64_t>(row.getColumn(column).getInt64());
}

inline std::optional<double> numberAt(SQLite::Statement& row, int column)
{
    return row.isColumnNull(column) ? std::nullopt : std::optional<double>(row.getColumn(column).getDouble());
}

template <class T>
void bindOptional(SQLite::Statement& statement, int index, const std::optional<T>& value)
{
    if (value)
        statement.bind(index, *value);
    else
        statement.bind(index);
}

} // namespace hilo
