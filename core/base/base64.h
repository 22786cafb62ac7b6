// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hilo {

/// The bytes of a text in base64 (RFC 4648, section 4). Nothing where it is none: other characters, line breaks, wrong
/// or missing padding, bits behind the end that are not 0.
std::optional<std::string> base64Decoded(std::string_view text);

/// Bytes as such a text, padded.
std::string base64Encoded(std::string_view bytes);

} // namespace hilo
