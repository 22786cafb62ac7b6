// SPDX-License-Identifier: GPL-3.0-or-later
#include "numbers.h"

#include "base/text_format.h"

#include <array>
#include <cstdio>

namespace hilo::cli {

std::string withSeparators(std::int64_t number)
{
    std::string digits = std::to_string(number < 0 ? -number : number);
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return (number < 0 ? "-" : "") + digits;
}

std::string bytes(std::uint64_t count)
{
    constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
    double value = static_cast<double>(count);
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < units.size(); ++unit)
        value /= 1024;
    char text[32];
    std::snprintf(text, sizeof text, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    return text;
}

std::string seconds(double count)
{
    const auto whole = static_cast<long>(count + 0.5);
    char text[32];
    if (whole >= 3600)
        std::snprintf(text, sizeof text, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
    else if (whole >= 60)
        std::snprintf(text, sizeof text, "%ld min %02ld s", whole / 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%.1f s", count);
    return text;
}

std::string shortNumber(double value, int digits)
{
    return printed("%.*g", digits, value);
}

std::string percent(double share)
{
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", share * 100);
    return text;
}

std::string accuracyLine(const EvaluationResult& result)
{
    const auto [low, high] = result.interval();
    char range[40];
    std::snprintf(range, sizeof range, "%.1f to %.1f", low * 100, high * 100);
    std::string line = "accuracy " + percent(result.accuracy()) + " (" + range + ", 95 %), " +
                       withSeparators(result.correct) + " of " + withSeparators(result.total) + " rows of " +
                       result.split + ", majority floor " + percent(result.majorityFloor());
    if (result.unparsable > 0)
        line += ", " + withSeparators(result.unparsable) + " without a readable answer";
    return line;
}

} // namespace hilo::cli
