// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/valid_utf8.h"

#include <unicode/utf8.h>

namespace hilo {

std::size_t validUtf8Length(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        UChar32 character = 0;
        U8_NEXT(text.data(), at, text.size(), character);
        if (character < 0)
            return begin;
    }
    return text.size();
}

} // namespace hilo
