// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "formats/parquet/metadata.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hilo::parquet {

using Bytes = std::span<const std::byte>;

/// A column's values before they get their meaning: one of the lists is used, by the physical type.
struct RawValues
{
    std::vector<std::int64_t> integers; ///< Boolean, Int32, Int64
    std::vector<double> numbers;        ///< Float, Double
    std::vector<std::string> texts;     ///< ByteArray, FixedLengthByteArray, Int96 (12 bytes)
    std::size_t size() const { return integers.size() + numbers.size() + texts.size(); }
};

/// count numbers of the run-length and bit-packed hybrid; bytes is cut to what follows. Errors: too few bytes, a width
/// above 32, a run that is longer than what is left.
Result<std::vector<std::uint32_t>> runLengths(Bytes& bytes, int bitWidth, std::size_t count);

/// count levels of the older BIT_PACKED encoding, highest bit first.
Result<std::vector<std::uint32_t>> bitPackedLevels(Bytes& bytes, int bitWidth, std::size_t count);

/// DELTA_BINARY_PACKED; at most count numbers, and exactly so many where the header says so.
Result<std::vector<std::int64_t>> deltaBinaryPacked(Bytes& bytes, std::size_t count);

/// Values of a page by the encoding's number in parquet.thrift: PLAIN, RLE of booleans, DELTA_BINARY_PACKED,
/// DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY, BYTE_STREAM_SPLIT. length: of fixed-length byte arrays.
Result<RawValues> decodeValues(int encoding, PhysicalType type, int length, Bytes bytes, std::size_t count);

std::string encodingName(int encoding);

/// The bits that a number up to most takes.
int bitWidthOf(std::uint32_t most);

} // namespace hilo::parquet
