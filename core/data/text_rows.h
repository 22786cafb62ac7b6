// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_source.h"
#include "data/text_reader.h"

namespace hilo {

/// Plain text: a row a line that is not empty, or the whole file as one; each has the one field "text". A document
/// that is blank is rejected.
Result<std::unique_ptr<RowSource>> openTextRows(TextReader text, bool isDocument);

} // namespace hilo
