// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text_format.h"
#include "base/valid_utf8.h"

#include "support/testing.h"

using namespace hilo;

HILO_TEST(textsAreJoined)
{
    CHECK_EQ(joined({}), "");
    CHECK_EQ(joined({"a"}), "a");
    CHECK_EQ(joined({"a", "", "c"}), "a, , c");
    CHECK_EQ(joined({"a", "b"}, ""), "ab");
}

HILO_TEST(numbersAreAsShortAsTheyCanBe)
{
    CHECK_EQ(shortestNumber(16), "16");
    CHECK_EQ(shortestNumber(0.1), "0.1");
    CHECK_EQ(shortestNumber(-2.5e-7), "-2.5e-07");
}

HILO_TEST(aShellReadsTheWordsBack)
{
    CHECK_EQ(shellCommand({"hilo", "train", "--set=a,b", "/home/ada/run_1.json"}),
             "hilo train --set=a,b /home/ada/run_1.json");
    CHECK_EQ(shellCommand({"hilo", "", "my runs", "ada's", "$HOME"}), "hilo '' 'my runs' 'ada'\\''s' '$HOME'");
}

HILO_TEST(xmlHoldsAnyText)
{
    CHECK_EQ(xmlEscaped("a < b & \"c\" > d\n"), "a &lt; b &amp; &quot;c&quot; &gt; d");
}

HILO_TEST(utf8EndsWhereItIsNone)
{
    using namespace std::string_literals;
    for (const std::string& valid : {""s, "a\0b"s, "é世🐡"s, "\xEF\xBF\xBF"s, "\xF4\x8F\xBF\xBF"s, "\xED\x9F\xBF"s})
        CHECK(isUtf8(valid));
    // Overlong, surrogates, beyond U+10FFFF, cut off, a byte that begins nothing.
    for (const std::string& broken :
         {"\xC0\x80"s, "\xC1\xBF"s, "\xE0\x9F\xBF"s, "\xED\xA0\x80"s, "\xF0\x8F\xBF\xBF"s, "\xF4\x90\x80\x80"s,
          "\xF5\x80\x80\x80"s, "\xE4\xB8"s, "\xF0\x9F\x90"s, "\x80"s, "\xFF"s, "\xE4"s + "A"s}) {
        CHECK_EQ(validUtf8Length("é" + broken), 2u);
        CHECK_EQ(validUtf8Length("é" + broken + "z"), 2u);
    }
}
