// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_readers.h"

namespace hilo {

/// The rows of a CSV table (RFC 4180; separated by commas, or by semicolons or tabs when the first line has none; an
/// Excel line "sep=;" says it) or, isCsv being false, of a tab-separated one whose quotes are literal. Blanks around
/// the header's names are no part of them.
FileRows tableRows(const std::string& text, const std::string& file, bool isCsv, bool withoutHeader);

} // namespace hilo
