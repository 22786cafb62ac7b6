// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/parquet/encodings.h"
#include "formats/parquet/metadata.h"

namespace hilo::parquet {

/// A raw value as JSON by what its column means: texts, numbers and booleans as such; decimals as exact texts; dates,
/// times and timestamps in ISO 8601 (UTC with "Z"); UUIDs as texts. Bytes that are no text are JSON's binary.
Json logicalValue(const RawValues& values, std::size_t index, const SchemaElement& element);

} // namespace hilo::parquet
