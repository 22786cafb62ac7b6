// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare.h"

#include <string>
#include <vector>

namespace hilo {

/// The table for people, in columns.
std::string tableOf(const std::vector<CompareRow>& rows, const std::vector<std::string>& columns);
/// RFC 4180 with a header line; cells that a spreadsheet would take for a formula get a leading apostrophe.
std::string csvOf(const std::vector<CompareRow>& rows, const std::vector<std::string>& columns);
Json jsonOf(const std::vector<CompareRow>& rows, const std::vector<std::string>& columns);

std::string csvOf(const std::vector<std::vector<std::string>>& rows);

} // namespace hilo
