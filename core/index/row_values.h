// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>

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

/// The names of the columns that eachColumn(visit) visits with what they hold, with text behind each but the last.
template <class EachColumn>
std::string columnNames(EachColumn eachColumn, const std::string& behind = {})
{
    std::string names;
    eachColumn(
        [&](const char* column, const auto&) { names += (names.empty() ? "" : ", ") + std::string(column) + behind; });
    return names;
}

/// Reads the columns of a row one after the other into what it is called with.
class RowReading
{
  public:
    explicit RowReading(SQLite::Statement& row) : row_(row) {}

    void operator()(const char*, std::string& value) { value = row_.getColumn(column_++).getString(); }
    void operator()(const char*, std::int64_t& value) { value = row_.getColumn(column_++).getInt64(); }
    void operator()(const char*, std::optional<std::int64_t>& value) { value = wholeAt(row_, column_++); }
    void operator()(const char*, std::optional<double>& value) { value = numberAt(row_, column_++); }
    void operator()(const char*, std::optional<bool>& value)
    {
        const auto whole = wholeAt(row_, column_++);
        value = whole ? std::optional(*whole != 0) : std::nullopt;
    }

  private:
    SQLite::Statement& row_;
    int column_ = 0;
};

/// Binds what it is called with to the places of a statement one after the other.
class RowBinding
{
  public:
    explicit RowBinding(SQLite::Statement& statement, int first = 1) : statement_(statement), place_(first) {}

    void operator()(const char*, const std::string& value) { statement_.bind(place_++, value); }
    void operator()(const char*, std::int64_t value) { statement_.bind(place_++, value); }
    void operator()(const char*, const std::optional<bool>& value)
    {
        bindOptional(statement_, place_++, value ? std::optional<int>(*value ? 1 : 0) : std::nullopt);
    }
    template <class T>
    void operator()(const char*, const std::optional<T>& value)
    {
        bindOptional(statement_, place_++, value);
    }
    /// The place behind the last one.
    int next() const { return place_; }

  private:
    SQLite::Statement& statement_;
    int place_;
};

} // namespace hilo
