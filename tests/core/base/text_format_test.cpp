// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text_format.h"

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
