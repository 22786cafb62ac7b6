// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hilo {

/// Names and texts that come from files, as they may be shown to people: in messages, tables, logs and lists. What
/// would move the cursor, change colours or the direction of writing, or cannot be seen, is written out: "\n", "\x1b",
/// "\u202e"; bytes that are no UTF-8 as "\xff". Applied twice, all of these give the same as applied once.

/// Written out, in full. keepLines leaves line breaks and tabs as they are.
std::string escaped(std::string_view text, bool keepLines = false);

/// Written out, and where that takes more columns than there are, with "…" in the place of its middle.
std::string shown(std::string_view name, std::size_t columns = 120);

/// A whole message: written out, its line breaks too, and every word longer than 200 columns shortened as by shown.
std::string shownMessage(std::string_view text);

/// Columns of a terminal that a text takes: two for wide characters of East Asia and for emoji, none for marks that
/// stand on the letter before (Unicode Standard Annex 11), as many as are written for what escaped writes out.
std::size_t displayColumns(std::string_view text);

} // namespace hilo
