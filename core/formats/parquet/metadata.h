// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace hilo::parquet {

/// Parquet's own numbers of physical types (apache/parquet-format: parquet.thrift).
enum class PhysicalType { Boolean, Int32, Int64, Int96, Float, Double, ByteArray, FixedLengthByteArray };
enum class Repetition { Required, Optional, Repeated };

/// What the bytes of a column mean beyond their physical type, from either form of annotation.
struct LogicalType
{
    enum class Kind { None, Text, Decimal, Date, Time, Timestamp, Integer, Json, Uuid, Float16, List, Map, Unknown };
    enum class Unit { Milliseconds, Microseconds, Nanoseconds };
    Kind kind = Kind::None;
    int scale = 0;                  ///< of a decimal
    Unit unit = Unit::Milliseconds; ///< of a time
    bool isUtc = false;             ///< of a timestamp
    bool isSigned = true;           ///< of an integer
};

/// One line of the file's flat schema: a group with so many children, or a column.
struct SchemaElement
{
    std::string name;
    std::optional<PhysicalType> type; ///< nothing for a group
    int typeLength = 0;               ///< of fixed-length byte arrays
    Repetition repetition = Repetition::Required;
    int children = 0;
    LogicalType logical;
};

struct ColumnChunk
{
    std::vector<std::string> path;
    PhysicalType type = PhysicalType::Boolean;
    int codec = 0; ///< as parquet.thrift numbers them
    std::int64_t values = 0;
    std::int64_t dataPage = 0;
    std::optional<std::int64_t> dictionaryPage;
    std::int64_t compressedBytes = 0;
    bool encrypted = false;
    bool elsewhere = false; ///< its bytes lie in another file
};

struct RowGroup
{
    std::vector<ColumnChunk> columns;
    std::int64_t rows = 0;
};

struct FileMetadata
{
    std::vector<SchemaElement> schema; ///< the root first, then depth first
    std::vector<RowGroup> rowGroups;
    std::int64_t rows = 0;
    std::vector<std::pair<std::string, std::string>> texts; ///< what its writer put beside the schema, by key
};

/// Reads the footer of a whole file. Errors: no Parquet, an encrypted or truncated one, numbers that lie.
Result<FileMetadata> readMetadata(std::span<const std::byte> file, const std::string& name);

/// The header of a page.
struct PageHeader
{
    enum class Kind { Data = 0, Index = 1, Dictionary = 2, DataV2 = 3 };
    int kind = 0;
    std::int64_t uncompressedBytes = 0;
    std::int64_t compressedBytes = 0;
    std::int64_t values = 0;
    int encoding = 0; ///< as parquet.thrift numbers them
    int definitionEncoding = 3, repetitionEncoding = 3;
    std::int64_t definitionBytes = 0, repetitionBytes = 0; ///< of a page V2
    bool compressed = true;                                ///< of a page V2
    std::size_t headerBytes = 0;
};

Result<PageHeader> readPageHeader(std::span<const std::byte> bytes, const std::string& file);

} // namespace hilo::parquet
