// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/event_time.h"

#include "base/text_format.h"

#include <array>
#include <charconv>
#include <chrono>

namespace hilo {
namespace {

/// Takes exactly count digits from the front of text.
std::optional<int> takeDigits(std::string_view& text, std::size_t count)
{
    int value = 0;
    if (text.size() < count)
        return {};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + count, value);
    if (problem != std::errc() || end != text.data() + count || value < 0)
        return {};
    text.remove_prefix(count);
    return value;
}

bool takeCharacter(std::string_view& text, char wanted)
{
    if (!text.starts_with(wanted))
        return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

std::optional<std::int64_t> parseTime(std::string_view text)
{
    using namespace std::chrono;
    // "YYYY-MM-DDTHH:MM:SS": the character before each number, and how many digits it has.
    constexpr std::array<std::pair<char, std::size_t>, 6> form{
        {{0, 4}, {'-', 2}, {'-', 2}, {'T', 2}, {':', 2}, {':', 2}}};
    std::array<int, 6> part{};
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i].first != 0 && !takeCharacter(text, form[i].first))
            return {};
        const auto value = takeDigits(text, form[i].second);
        if (!value)
            return {};
        part[i] = *value;
    }
    const year_month_day date{year(part[0]), month(static_cast<unsigned>(part[1])),
                              day(static_cast<unsigned>(part[2]))};
    if (!date.ok() || part[3] > 23 || part[4] > 59 || part[5] > 60)
        return {};
    std::int64_t fraction = 0;
    if (takeCharacter(text, '.')) {
        std::int64_t scale = 100;
        while (const auto digit = takeDigits(text, 1)) {
            fraction += *digit * scale;
            scale /= 10;
        }
    }
    if (text != "Z" && !text.empty())
        return {};
    const std::int64_t days = sys_days(date).time_since_epoch().count();
    return (((days * 24 + part[3]) * 60 + part[4]) * 60 + part[5]) * 1000 + fraction;
}

std::string formatTime(std::int64_t milliseconds)
{
    using namespace std::chrono;
    const sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(milliseconds)};
    const auto date = floor<days>(time);
    const year_month_day ymd(date);
    const hh_mm_ss clock(time - date);
    return printed("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(ymd.year()), unsigned(ymd.month()), unsigned(ymd.day()),
                   int(clock.hours().count()), int(clock.minutes().count()), int(clock.seconds().count()),
                   int(clock.subseconds().count()));
}

} // namespace hilo
