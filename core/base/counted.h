// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace hilo {

/// The noun for so many: "row" for 1, "rows" else; of words that do not just take an s, many says how.
inline std::string nounFor(std::int64_t count, const std::string& one, const std::string& many = {})
{
    return count == 1 ? one : many.empty() ? one + "s" : many;
}

/// "1 row", "12 rows".
inline std::string counted(std::int64_t count, const std::string& one, const std::string& many = {})
{
    return std::to_string(count) + " " + nounFor(count, one, many);
}

} // namespace hilo
