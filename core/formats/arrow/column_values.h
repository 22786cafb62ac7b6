// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/arrow/column.h"
#include "formats/unread_cells.h"

namespace hilo::arrow {

/// A value as JSON, as the same value of a Parquet file is written: texts, numbers and booleans as such; decimals as
/// exact texts; dates, times and timestamps in ISO 8601 (UTC with "Z"); durations as numbers in their unit; lists as
/// arrays, structs as objects, maps as objects where their keys are texts, else as lists of pairs. Bytes that are no
/// text are null, and told in unread, which may be null. Errors name the column: offsets and indices that lead
/// elsewhere.
Result<Json> columnValue(const Column& column, std::int64_t index, UnreadCells* unread);

} // namespace hilo::arrow
