// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_source.h"

namespace hilo {

/// The rows of an Arrow stream or file, as a JSON file of the same records would give them; a row's line is its number
/// from 1. A column of bytes that are no text is left out and told in the notes, and so is a stream without an end.
Result<std::unique_ptr<RowSource>> openArrowRows(const std::filesystem::path& path);
Result<std::unique_ptr<RowSource>> openArrowRowsOfBytes(std::string bytes, const std::string& name);

} // namespace hilo
