// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hilo {

/// GPT-2's reversible map from bytes to printable characters: 33-126, 161-172 and 174-255 stand for themselves, the
/// other 68 for U+0100 onwards in order.
std::string bytesToCharacters(std::string_view bytes);

/// The way back; nothing where a character stands for no byte.
std::optional<std::string> charactersToBytes(std::string_view characters);

} // namespace hilo
