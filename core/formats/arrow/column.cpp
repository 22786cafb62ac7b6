// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/arrow/column.h"

#include "formats/arrow/compressed_buffer.h"

#include <algorithm>
#include <limits>

namespace hilo::arrow {
namespace {

constexpr int mostLevels = 64;
constexpr std::size_t mostDictionaryParts = 10'000;
/// Columns of nothing but nulls take no bytes, so that the number of their values must have a bound.
constexpr std::int64_t mostFreeValues = std::int64_t{1} << 20;

/// Gives a batch's nodes and buffers to its columns, in the order of the schema.
class ColumnBuilder
{
  public:
    ColumnBuilder(const BatchLayout& layout, const Dictionaries& dictionaries, Batch& batch)
        : layout_(layout), dictionaries_(dictionaries), batch_(batch)
    {
    }

    /// ofDictionary: the field's values stand for themselves here.
    Result<Column> column(const Field& field, bool ofDictionary = false)
    {
        Column column;
        column.field = &field;
        if (node_ == layout_.nodes.size())
            return failure(damaged(placeOf(field), "The record batch has fewer columns than the schema."));
        const BatchLayout::Node& node = layout_.nodes[node_++];
        column.length = node.length;
        longest_ = std::max(longest_, node.length);
        if (field.type == Type::Null && !(field.dictionary && !ofDictionary))
            return column;
        HILO_TRY(column.validity, buffer(field));
        if (node.nulls == 0)
            column.validity = {};
        HILO_CHECK(mustHold(field, column.validity.empty() && node.nulls == 0 ? 0 : bitsOf(node.length),
                            column.validity, "which of its values are there"));
        if (field.dictionary && !ofDictionary) {
            HILO_TRY(column.data, buffer(field));
            HILO_CHECK(mustHold(field, bytesOf(node.length, field.indexWidth), column.data, "its indices"));
            const auto found = dictionaries_.find(*field.dictionary);
            if (found == dictionaries_.end())
                return failure(damaged(placeOf(field), "The column's dictionary does not come before it."));
            column.dictionary = found->second;
            column.depth = 1 + column.dictionary->depth;
        } else {
            HILO_CHECK(readBuffers(field, column));
            HILO_CHECK(readChildren(field, column));
        }
        if (column.depth > mostLevels)
            return failure(badInput({}, placeOf(field), "Columns and dictionaries are nested more than 64 deep."));
        return column;
    }

    Status finish() const
    {
        std::uint64_t bytes = 0;
        for (const Bytes& one : layout_.buffers)
            bytes += one.size();
        bytes += mostUnpackedBytes - left_;
        if (longest_ > mostFreeValues && static_cast<std::uint64_t>(longest_) / 8 > bytes)
            return failure(damaged(layout_.place, "The record batch is said to hold " + std::to_string(longest_) +
                                                      " values in " + std::to_string(bytes) + " bytes."));
        return {};
    }

  private:
    std::string placeOf(const Field& field) const { return layout_.place + ", column " + field.name; }

    static std::uint64_t bitsOf(std::int64_t values) { return (static_cast<std::uint64_t>(values) + 7) / 8; }
    static std::uint64_t bytesOf(std::int64_t values, std::uint64_t width)
    {
        const auto count = static_cast<std::uint64_t>(values);
        return width != 0 && count > std::numeric_limits<std::uint64_t>::max() / width
                   ? std::numeric_limits<std::uint64_t>::max()
                   : count * width;
    }

    Result<Bytes> buffer(const Field& field)
    {
        if (buffer_ == layout_.buffers.size())
            return failure(damaged(placeOf(field), "The record batch has fewer buffers than its columns need."));
        return unpackBuffer(layout_.buffers[buffer_++], layout_.codec, placeOf(field), batch_.owned, left_);
    }

    Status mustHold(const Field& field, std::uint64_t bytes, Bytes found, const char* what) const
    {
        if (found.size() >= bytes)
            return {};
        return failure(damaged(placeOf(field), std::string("The bytes of ") + what +
                                                   " are too few: " + std::to_string(found.size()) + " instead of " +
                                                   std::to_string(bytes) + "."));
    }

