// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/logical_text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace hilo {
namespace {

/// Rounded down, as times before 1970 need it.
std::int64_t floorDivide(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

bool isUtf8Text(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80                   ? 1
                                   : lead >= 0xc2 && lead < 0xe0 ? 2
                                   : lead >= 0xe0 && lead < 0xf0 ? 3
                                   : lead >= 0xf0 && lead < 0xf5 ? 4
                                                                 : 0;
        if (length == 0 || text.size() - at < length)
            return false;
        std::uint32_t point = length == 1 ? lead : lead & (0xffu >> (length + 1));
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            if ((next & 0xc0) != 0x80)
                return false;
            point = point << 6 | (next & 0x3f);
        }
        if ((length == 3 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) ||
            (length == 4 && (point < 0x10000 || point > 0x10ffff)))
            return false;
        at += length;
    }
    return true;
}

} // namespace

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

std::string timeText(std::int64_t value, std::int64_t perSecond)
{
    if (perSecond == 1'000'000'000 && value % 1000 == 0)
        return timeText(value / 1000, 1'000'000);
    const std::int64_t seconds = value / perSecond, rest = value % perSecond;
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%02d:%02d:%02d", static_cast<int>(seconds / 3600 % 100),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    std::string text = buffer.data();
    if (rest != 0) {
        const int digits = perSecond == 1000 ? 3 : perSecond == 1'000'000 ? 6 : 9;
        std::snprintf(buffer.data(), buffer.size(), ".%0*lld", digits, static_cast<long long>(rest));
        text += buffer.data();
    }
    return text;
}

std::string timestampText(std::int64_t value, std::int64_t perSecond, bool isUtc)
{
    const std::int64_t day = 86400 * perSecond, days = floorDivide(value, day);
    // The beginning of the day itself may be beyond the smallest number.
    const std::int64_t rest = value % day;
    return dateText(days) + "T" + timeText(rest < 0 ? rest + day : rest, perSecond) + (isUtc ? "Z" : "");
}

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

std::string uuidText(std::string_view bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::array<char, 4> buffer{};
        std::snprintf(buffer.data(), buffer.size(), "%02x", static_cast<unsigned char>(bytes[i]));
        text += (i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "") + std::string(buffer.data());
    }
    return text;
}

Json textOrBytes(std::string_view bytes)
{
    if (isUtf8Text(bytes))
        return bytes;
    return Json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
}

} // namespace hilo
