// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_source.h"
#include "data/text_reader.h"

namespace hilo {

/// Records of JSON: one object a line, of which only a batch is in memory; or a document, an array of objects or an
/// object with an array "data" (json_document.h). Each is read as what it is, whatever the name says; a note tells when
/// it says otherwise. Errors: a document that is neither.
Result<std::unique_ptr<RowSource>> openJsonRows(TextReader text, bool isNamedLines);

} // namespace hilo
