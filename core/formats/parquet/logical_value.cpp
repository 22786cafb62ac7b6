// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/logical_value.h"

#include "base/valid_utf8.h"
#include "formats/half.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace hilo::parquet {
namespace {

using Kind = LogicalType::Kind;
using Unit = LogicalType::Unit;

std::int64_t perSecond(Unit unit)
{
    return unit == Unit::Milliseconds ? 1000 : unit == Unit::Microseconds ? 1'000'000 : 1'000'000'000;
}

/// Rounded down, as times before 1970 need it.
std::int64_t floorDivide(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

std::string dateText(std::int64_t days)
{
    // Beyond what the calendar can name the number says more.
    if (days < -10'000'000 || days > 10'000'000)
        return std::to_string(days);
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return buffer.data();
}

/// Seconds of a day and their parts: 03:04:05, 03:04:05.678000.
std::string timeText(std::int64_t value, Unit unit)
{
    if (unit == Unit::Nanoseconds && value % 1000 == 0)
        return timeText(value / 1000, Unit::Microseconds);
    const std::int64_t parts = perSecond(unit), seconds = value / parts, rest = value % parts;
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%02d:%02d:%02d", static_cast<int>(seconds / 3600 % 100),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    std::string text = buffer.data();
    if (rest != 0) {
        const int digits = unit == Unit::Milliseconds ? 3 : unit == Unit::Microseconds ? 6 : 9;
        std::snprintf(buffer.data(), buffer.size(), ".%0*lld", digits, static_cast<long long>(rest));
        text += buffer.data();
    }
    return text;
}

std::string timestampText(std::int64_t value, Unit unit, bool isUtc)
{
    const std::int64_t day = 86400 * perSecond(unit), days = floorDivide(value, day);
    return dateText(days) + "T" + timeText(value - days * day, unit) + (isUtc ? "Z" : "");
}

/// A whole number of any size in decimal, from big-endian two's complement bytes, with the point at scale.
std::string decimalText(std::string bytes, int scale)
{
    const bool negative = !bytes.empty() && (bytes[0] & 0x80);
    if (negative) {
        bool carry = true;
        for (std::size_t i = bytes.size(); i-- > 0;) {
            bytes[i] = static_cast<char>(~bytes[i] + (carry ? 1 : 0));
            carry = carry && bytes[i] == 0;
        }
    }
    std::string digits;
    while (std::any_of(bytes.begin(), bytes.end(), [](char c) { return c != 0; })) {
        int rest = 0;
        for (char& c : bytes) {
            const int value = rest * 256 + static_cast<unsigned char>(c);
            c = static_cast<char>(value / 10);
            rest = value % 10;
        }
        digits += static_cast<char>('0' + rest);
    }
    while (static_cast<int>(digits.size()) <= std::min(scale, 400))
        digits += '0';
    std::reverse(digits.begin(), digits.end());
    if (scale > 0 && scale < static_cast<int>(digits.size()))
        digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
    return (negative ? "-" : "") + digits;
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
        return dateText(std::int64_t{day} - 2440588) + "T" + timeText(inDay, Unit::Nanoseconds);
    }
    if (logical.kind == Kind::Float16 && bytes.size() == 2) {
        std::uint16_t bits = 0;
        std::memcpy(&bits, bytes.data(), 2);
        return static_cast<double>(halfToFloat(bits));
    }
    if (logical.kind == Kind::Uuid && bytes.size() == 16) {
        std::string text;
        for (std::size_t i = 0; i < 16; ++i) {
            std::array<char, 4> buffer{};
            std::snprintf(buffer.data(), buffer.size(), "%02x", static_cast<unsigned char>(bytes[i]));
            text += (i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "") + std::string(buffer.data());
        }
        return text;
    }
    if (isUtf8(bytes))
        return bytes;
    return Json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
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
        return timeText(value, logical.unit);
    case Kind::Timestamp:
        return timestampText(value, logical.unit, logical.isUtc);
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
