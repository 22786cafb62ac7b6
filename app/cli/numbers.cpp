// SPDX-License-Identifier: GPL-3.0-or-later
#include "numbers.h"

#include "base/counted.h"
#include "base/shown_bytes.h"
#include "base/text_format.h"

namespace hilo::cli {

std::string withSeparators(std::int64_t number)
{
    std::string digits = std::to_string(number < 0 ? -number : number);
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return (number < 0 ? "-" : "") + digits;
}

std::string withNoun(std::int64_t count, const std::string& one)
{
    return withSeparators(count) + " " + nounFor(count, one);
}

std::string bytes(std::uint64_t count)
{
    return shownBytes(count);
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

} // namespace hilo::cli
