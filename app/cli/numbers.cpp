// SPDX-License-Identifier: GPL-3.0-or-later
#include "numbers.h"

#include "base/text_format.h"

#include <array>

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
    return printed("%.*f %s", unit == 0 ? 0 : 1, value, units[unit]);
}

std::string seconds(double count)
{
    const auto whole = static_cast<long>(count + 0.5);
    if (whole >= 3600)
        return printed("%ld h %02ld min", whole / 3600, whole / 60 % 60);
    return whole >= 60 ? printed("%ld min %02ld s", whole / 60, whole % 60) : printed("%.1f s", count);
}

std::string shortNumber(double value, int digits)
{
    return printed("%.*g", digits, value);
}

std::string percent(double share)
{
    return printed("%.1f %%", share * 100);
}

std::string accuracyLine(const EvaluationResult& result)
{
    const auto [low, high] = result.interval();
    std::string line = "accuracy " + percent(result.accuracy()) +
                       printed(" (%.1f to %.1f, 95 %%), ", low * 100, high * 100) + withSeparators(result.correct) +
                       " of " + withSeparators(result.total) + " rows of " + result.split + ", majority floor " +
                       percent(result.majorityFloor());
    if (result.unparsable > 0)
        line += ", " + withSeparators(result.unparsable) + " without a readable answer";
    return line;
}

} // namespace hilo::cli
