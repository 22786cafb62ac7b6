// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/utf8.h"

#include <unicode/utf8.h>

namespace hilo::utf8 {

std::size_t lengthFrom(unsigned char lead)
{
    return U8_IS_LEAD(lead) ? static_cast<std::size_t>(U8_COUNT_TRAIL_BYTES(lead)) + 1 : 1;
}

std::string repaired(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    std::size_t copied = 0; // of text
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        UChar32 codePoint = 0;
        U8_NEXT(bytes, at, text.size(), codePoint);
        if (codePoint >= 0)
            continue;
        result.append(text, copied, begin - copied);
        result += replacement;
        copied = at;
    }
    result.append(text, copied);
    return result;
}

std::size_t incompleteTail(std::string_view text)
{
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if (U8_IS_LEAD(byte))
            return lengthFrom(byte) > back ? back : 0;
        if (!U8_IS_TRAIL(byte))
            return 0;
    }
    return 0;
}

void append(std::string& text, std::uint32_t codePoint)
{
    char bytes[4];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, codePoint);
    text.append(bytes, static_cast<std::size_t>(length));
}

std::uint32_t next(std::string_view text, std::size_t& at)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    UChar32 codePoint = 0;
    U8_NEXT_OR_FFFD(bytes, at, text.size(), codePoint);
    return static_cast<std::uint32_t>(codePoint);
}

} // namespace hilo::utf8
