// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/logical_value.h"

#include "base/valid_utf8.h"
#include "formats/half.h"
#include "formats/logical_text.h"

#include <algorithm>
#include <cstring>

namespace hilo::parquet {
namespace {

using Kind = LogicalType::Kind;
using Unit = LogicalType::Unit;

std::int64_t perSecond(Unit unit)
{
    return unit == Unit::Milliseconds ? 1000 : unit == Unit::Microseconds ? 1'000'000 : 1'000'000'000;
}

std::string bigEndian(std::int64_t value)
{
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes += static_cast<char>(value >> shift);
    return bytes;
}

Json bytesValue(const std::string& bytes, const SchemaElement& element)
{
    const LogicalType& logical = element.logical;
    if (logical.kind == Kind::Decimal)
        return decimalText(bytes, logical.scale);
    if (element.type == PhysicalType::Int96) {
        // Nanoseconds of the day, then the Julian day; 1970-01-01 is 2440588.
        std::int64_t nanoseconds = 0;
        std::int32_t day = 0;
        std::memcpy(&nanoseconds, bytes.data(), 8);
        std::memcpy(&day, bytes.data() + 8, 4);
        const std::int64_t inDay = std::clamp<std::int64_t>(nanoseconds, 0, std::int64_t{86400} * 1'000'000'000 - 1);
        return dateText(std::int64_t{day} - 2440588) + "T" + timeText(inDay, 1'000'000'000);
    }
    if (logical.kind == Kind::Float16 && bytes.size() == 2) {
        std::uint16_t bits = 0;
        std::memcpy(&bits, bytes.data(), 2);
        return static_cast<double>(halfToFloat(bits));
    }
    if (logical.kind == Kind::Uuid && bytes.size() == 16)
        return uuidText(bytes);
    return textOrBytes(bytes);
}

} // namespace

Json logicalValue(const RawValues& values, std::size_t index, const SchemaElement& element)
{
    const LogicalType& logical = element.logical;
    if (!values.texts.empty())
        return bytesValue(values.texts[index], element);
    if (!values.numbers.empty())
        return values.numbers[index];
    const std::int64_t value = values.integers[index];
    if (element.type == PhysicalType::Boolean)
        return value != 0;
    switch (logical.kind) {
    case Kind::Date:
        return dateText(value);
    case Kind::Time:
        return timeText(value, perSecond(logical.unit));
    case Kind::Timestamp:
        return timestampText(value, perSecond(logical.unit), logical.isUtc);
    case Kind::Decimal:
        return decimalText(bigEndian(value), logical.scale);
    case Kind::Integer:
        if (!logical.isSigned)
            return element.type == PhysicalType::Int32
                       ? Json(static_cast<std::uint64_t>(static_cast<std::uint32_t>(value)))
                       : Json(static_cast<std::uint64_t>(value));
        return value;
    default:
        return value;
    }
}

} // namespace hilo::parquet
