// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/arrow/schema.h"

#include <algorithm>
#include <array>

namespace hilo::arrow {
namespace {

constexpr int deepest = 32;
constexpr int mostFields = 10'000;

/// By the number of the type's union in Schema.fbs.
const char* typeName(std::uint8_t type)
{
    static constexpr std::array<const char*, 27> names = {"nothing",
                                                          "null",
                                                          "int",
                                                          "float",
                                                          "binary",
                                                          "utf8",
                                                          "bool",
                                                          "decimal",
                                                          "date",
                                                          "time",
                                                          "timestamp",
                                                          "interval",
                                                          "list",
                                                          "struct",
                                                          "union",
                                                          "fixed_size_binary",
                                                          "fixed_size_list",
                                                          "map",
                                                          "duration",
                                                          "large_binary",
                                                          "large_utf8",
                                                          "large_list",
                                                          "run_end_encoded",
                                                          "binary_view",
                                                          "utf8_view",
                                                          "list_view",
                                                          "large_list_view"};
    return type < names.size() ? names[type] : "unknown";
}

Error notRead(const std::string& place, const std::string& type)
{
    return badInput({}, place, "Columns of the type " + type + " are not read.",
                    "Cast the column to another type, or leave it out.");
}

std::int64_t unitsPerSecond(std::int16_t unit)
{
    constexpr std::array<std::int64_t, 4> counts = {1, 1000, 1'000'000, 1'000'000'000};
    return unit >= 0 && unit < 4 ? counts[static_cast<std::size_t>(unit)] : 0;
}

class SchemaReader
{
  public:
    Result<Field> field(const FlatTable& table, const std::string& parent, int depth)
    {
        Field field;
        HILO_TRY(const std::string_view name, table.text(0));
        field.name = std::string(name);
        const std::string place = parent.empty() ? "column " + field.name : parent + "." + field.name;
        if (depth > deepest)
            return failure(badInput({}, place, "Columns are nested more than 32 deep."));
        if (++fields_ > mostFields)
            return failure(badInput({}, place, "The schema has more than 10,000 columns and parts of columns."));
        HILO_TRY(const auto kind, table.scalar<std::uint8_t>(2, 0));
        HILO_TRY(const std::optional<FlatTable> type, table.table(3));
        if (!type)
            return failure(damaged(place, "The column has no type."));
        HILO_CHECK(readType(kind, *type, place, field));
        HILO_TRY(const FlatVector children, table.vector(5, 4));
        for (std::size_t i = 0; i < children.size(); ++i) {
            HILO_TRY(const FlatTable child, children.table(i));
            HILO_TRY(Field read, this->field(child, place, depth + 1));
            field.children.push_back(std::move(read));
        }
        const bool isNested = field.type == Type::List || field.type == Type::FixedList || field.type == Type::Map;
        const bool isEntry =
            field.type != Type::Map || (field.children.size() == 1 && field.children[0].type == Type::Struct &&
                                        field.children[0].children.size() == 2);
        if ((isNested && field.children.size() != 1) || !isEntry ||
            (!isNested && field.type != Type::Struct && !field.children.empty()))
            return failure(damaged(place, "The column has other parts than its type."));
        HILO_CHECK(readDictionary(table, place, field));
        HILO_CHECK(readExtension(table, field));
        return field;
    }

  private:
    static Status readType(std::uint8_t kind, const FlatTable& type, const std::string& place, Field& field)
    {
        const auto unit = [&](std::int16_t fallback) -> Status {
            HILO_TRY(const auto number, type.scalar<std::int16_t>(0, fallback));
            field.unit = unitsPerSecond(number);
            return field.unit > 0 ? Status() : failure(damaged(place, "The column's unit of time is not known."));
        };
        const auto widthIn = [&](std::int32_t bits, std::initializer_list<std::int32_t> allowed) -> Status {
            for (const std::int32_t one : allowed)
                if (bits == one) {
                    field.width = static_cast<std::size_t>(bits) / 8;
                    return {};
                }
            return failure(damaged(place, "Its " + std::string(typeName(kind)) + " values have " +
                                              std::to_string(bits) + " bits."));
        };
        switch (kind) {
        case 1:
            field.type = Type::Null;
            return {};
        case 2: {
            field.type = Type::Integer;
            HILO_TRY(const auto bits, type.scalar<std::int32_t>(0, 0));
            HILO_TRY(const auto isSigned, type.scalar<std::uint8_t>(1, 0));
            field.isSigned = isSigned != 0;
            return widthIn(bits, {8, 16, 32, 64});
        }
        case 3: {
            field.type = Type::Float;
            HILO_TRY(const auto precision, type.scalar<std::int16_t>(0, 0));
            return widthIn(precision >= 0 && precision <= 2 ? 16 << precision : 0, {16, 32, 64});
        }
        case 4:
        case 19:
            field.type = Type::Binary;
            field.isLarge = kind == 19;
            return {};
        case 5:
        case 20:
            field.type = Type::Text;
            field.isLarge = kind == 20;
            return {};
        case 6:
            field.type = Type::Boolean;
            return {};
        case 7: {
            field.type = Type::Decimal;
            HILO_TRY(field.scale, type.scalar<std::int32_t>(1, 0));
            HILO_TRY(const auto bits, type.scalar<std::int32_t>(2, 128));
            if (field.scale < -400 || field.scale > 400)
                return failure(damaged(place, "A decimal's scale is " + std::to_string(field.scale) + "."));
            return widthIn(bits, {32, 64, 128, 256});
        }
        case 8: {
            field.type = Type::Date;
            HILO_TRY(const auto number, type.scalar<std::int16_t>(0, 1));
            field.unit = number == 0 ? 1 : 86'400'000;
            return widthIn(number == 0 ? 32 : 64, {32, 64});
        }
        case 9: {
            field.type = Type::Time;
            HILO_CHECK(unit(1));
            HILO_TRY(const auto bits, type.scalar<std::int32_t>(1, 32));
            return widthIn(bits, {32, 64});
        }
        case 10: {
            field.type = Type::Timestamp;
            HILO_CHECK(unit(0));
            HILO_TRY(const std::string_view zone, type.text(1));
            field.isUtc = !zone.empty();
            return widthIn(64, {64});
        }
        case 12:
        case 21:
            field.type = Type::List;
            field.isLarge = kind == 21;
            return {};
        case 13:
            field.type = Type::Struct;
            return {};
        case 15: {
            field.type = Type::FixedBytes;
            HILO_TRY(const auto width, type.scalar<std::int32_t>(0, 0));
            if (width <= 0)
                return failure(damaged(place, "Its values have " + std::to_string(width) + " bytes."));
            field.width = static_cast<std::size_t>(width);
            return {};
        }
        case 16: {
            field.type = Type::FixedList;
            HILO_TRY(const auto size, type.scalar<std::int32_t>(0, 0));
            if (size < 0)
                return failure(damaged(place, "Its lists have " + std::to_string(size) + " values."));
            field.listSize = size;
            return {};
        }
        case 17:
            field.type = Type::Map;
            return {};
        case 18:
            field.type = Type::Duration;
            return widthIn(64, {64});
        case 23:
            field.type = Type::BinaryView;
            return {};
        case 24:
            field.type = Type::TextView;
            return {};
        default:
            return failure(notRead(place, typeName(kind)));
        }
    }

    static Status readDictionary(const FlatTable& table, const std::string& place, Field& field)
    {
        HILO_TRY(const std::optional<FlatTable> encoding, table.table(4));
        if (!encoding)
            return {};
        HILO_TRY(const auto number, encoding->scalar<std::int64_t>(0, 0));
        field.dictionary = number;
        HILO_TRY(const std::optional<FlatTable> index, encoding->table(1));
        std::int32_t bits = 32;
        std::uint8_t isSigned = 1;
        if (index) {
            HILO_TRY(bits, index->scalar<std::int32_t>(0, 0));
            HILO_TRY(isSigned, index->scalar<std::uint8_t>(1, 0));
        }
        if (bits != 8 && bits != 16 && bits != 32 && bits != 64)
            return failure(damaged(place, "Its indices have " + std::to_string(bits) + " bits."));
        field.indexWidth = static_cast<std::size_t>(bits) / 8;
        field.indexIsSigned = isSigned != 0;
        return {};
    }

    /// Of the extension types only what changes how a value is written.
    static Status readExtension(const FlatTable& table, Field& field)
    {
        HILO_TRY(const FlatVector metadata, table.vector(6, 4));
        for (std::size_t i = 0; i < metadata.size() && i < 100; ++i) {
            HILO_TRY(const FlatTable pair, metadata.table(i));
            HILO_TRY(const std::string_view key, pair.text(0));
            HILO_TRY(const std::string_view value, pair.text(1));
            if (key == "ARROW:extension:name" && value == "arrow.uuid" && field.type == Type::FixedBytes)
                field.isUuid = field.width == 16;
        }
        return {};
    }

    int fields_ = 0;
};

} // namespace

Result<Schema> readSchema(const FlatTable& table)
{
    HILO_TRY(const auto endianness, table.scalar<std::int16_t>(0, 0));
    if (endianness != 0)
        return failure(badInput({}, table.place(), "The file's numbers are big-endian, which is not read.",
                                "Write it on a little-endian machine, or as Parquet."));
    HILO_TRY(const FlatVector fields, table.vector(1, 4));
    Schema schema;
    SchemaReader reader;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        HILO_TRY(const FlatTable field, fields.table(i));
        HILO_TRY(Field read, reader.field(field, "", 0));
        schema.fields.push_back(std::move(read));
    }
    if (schema.fields.empty())
        return failure(badInput({}, table.place(), "The file has no columns."));
    HILO_TRY(const FlatVector texts, table.vector(2, 4));
    // The format lets tables be shared, so that a small file could name many.
    constexpr std::size_t mostTexts = 1000;
    for (std::size_t i = 0; i < std::min(texts.size(), mostTexts); ++i) {
        HILO_TRY(const FlatTable one, texts.table(i));
        HILO_TRY(const std::string_view key, one.text(0));
        // Others may be long, and nothing asks for them.
        if (key != "huggingface")
            continue;
        HILO_TRY(const std::string_view value, one.text(1));
        schema.metadata.emplace_back(key, value);
        break;
    }
    return schema;
}

} // namespace hilo::arrow
