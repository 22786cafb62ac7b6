// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hilo {

/// One frame of zstd (RFC 8878) with a window that holds all of the bytes, so that what is alike far apart costs
/// little.
std::string zstdFrame(std::string_view bytes);

/// The bytes of one whole frame, which must be exactly so many. Nothing where they are not, or where it is damaged.
std::optional<std::string> zstdBytes(std::string_view frame, std::size_t size);

} // namespace hilo
