// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/arrow/column_values.h"

#include "formats/half.h"
#include "formats/logical_text.h"

#include <algorithm>

namespace hilo::arrow {
namespace {

template <class T>
T at(Bytes bytes, std::int64_t index)
{
    T value;
    std::memcpy(&value, bytes.data() + static_cast<std::size_t>(index) * sizeof(T), sizeof(T));
    return value;
}

bool bitAt(Bytes bits, std::int64_t index)
{
    return (std::to_integer<unsigned>(bits[static_cast<std::size_t>(index / 8)]) >> (index % 8) & 1u) != 0;
}

Error wrong(const Column& column, const char* what)
{
    return damaged("column " + column.field->name, what);
}

/// A whole number of 1, 2, 4 or 8 bytes; those without a sign as their bits.
std::int64_t integerAt(Bytes bytes, std::int64_t index, std::size_t width, bool isSigned)
{
    switch (width) {
    case 1:
        return isSigned ? std::int64_t{at<std::int8_t>(bytes, index)} : std::int64_t{at<std::uint8_t>(bytes, index)};
    case 2:
        return isSigned ? std::int64_t{at<std::int16_t>(bytes, index)} : std::int64_t{at<std::uint16_t>(bytes, index)};
    case 4:
        return isSigned ? std::int64_t{at<std::int32_t>(bytes, index)} : std::int64_t{at<std::uint32_t>(bytes, index)};
    default:
        return at<std::int64_t>(bytes, index);
    }
}

std::string_view characters(Bytes bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Where a text or a list begins and ends; both lie within size.
Result<std::pair<std::size_t, std::size_t>> rangeAt(const Column& column, std::int64_t index, std::uint64_t size)
{
    const bool isLarge = column.field->isLarge;
    const std::int64_t begin = integerAt(column.offsets, index, isLarge ? 8 : 4, true);
    const std::int64_t end = integerAt(column.offsets, index + 1, isLarge ? 8 : 4, true);
    if (begin < 0 || end < begin || static_cast<std::uint64_t>(end) > size)
        return failure(wrong(column, "A value is said to lie outside of the column's bytes."));
    return std::pair(static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
}

/// Sixteen bytes: a length, then up to twelve bytes in place, or four of them, a buffer and an offset.
Result<std::string_view> viewAt(const Column& column, std::int64_t index)
{
    const Bytes view = column.data.subspan(static_cast<std::size_t>(index) * 16, 16);
    const auto length = at<std::int32_t>(view, 0);
    if (length >= 0 && length <= 12)
        return characters(view.subspan(4, static_cast<std::size_t>(length)));
    const auto buffer = at<std::int32_t>(view, 2);
    const auto offset = at<std::int32_t>(view, 3);
    if (length < 0 || buffer < 0 || static_cast<std::size_t>(buffer) >= column.variadic.size() || offset < 0)
        return failure(wrong(column, "A view leads out of the column's bytes."));
    const Bytes bytes = column.variadic[static_cast<std::size_t>(buffer)];
    if (static_cast<std::uint64_t>(offset) + static_cast<std::uint64_t>(length) > bytes.size())
        return failure(wrong(column, "A view leads out of the column's bytes."));
    return characters(bytes.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(length)));
}

std::string decimalAt(const Column& column, std::int64_t index)
{
    const std::size_t width = column.field->width;
    const auto little = characters(column.data.subspan(static_cast<std::size_t>(index) * width, width));
    std::string text = decimalText(std::string(little.rbegin(), little.rend()), column.field->scale);
    if (text.empty())
        return "0";
    if (column.field->scale < 0)
        text += std::string(static_cast<std::size_t>(-column.field->scale), '0');
    return text;
}

std::int64_t floorDivided(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

Json numberAt(const Column& column, std::int64_t index)
{
    const Field& field = *column.field;
    if (field.type == Type::Float) {
        if (field.width == 2)
            return static_cast<double>(halfToFloat(at<std::uint16_t>(column.data, index)));
        return field.width == 4 ? static_cast<double>(at<float>(column.data, index)) : at<double>(column.data, index);
    }
    const std::int64_t value = integerAt(column.data, index, field.width, field.isSigned);
    switch (field.type) {
    case Type::Date:
        return dateText(floorDivided(value, field.unit));
    case Type::Time:
        return timeText(value, field.unit);
    case Type::Timestamp:
        return timestampText(value, field.unit, field.isUtc);
    default:
        return field.isSigned ? Json(value) : Json(static_cast<std::uint64_t>(value));
    }
}

class ValueReader
{
  public:
    ValueReader(UnreadCells* unread, const std::string& column) : unread_(unread), column_(column) {}

    Result<Json> value(const Column& column, std::int64_t index)
    {
        if (!column.validity.empty() && !bitAt(column.validity, index))
            return Json();
        if (column.dictionary)
            return fromDictionary(column, index);
        const Field& field = *column.field;
        switch (field.type) {
        case Type::Null:
            return Json();
        case Type::Boolean:
            return Json(bitAt(column.data, index));
        case Type::Text:
        case Type::Binary: {
            HILO_TRY(const auto range, rangeAt(column, index, column.data.size()));
            return texts(column, characters(column.data.subspan(range.first, range.second - range.first)));
        }
        case Type::TextView:
        case Type::BinaryView: {
            HILO_TRY(const std::string_view text, viewAt(column, index));
            return texts(column, text);
        }
        case Type::FixedBytes: {
            const auto bytes =
                characters(column.data.subspan(static_cast<std::size_t>(index) * field.width, field.width));
            return field.isUuid ? Json(uuidText(bytes)) : texts(column, bytes);
        }
        case Type::Decimal:
            return Json(decimalAt(column, index));
        case Type::List: {
            HILO_TRY(const auto range, rangeAt(column, index, static_cast<std::uint64_t>(column.children[0].length)));
            return list(column.children[0], range.first, range.second);
        }
        case Type::FixedList: {
            const auto size = static_cast<std::size_t>(field.listSize);
            const std::size_t begin = static_cast<std::size_t>(index) * size;
            return list(column.children[0], begin, begin + size);
        }
        case Type::Struct:
            return object(column, index);
        case Type::Map:
            return map(column, index);
        default:
            return numberAt(column, index);
        }
    }

  private:
    Json texts(const Column& column, std::string_view bytes)
    {
        Json text = textOrBytes(bytes);
        if (!text.is_binary())
            return text;
        const bool isText = column.field->type == Type::Text || column.field->type == Type::TextView;
        if (unread_ && !isText) {
            unread_->bytesColumns.insert(path_.empty() ? column_ : *path_.back());
            unread_->bytesOfRow.insert(column_);
        }
        if (unread_ && isText && unread_->brokenText.empty()) {
            unread_->brokenText = column_;
            for (const std::string* name : path_)
                unread_->brokenText += "." + *name;
        }
        return Json();
    }

    Result<Json> list(const Column& items, std::size_t begin, std::size_t end)
    {
        Json list = Json::array();
        for (std::size_t i = begin; i < end; ++i) {
            HILO_TRY(Json item, value(items, static_cast<std::int64_t>(i)));
            list.push_back(std::move(item));
        }
        return list;
    }

    Result<Json> object(const Column& column, std::int64_t index)
    {
        Json object = Json::object();
        for (const Column& child : column.children) {
            path_.push_back(&child.field->name);
            HILO_TRY(Json item, value(child, index));
            path_.pop_back();
            object[child.field->name] = std::move(item);
        }
        return object;
    }

    Result<Json> map(const Column& column, std::int64_t index)
    {
        const Column& entries = column.children[0];
        HILO_TRY(const auto range, rangeAt(column, index, static_cast<std::uint64_t>(entries.length)));
        Json pairs = Json::array();
        bool hasTextKeys = entries.children[0].field->type == Type::Text;
        for (std::size_t i = range.first; i < range.second; ++i) {
            HILO_TRY(Json key, value(entries.children[0], static_cast<std::int64_t>(i)));
            HILO_TRY(Json item, value(entries.children[1], static_cast<std::int64_t>(i)));
            hasTextKeys = hasTextKeys && key.is_string();
            pairs.push_back(Json::array({std::move(key), std::move(item)}));
        }
        if (!hasTextKeys)
            return pairs;
        Json object = Json::object();
        for (Json& pair : pairs)
            object[pair[0].get<std::string>()] = std::move(pair[1]);
        return object;
    }

    Result<Json> fromDictionary(const Column& column, std::int64_t index)
    {
        const Field& field = *column.field;
        const std::int64_t at = integerAt(column.data, index, field.indexWidth, field.indexIsSigned);
        const std::vector<std::int64_t>& ends = column.dictionary->ends;
        const auto part = std::upper_bound(ends.begin(), ends.end(), at);
        if (at < 0 || part == ends.end())
            return failure(wrong(column, "A value is said to stand where the dictionary has none."));
        const std::int64_t begin = part == ends.begin() ? 0 : *(part - 1);
        const Batch& values = *column.dictionary->parts[static_cast<std::size_t>(part - ends.begin())];
        return value(values.columns[0], at - begin);
    }

    UnreadCells* unread_;
    const std::string& column_;
    std::vector<const std::string*> path_; ///< the names from the column to the value that is read
};

} // namespace

Result<Json> columnValue(const Column& column, std::int64_t index, UnreadCells* unread)
{
    return ValueReader(unread, column.field->name).value(column, index);
}

} // namespace hilo::arrow
