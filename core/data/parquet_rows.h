// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_readers.h"

#include <span>

namespace hilo {

/// The rows of a Parquet file, as a JSON file of the same records would give them; a row's line is its number from 1. A
/// column of bytes that are no text is left out and told in the notes. Errors: what is no whole Parquet file.
Result<FileRows> parquetRows(const std::filesystem::path& path);
Result<FileRows> parquetRowsOfBytes(std::span<const std::byte> bytes, const std::string& name);

} // namespace hilo
