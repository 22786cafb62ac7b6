// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/arrow/message.h"

namespace hilo::arrow {

/// A buffer as the column has it: stored as it is, or behind its unpacked size (apache/arrow: Message.fbs,
/// BodyCompression). What was unpacked lies in owned. left is how many bytes may still be unpacked, and is lowered.
/// Errors: damaged, another size, more than left.
Result<Bytes> unpackBuffer(Bytes stored, BatchLayout::Codec codec, const std::string& place,
                           std::vector<std::vector<std::byte>>& owned, std::uint64_t& left);

/// The most that the buffers of a record batch may unpack to.
inline constexpr std::uint64_t mostUnpackedBytes = std::uint64_t{2} << 30;

} // namespace hilo::arrow
