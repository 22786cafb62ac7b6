// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hilo::cli {

/// "1,234,567"
std::string withSeparators(std::int64_t number);
/// "1,234 rows", "1 row"
std::string withNoun(std::int64_t count, const std::string& one);
/// "93.1 MiB"
std::string bytes(std::uint64_t count);
/// "1 h 02 min", "2 min 05 s", "3.4 s"
std::string seconds(double count);
/// With so many significant digits: "0.01234", "1.5e-06"
std::string shortNumber(double value, int digits = 4);
/// "81.3 %"
std::string percent(double share);

} // namespace hilo::cli
