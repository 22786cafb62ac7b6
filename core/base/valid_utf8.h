// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace hilo {

/// How many bytes at the beginning of text are whole characters of UTF-8: no overlong forms, no surrogates, nothing
/// above U+10FFFF. text.size() where all of it is.
std::size_t validUtf8Length(std::string_view text);

inline bool isUtf8(std::string_view text)
{
    return validUtf8Length(text) == text.size();
}

} // namespace hilo
