// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
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

/// The record that text begins with; used is how many bytes it takes, with its line end. Nothing where it may go on
/// behind text, which isEnd rules out, and where text is empty. A blank line is a record of one empty cell. The
/// record's line is 1 where it begins.
std::optional<TableRecord> nextRecord(std::string_view text, bool isEnd, char separator, bool quoted,
                                      std::size_t& used);

/// All of a text, without blank lines.
std::vector<TableRecord> parseTable(std::string_view text, char separator, bool quoted);

} // namespace hilo
