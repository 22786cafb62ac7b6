// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shown_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace hilo {
namespace {

constexpr UChar32 joiner = 0x200D, nonJoiner = 0x200C, emojiSelector = 0xFE0F;
constexpr std::size_t longestWord = 200;

/// One character as it is shown.
struct Glyph
{
    std::string text;
    std::size_t columns = 0;
};

bool isWrittenOut(UChar32 character)
{
    switch (u_charType(character)) {
    case U_CONTROL_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        return true;
    case U_FORMAT_CHAR:
        // Joiners shape scripts and emoji; signs that stand around numbers can be seen.
        return character != joiner && character != nonJoiner &&
               !u_hasBinaryProperty(character, UCHAR_PREPENDED_CONCATENATION_MARK);
    case U_OTHER_LETTER:
        // Hangul's fillers are letters that are not seen.
        return u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
    default:
        return false;
    }
}

std::string writtenOut(UChar32 character)
{
    if (character == '\n')
        return "\\n";
    if (character == '\r')
        return "\\r";
    if (character == '\t')
        return "\\t";
    char text[16];
    std::snprintf(text, sizeof text,
                  character < 0x80      ? "\\x%02x"
                  : character < 0x10000 ? "\\u%04x"
                                        : "\\U%08x",
                  static_cast<unsigned>(character));
    return text;
}

std::size_t columnsOf(UChar32 character)
{
    switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
        return 0;
    default:
        break;
    }
    // The second and third part of a Hangul syllable stand in the first one's square.
    const int syllable = u_getIntPropertyValue(character, UCHAR_HANGUL_SYLLABLE_TYPE);
    if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO)
        return 0;
    const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::vector<Glyph> glyphsOf(std::string_view text, bool keepLines)
{
    std::vector<Glyph> glyphs;
    UChar32 last = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        UChar32 character = 0;
        U8_NEXT(text.data(), at, text.size(), character);
        if (character < 0) {
            at = begin + 1;
            char byte[8];
            std::snprintf(byte, sizeof byte, "\\x%02x", static_cast<unsigned char>(text[begin]));
            glyphs.push_back({byte, 4});
        } else if (keepLines && (character == '\n' || character == '\t')) {
            glyphs.push_back({std::string(1, text[begin]), 0});
        } else if (isWrittenOut(character)) {
            std::string written = writtenOut(character);
            const std::size_t columns = written.size();
            glyphs.push_back({std::move(written), columns});
        } else {
            glyphs.push_back({std::string(text.substr(begin, at - begin)), columnsOf(character)});
            // A sign that is told to be drawn as an emoji takes an emoji's place.
            if (character == emojiSelector && u_hasBinaryProperty(last, UCHAR_EMOJI) && columnsOf(last) == 1)
                glyphs.back().columns = 1;
        }
        last = character;
    }
    return glyphs;
}

std::size_t sumOfColumns(const std::vector<Glyph>& glyphs)
{
    std::size_t columns = 0;
    for (const Glyph& glyph : glyphs)
        columns += glyph.columns;
    return columns;
}

std::string textOf(const std::vector<Glyph>& glyphs, std::size_t begin, std::size_t end)
{
    std::string text;
    for (std::size_t i = begin; i < end; ++i)
        text += glyphs[i].text;
    return text;
}

/// Two thirds of the room for the beginning, the rest for the end, which of tensors and files says the most. Marks
/// without columns count one each, so that no heap of them stays whole.
std::string shortened(const std::vector<Glyph>& glyphs, std::size_t begin, std::size_t end, std::size_t columns)
{
    const auto cost = [&](std::size_t i) { return std::max<std::size_t>(glyphs[i].columns, 1); };
    std::size_t all = 0;
    for (std::size_t i = begin; i < end; ++i)
        all += cost(i);
    if (all <= columns)
        return textOf(glyphs, begin, end);
    const std::size_t room = columns > 0 ? columns - 1 : 0;
    const std::size_t front = room - room / 3;
    std::size_t first = begin, used = 0;
    for (; used + cost(first) <= front; ++first)
        used += cost(first);
    std::size_t last = end;
    for (used = 0; used + cost(last - 1) <= room / 3; --last)
        used += cost(last - 1);
    // A mark would stand on the dots.
    while (last < end && glyphs[last].columns == 0)
        ++last;
    return textOf(glyphs, begin, first) + "…" + textOf(glyphs, last, end);
}

} // namespace

std::string escaped(std::string_view text, bool keepLines)
{
    const std::vector<Glyph> glyphs = glyphsOf(text, keepLines);
    return textOf(glyphs, 0, glyphs.size());
}

std::string shown(std::string_view name, std::size_t columns)
{
    const std::vector<Glyph> glyphs = glyphsOf(name, false);
    return shortened(glyphs, 0, glyphs.size(), columns);
}

std::string shownMessage(std::string_view text)
{
    const std::vector<Glyph> glyphs = glyphsOf(text, false);
    std::string result;
    for (std::size_t begin = 0; begin < glyphs.size();) {
        std::size_t end = begin;
        while (end < glyphs.size() && glyphs[end].text != " ")
            ++end;
        result += shortened(glyphs, begin, end, longestWord);
        for (; end < glyphs.size() && glyphs[end].text == " "; ++end)
            result += ' ';
        begin = end;
    }
    return result;
}

std::size_t displayColumns(std::string_view text)
{
    return sumOfColumns(glyphsOf(text, false));
}

} // namespace hilo
