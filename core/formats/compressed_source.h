// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/byte_source.h"

#include <cstdint>
#include <string_view>

namespace hilo {

/// What a file is compressed by, told by its first bytes.
enum class Compression { None, Gzip, Zstd, Bzip2, Xz, Zip };

Compression compressionOf(std::string_view firstBytes);

/// The name without ".gz", ".gzip", ".zst" or ".zstd" at its end, in any case: "train.jsonl" of "train.jsonl.gz".
std::string withoutCompressionEnding(const std::string& name);

/// The bytes as they are, or unpacked where they begin as gzip (RFC 1952; several members, padded with zeros) or zstd
/// (RFC 8878; several frames, windows up to 128 MiB) has it; name stands in messages. Errors while reading, each with
/// the byte of the packed file: damaged, cut off, something behind the end, and what unpacks to more than
/// mostUnpackedTimes its size (beyond the first freeUnpackedBytes). bzip2, xz and zip are refused by name.
Result<std::unique_ptr<ByteSource>> unpackedSource(std::unique_ptr<ByteSource> source, const std::string& name);

inline constexpr std::uint64_t mostUnpackedTimes = 250;
inline constexpr std::uint64_t freeUnpackedBytes = std::uint64_t{64} << 20;

} // namespace hilo
