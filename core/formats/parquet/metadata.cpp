// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/metadata.h"

#include "formats/parquet/thrift.h"

#include <cstring>

namespace hilo::parquet {
namespace {

using Type = ThriftReader::Type;
using Kind = LogicalType::Kind;

constexpr std::size_t mostElements = 10000;

/// A field whose value goes into target; true, so that it is not skipped.
template <class T>
Result<bool> into(ThriftReader& reader, T& target)
{
    HILO_TRY(const std::int64_t value, reader.integer());
    target = static_cast<T>(value);
    return true;
}

Result<LogicalType::Unit> timeUnit(ThriftReader& reader)
{
    LogicalType::Unit unit = LogicalType::Unit::Milliseconds;
    HILO_CHECK(reader.structure([&unit](std::int16_t field, Type) -> Result<bool> {
        unit = field == 1   ? LogicalType::Unit::Milliseconds
               : field == 2 ? LogicalType::Unit::Microseconds
                            : LogicalType::Unit::Nanoseconds;
        return false;
    }));
    return unit;
}

/// The union LogicalType.
Result<LogicalType> logicalType(ThriftReader& reader)
{
    LogicalType logical;
    HILO_CHECK(reader.structure([&](std::int16_t field, Type) -> Result<bool> {
        switch (field) {
        case 1:
        case 4:
            logical.kind = Kind::Text; // also an enumeration
            return false;
        case 2:
            logical.kind = Kind::Map;
            return false;
        case 3:
            logical.kind = Kind::List;
            return false;
        case 5:
            logical.kind = Kind::Decimal;
            HILO_CHECK(reader.structure([&](std::int16_t inner, Type) -> Result<bool> {
                return inner == 1 ? into(reader, logical.scale) : Result<bool>(false);
            }));
            return true;
        case 6:
            logical.kind = Kind::Date;
            return false;
        case 7:
        case 8:
            logical.kind = field == 7 ? Kind::Time : Kind::Timestamp;
            HILO_CHECK(reader.structure([&](std::int16_t inner, Type type) -> Result<bool> {
                if (inner == 1) {
                    logical.isUtc = ThriftReader::boolean(type);
                    return true;
                }
                if (inner != 2)
                    return false;
                HILO_TRY(logical.unit, timeUnit(reader));
                return true;
            }));
            return true;
        case 10:
            logical.kind = Kind::Integer;
            HILO_CHECK(reader.structure([&](std::int16_t inner, Type type) -> Result<bool> {
                if (inner != 2)
                    return false;
                logical.isSigned = ThriftReader::boolean(type);
                return true;
            }));
            return true;
        case 11:
            logical.kind = Kind::Unknown; // every value is null
            return false;
        case 12:
            logical.kind = Kind::Json;
            return false;
        case 14:
            logical.kind = Kind::Uuid;
            return false;
        case 15:
            logical.kind = Kind::Float16;
            return false;
        default:
            return false;
        }
    }));
    return logical;
}

/// The older annotation, one number.
LogicalType convertedType(int number, int scale)
{
    LogicalType logical;
    logical.scale = scale;
    switch (number) {
    case 0:
    case 4:
        logical.kind = Kind::Text;
        break;
    case 1:
    case 2:
        logical.kind = Kind::Map;
        break;
    case 3:
        logical.kind = Kind::List;
        break;
    case 5:
        logical.kind = Kind::Decimal;
        break;
    case 6:
        logical.kind = Kind::Date;
        break;
    case 7:
    case 8:
        logical.kind = Kind::Time;
        break;
    case 9:
    case 10:
        logical.kind = Kind::Timestamp;
        logical.isUtc = true;
        break;
    case 19:
        logical.kind = Kind::Json;
        break;
    default:
        if (number >= 11 && number <= 18) {
            logical.kind = Kind::Integer;
            logical.isSigned = number >= 15;
        }
    }
    if (number == 8 || number == 10)
        logical.unit = LogicalType::Unit::Microseconds;
    return logical;
}

Result<SchemaElement> schemaElement(ThriftReader& reader)
{
    SchemaElement element;
    int converted = -1, scale = 0;
    HILO_CHECK(reader.structure([&](std::int16_t field, Type) -> Result<bool> {
        switch (field) {
        case 1: {
            HILO_TRY(const std::int64_t type, reader.integer());
            if (type < 0 || type > 7)
                return failure(
                    badInput({}, element.name, "A column has the unknown type " + std::to_string(type) + "."));
            element.type = static_cast<PhysicalType>(type);
            return true;
        }
        case 2:
            return into(reader, element.typeLength);
        case 3: {
            HILO_TRY(const std::int64_t repetition, reader.integer());
            if (repetition < 0 || repetition > 2)
                return failure(badInput({}, element.name, "A column has an unknown repetition."));
            element.repetition = static_cast<Repetition>(repetition);
            return true;
        }
        case 4: {
            HILO_TRY(element.name, reader.binary());
            return true;
        }
        case 5:
            return into(reader, element.children);
        case 6:
            return into(reader, converted);
        case 7:
            return into(reader, scale);
        case 10: {
            HILO_TRY(element.logical, logicalType(reader));
            return true;
        }
        default:
            return false;
        }
    }));
    if (element.logical.kind == Kind::None)
        element.logical = convertedType(converted, scale);
    return element;
}

Result<ColumnChunk> columnChunk(ThriftReader& reader)
{
    ColumnChunk column;
    const auto metadata = [&](std::int16_t field, Type) -> Result<bool> {
        switch (field) {
        case 1: {
            HILO_TRY(const std::int64_t type, reader.integer());
            if (type < 0 || type > 7)
                return failure(badInput({}, {}, "A column has the unknown type " + std::to_string(type) + "."));
            column.type = static_cast<PhysicalType>(type);
            return true;
        }
        case 3:
            HILO_CHECK(reader.list([&](Type, std::uint64_t count) -> Status {
                for (std::uint64_t i = 0; i < count; ++i) {
                    HILO_TRY(std::string part, reader.binary());
                    column.path.push_back(std::move(part));
                }
                return {};
            }));
            return true;
        case 4:
            return into(reader, column.codec);
        case 5:
            return into(reader, column.values);
        case 7:
            return into(reader, column.compressedBytes);
        case 9:
            return into(reader, column.dataPage);
        case 11: {
            HILO_TRY(column.dictionaryPage, reader.integer());
            return true;
        }
        default:
            return false;
        }
    };
    HILO_CHECK(reader.structure([&](std::int16_t field, Type) -> Result<bool> {
        if (field == 1)
            column.elsewhere = true;
        if (field == 8 || field == 9)
            column.encrypted = true;
        if (field != 3)
            return false;
        HILO_CHECK(reader.structure(metadata));
        return true;
    }));
    return column;
}

Result<RowGroup> rowGroup(ThriftReader& reader)
{
    RowGroup group;
    HILO_CHECK(reader.structure([&](std::int16_t field, Type) -> Result<bool> {
        if (field == 3)
            return into(reader, group.rows);
        if (field != 1)
            return false;
        HILO_CHECK(reader.list([&](Type, std::uint64_t count) -> Status {
            for (std::uint64_t i = 0; i < count; ++i) {
                HILO_TRY(ColumnChunk column, columnChunk(reader));
                group.columns.push_back(std::move(column));
            }
            return {};
        }));
        return true;
    }));
    return group;
}

Result<std::pair<std::string, std::string>> keyValue(ThriftReader& reader)
{
    std::pair<std::string, std::string> text;
    HILO_CHECK(reader.structure([&](std::int16_t field, Type) -> Result<bool> {
        if (field != 1 && field != 2)
            return false;
        HILO_TRY((field == 1 ? text.first : text.second), reader.binary());
        return true;
    }));
    return text;
}

Result<FileMetadata> footer(ByteReader& bytes)
{
    ThriftReader reader(bytes);
    FileMetadata metadata;
    HILO_CHECK(reader.structure([&](std::int16_t field, Type) -> Result<bool> {
        switch (field) {
        case 2:
            HILO_CHECK(reader.list([&](Type, std::uint64_t count) -> Status {
                if (count > mostElements)
                    return failure(bytes.error("The schema has more than 10000 columns."));
                for (std::uint64_t i = 0; i < count; ++i) {
                    HILO_TRY(SchemaElement element, schemaElement(reader));
                    metadata.schema.push_back(std::move(element));
                }
                return {};
            }));
            return true;
        case 3:
            return into(reader, metadata.rows);
        case 4:
            HILO_CHECK(reader.list([&](Type, std::uint64_t count) -> Status {
                for (std::uint64_t i = 0; i < count; ++i) {
                    HILO_TRY(RowGroup group, rowGroup(reader));
                    metadata.rowGroups.push_back(std::move(group));
                }
                return {};
            }));
            return true;
        case 5:
            HILO_CHECK(reader.list([&](Type, std::uint64_t count) -> Status {
                for (std::uint64_t i = 0; i < count; ++i) {
                    HILO_TRY(auto text, keyValue(reader));
                    metadata.texts.push_back(std::move(text));
                }
                return {};
            }));
            return true;
        default:
            return false;
        }
    }));
    return metadata;
}

} // namespace

Result<FileMetadata> readMetadata(std::span<const std::byte> file, const std::string& name)
{
    const auto markAt = [&file](std::size_t at) {
        return std::string_view(reinterpret_cast<const char*>(file.data() + at), 4);
    };
    if (file.size() < 12 || markAt(0) != "PAR1")
        return failure(badInput(name, "byte 0",
                                file.size() >= 4 && markAt(0) == "PARE"
                                    ? "The file is encrypted, which is not read here."
                                    : "Not a Parquet file: it does not begin with PAR1.",
                                "Give an unencrypted Parquet file."));
    const std::string_view end = markAt(file.size() - 4);
    if (end == "PARE")
        return failure(badInput(name, {}, "The file's footer is encrypted, which is not read here.",
                                "Give an unencrypted Parquet file."));
    if (end != "PAR1")
        return failure(badInput(name, "byte " + std::to_string(file.size() - 4),
                                "The file does not end with PAR1: it is cut off.", "Copy or download it again."));
    std::uint32_t size = 0;
    std::memcpy(&size, file.data() + file.size() - 8, sizeof size);
    if (size > file.size() - 12)
        return failure(badInput(name, "byte " + std::to_string(file.size() - 8),
                                "The footer is said to be longer than the file.", "Copy or download it again."));
    ByteReader bytes(file.subspan(file.size() - 8 - size, size), name);
    auto metadata = footer(bytes);
    if (!metadata) {
        if (metadata.error().file.empty())
            metadata.error().file = name;
        metadata.error().place = "footer" + (metadata.error().place.empty() ? "" : ", " + metadata.error().place);
    }
    return metadata;
}

Result<PageHeader> readPageHeader(std::span<const std::byte> bytes, const std::string& file)
{
    ByteReader input(bytes, file);
    ThriftReader reader(input);
    PageHeader header;
    const auto data = [&](std::int16_t field, Type) -> Result<bool> {
        if (field == 1)
            return into(reader, header.values);
        if (field == 2)
            return into(reader, header.encoding);
        if (field == 3)
            return into(reader, header.definitionEncoding);
        return field == 4 ? into(reader, header.repetitionEncoding) : Result<bool>(false);
    };
    const auto dictionary = [&](std::int16_t field, Type) -> Result<bool> {
        if (field == 1)
            return into(reader, header.values);
        return field == 2 ? into(reader, header.encoding) : Result<bool>(false);
    };
    const auto second = [&](std::int16_t field, Type type) -> Result<bool> {
        switch (field) {
        case 1:
            return into(reader, header.values);
        case 4:
            return into(reader, header.encoding);
        case 5:
            return into(reader, header.definitionBytes);
        case 6:
            return into(reader, header.repetitionBytes);
        case 7:
            header.compressed = ThriftReader::boolean(type);
            return true;
        default:
            return false;
        }
    };
    HILO_CHECK(reader.structure([&](std::int16_t field, Type) -> Result<bool> {
        switch (field) {
        case 1:
            return into(reader, header.kind);
        case 2:
            return into(reader, header.uncompressedBytes);
        case 3:
            return into(reader, header.compressedBytes);
        case 5:
            HILO_CHECK(reader.structure(data));
            return true;
        case 7:
            HILO_CHECK(reader.structure(dictionary));
            return true;
        case 8:
            HILO_CHECK(reader.structure(second));
            return true;
        default:
            return false;
        }
    }));
    header.headerBytes = input.position();
    return header;
}

} // namespace hilo::parquet