    Status readBuffers(const Field& field, Column& column)
    {
        const std::int64_t length = column.length;
        switch (field.type) {
        case Type::Boolean: {
            HILO_TRY(column.data, buffer(field));
            return mustHold(field, bitsOf(length), column.data, "its values");
        }
        case Type::Text:
        case Type::Binary:
        case Type::List:
        case Type::Map: {
            HILO_TRY(column.offsets, buffer(field));
            const std::uint64_t offsetsBytes = bytesOf(length, field.isLarge ? 8 : 4) + (field.isLarge ? 8 : 4);
            HILO_CHECK(mustHold(field, length == 0 ? 0 : offsetsBytes, column.offsets, "its offsets"));
            if (field.type == Type::Text || field.type == Type::Binary) {
                HILO_TRY(column.data, buffer(field));
            }
            return {};
        }
        case Type::TextView:
        case Type::BinaryView: {
            HILO_TRY(column.data, buffer(field));
            HILO_CHECK(mustHold(field, bytesOf(length, 16), column.data, "its views"));
            if (view_ == layout_.variadicBuffers.size())
                return failure(
                    damaged(placeOf(field), "The record batch does not say how many buffers its views have."));
            const std::int64_t buffers = layout_.variadicBuffers[view_++];
            for (std::int64_t i = 0; i < buffers; ++i) {
                HILO_TRY(const Bytes one, buffer(field));
                column.variadic.push_back(one);
            }
            return {};
        }
        case Type::Struct:
        case Type::FixedList:
        case Type::Null:
            return {};
        default: {
            HILO_TRY(column.data, buffer(field));
            return mustHold(field, bytesOf(length, field.width), column.data, "its values");
        }
        }
    }

    Status readChildren(const Field& field, Column& column)
    {
        for (const Field& child : field.children) {
            HILO_TRY(Column read, this->column(child));
            const std::uint64_t needed = field.type == Type::Struct ? static_cast<std::uint64_t>(column.length)
                                         : field.type == Type::FixedList
                                             ? bytesOf(column.length, static_cast<std::uint64_t>(field.listSize))
                                             : 0;
            if (static_cast<std::uint64_t>(read.length) < needed)
                return failure(damaged(placeOf(field), "A part of the column has fewer values than the column."));
            column.depth = std::max(column.depth, 1 + read.depth);
            column.children.push_back(std::move(read));
        }
        return {};
    }

    const BatchLayout& layout_;
    const Dictionaries& dictionaries_;
    Batch& batch_;
    std::size_t node_ = 0, buffer_ = 0, view_ = 0;
    std::int64_t longest_ = 0;
    std::uint64_t left_ = mostUnpackedBytes;
};

const Field* fieldOfDictionary(const std::vector<Field>& fields, std::int64_t number)
{
    for (const Field& field : fields) {
        if (field.dictionary == number)
            return &field;
        if (const Field* const found = fieldOfDictionary(field.children, number))
            return found;
    }
    return nullptr;
}

} // namespace

Result<Batch> readBatch(const std::vector<Field>& fields, const BatchLayout& layout, const Dictionaries& dictionaries)
{
    Batch batch;
    batch.rows = layout.rows;
    ColumnBuilder builder(layout, dictionaries, batch);
    for (const Field& field : fields) {
        HILO_TRY(Column column, builder.column(field));
        if (column.length != layout.rows)
            return failure(damaged(layout.place + ", column " + field.name,
                                   "The column has " + std::to_string(column.length) + " values, the record batch " +
                                       std::to_string(layout.rows) + " rows."));
        batch.columns.push_back(std::move(column));
    }
    HILO_CHECK(builder.finish());
    return batch;
}

Status readDictionary(const std::vector<Field>& fields, const FlatTable& dictionaryBatch, Bytes body,
                      Dictionaries& dictionaries)
{
    HILO_TRY(const auto number, dictionaryBatch.scalar<std::int64_t>(0, 0));
    HILO_TRY(const std::optional<FlatTable> values, dictionaryBatch.table(1));
    HILO_TRY(const auto isDelta, dictionaryBatch.scalar<std::uint8_t>(2, 0));
    const Field* const field = fieldOfDictionary(fields, number);
    if (!values || !field)
        return failure(damaged(dictionaryBatch.place(), "A dictionary belongs to no column."));
    HILO_TRY(const BatchLayout layout, readLayout(*values, body));
    auto batch = std::make_shared<Batch>();
    ColumnBuilder builder(layout, dictionaries, *batch);
    HILO_TRY(Column column, builder.column(*field, true));
    HILO_CHECK(builder.finish());
    batch->rows = column.length;
    Dictionary dictionary;
    if (const auto known = dictionaries.find(number); isDelta != 0 && known != dictionaries.end())
        dictionary = *known->second;
    if (dictionary.parts.size() == mostDictionaryParts)
        return failure(badInput({}, dictionaryBatch.place(), "A dictionary comes in more than 10,000 parts."));
    dictionary.depth = std::max(dictionary.depth, column.depth);
    dictionary.ends.push_back((dictionary.ends.empty() ? 0 : dictionary.ends.back()) + column.length);
    batch->columns.push_back(std::move(column));
    dictionary.parts.push_back(std::move(batch));
    dictionaries[number] = std::make_shared<const Dictionary>(std::move(dictionary));
    return {};
}

} // namespace hilo::arrow
