// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/utf8.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace hilo::utf8 {
namespace {

bool isSpace(std::uint32_t character)
{
    return u_hasBinaryProperty(static_cast<UChar32>(character), UCHAR_WHITE_SPACE) != 0;
}

bool isWord(std::uint32_t character)
{
    const auto code = static_cast<UChar32>(character);
    return u_hasBinaryProperty(code, UCHAR_ALPHABETIC) || u_hasBinaryProperty(code, UCHAR_JOIN_CONTROL) ||
           (U_GET_GC_MASK(code) & (U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK)) != 0;
}

/// Where the character begins that ends at end.
std::size_t beginOfLast(std::string_view text, std::size_t end)
{
    do
        --end;
    while (end > 0 && U8_IS_TRAIL(static_cast<std::uint8_t>(text[end])));
    return end;
}

} // namespace

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

std::size_t spacesAtStart(std::string_view text)
{
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size() && isSpace(next(text, at));)
        end = at;
    return end;
}

std::size_t spacesAtEnd(std::string_view text)
{
    std::size_t begin = text.size();
    while (begin > 0) {
        std::size_t at = beginOfLast(text, begin);
        const std::size_t before = at;
        if (!isSpace(next(text, at)))
            break;
        begin = before;
    }
    return text.size() - begin;
}

bool startsWithWord(std::string_view text)
{
    std::size_t at = 0;
    return !text.empty() && isWord(next(text, at));
}

bool endsWithWord(std::string_view text)
{
    if (text.empty())
        return false;
    std::size_t at = beginOfLast(text, text.size());
    return isWord(next(text, at));
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
