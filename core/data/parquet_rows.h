// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_source.h"

namespace hilo {

/// The rows of a Parquet file, as a JSON file of the same records would give them; a row's line is its number from 1. A
/// column of bytes that are no text is left out and told in the notes. Errors: what is no whole Parquet file.
Result<std::unique_ptr<RowSource>> openParquetRows(const std::filesystem::path& path);
Result<std::unique_ptr<RowSource>> openParquetRowsOfBytes(std::string bytes, const std::string& name);

} // namespace hilo
