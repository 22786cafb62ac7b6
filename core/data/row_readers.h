// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_source.h"

namespace hilo {

/// All rows of a file at once; see row_source.h.
Result<FileRows> readRows(const std::filesystem::path& path, const RowReading& reading = {});
Result<FileRows> rowsOfBytes(std::string bytes, const std::string& name, const RowReading& reading = {});

} // namespace hilo
