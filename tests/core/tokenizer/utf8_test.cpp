// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/utf8.h"

#include "support/testing.h"

using namespace hilo;

namespace {

const std::string sign = "\xEF\xBF\xBD"; // U+FFFD

HILO_TEST(keepsWhatIsUtf8)
{
    for (const std::string text : {"", "a", "na\u00efve \u4f60\u597d \U0001F642", "\xEF\xBF\xBD"})
        CHECK_EQ(utf8::repaired(text), text);
    CHECK_EQ(utf8::repaired(std::string("a\0b", 3)), std::string("a\0b", 3));
}

HILO_TEST(replacesWhatIsNotWhereverItStands)
{
    CHECK_EQ(utf8::repaired("\xFF"), sign);
    CHECK_EQ(utf8::repaired("\xFFxy\xFE\xFEz"), sign + "xy" + sign + sign + "z");
    CHECK_EQ(utf8::repaired("ab\xC3"), "ab" + sign);
    // A character that ends too early is one sign, and the next one is kept.
    CHECK_EQ(utf8::repaired("\xF0\x9F\x99"
                            "A"),
             sign + "A");
    CHECK_EQ(utf8::repaired("\xE4\xBD\xE4\xBD\xA0"), sign + "\u4f60");
    // Surrogates and forms that are too long are no characters, byte by byte.
    CHECK_EQ(utf8::repaired("\xED\xA0\x80"), sign + sign + sign);
    CHECK_EQ(utf8::repaired("\xC0\xAF"), sign + sign);
}

HILO_TEST(goesFromCharacterToCharacter)
{
    const std::string text = "a\u00ef\U0001F642\xFF";
    std::vector<std::uint32_t> characters;
    for (std::size_t at = 0; at < text.size();)
        characters.push_back(utf8::next(text, at));
    CHECK_EQ(characters, (std::vector<std::uint32_t>{'a', 0xEF, 0x1F642, 0xFFFD}));
}

} // namespace
