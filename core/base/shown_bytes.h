// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/text_format.h"

#include <array>
#include <cstdint>
#include <string>

namespace hilo {

/// "17 B", "93.1 MiB"
inline std::string shownBytes(std::uint64_t count)
{
    constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
    double value = static_cast<double>(count);
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < units.size(); ++unit)
        value /= 1024;
    return printed("%.*f %s", unit == 0 ? 0 : 1, value, units[unit]);
}

} // namespace hilo
