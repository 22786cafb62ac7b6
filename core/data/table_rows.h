// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_source.h"
#include "data/text_reader.h"

namespace hilo {

/// The rows of a CSV table (RFC 4180) or, isCsv being false, of one separated by tabs whose quotes are literal. Blanks
/// around the header's names are no part of them; of two columns with one name the second is called "name.1". A CSV
/// file's separator is what reading says, else what Excel's line "sep=;" says, else that one of comma, semicolon, tab
/// and | that stands in the first line outside of quotes and by which most of the first 20 rows have as many cells as
/// that line; the first of these where several do. A note tells when it is no comma, or when it was a close call.
Result<std::unique_ptr<RowSource>> openTableRows(TextReader text, bool isCsv, const RowReading& reading);

} // namespace hilo
