// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// Records of comma-separated text (RFC 4180: quotes, doubled quotes, line ends inside quotes, CRLF) or, when quoted is
/// false, of tab-separated text where quotes are literal. Each with the line that it begins on, from 1.
struct TableRecord
{
    std::vector<std::string> cells;
    std::int64_t line = 0;
    bool unterminated = false; ///< the text ended inside quotes
};
std::vector<TableRecord> parseTable(std::string_view text, char separator, bool quoted);

} // namespace hilo
