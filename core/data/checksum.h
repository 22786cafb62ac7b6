// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hilo {

/// 64 bits that tell bytes from bytes that a disk or a hand has changed, at the speed of memory; no protection from
/// anybody who means harm. Four lanes of multiply and rotate over words of eight bytes.
std::uint64_t checksumOf(std::span<const std::byte> bytes);

} // namespace hilo
