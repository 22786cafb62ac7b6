// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/arrow/flat_buffer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo::arrow {

/// The types of Arrow columns that are read (apache/arrow: format/Schema.fbs).
enum class Type {
    Null,
    Boolean,
    Integer,
    Float,
    Text,
    Binary,
    FixedBytes,
    TextView,
    BinaryView,
    Decimal,
    Date,
    Time,
    Timestamp,
    Duration,
    List,
    FixedList,
    Struct,
    Map,
};

/// A column or a part of one.
struct Field
{
    std::string name;
    Type type = Type::Null;
    std::size_t width = 0; ///< bytes of a value: of numbers, dates, times, decimals and fixed bytes
    bool isSigned = true;  ///< of an integer
    bool isLarge = false;  ///< offsets of texts, bytes and lists have 64 bits
    bool isUtc = false;    ///< of a timestamp: it has a time zone
    bool isUuid = false;   ///< fixed bytes that say so
    std::int64_t unit = 1; ///< of a time or timestamp: how many make a second; of a date: how many make a day
    int scale = 0;         ///< of a decimal
    std::int64_t listSize = 0;
    std::vector<Field> children;
    std::optional<std::int64_t> dictionary; ///< its number, where the values lie in one
    std::size_t indexWidth = 0;             ///< bytes of an index into it
    bool indexIsSigned = true;
};

struct Schema
{
    std::vector<Field> fields;
    std::vector<std::pair<std::string, std::string>> metadata; ///< what its writer put beside it, by key
};

/// Errors, each with the column: a type that is not read, by its name; big-endian numbers; more than 32 levels or
/// 10,000 parts; what makes no sense.
Result<Schema> readSchema(const FlatTable& table);

} // namespace hilo::arrow
