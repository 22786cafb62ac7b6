// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

using TextRows = std::vector<std::vector<std::string>>;

/// Rows with a head, a line each: columns as wide as their widest cell on a terminal (displayColumns), two blanks
/// between. Columns of numbers stand to the right, all others to the left. Cells are shown as base/shown_text.h has it,
/// shortened beyond 200 columns.
std::string alignedTable(const TextRows& rows);

/// The same without a head: the first leftColumns stand to the left, the others to the right.
std::string alignedTable(const TextRows& rows, std::size_t leftColumns);

} // namespace hilo
