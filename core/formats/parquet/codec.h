// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hilo::parquet {

/// The bytes of a page by the codec's number in parquet.thrift: none, snappy, gzip, brotli, LZ4 (also in Hadoop's
/// frames), zstd. They must be exactly size bytes. Errors: an unknown codec, damaged bytes, another size.
Result<std::vector<std::byte>> decompress(int codec, std::span<const std::byte> bytes, std::int64_t size);

std::string codecName(int codec);

} // namespace hilo::parquet
