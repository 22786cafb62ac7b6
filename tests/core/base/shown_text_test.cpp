// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shown_text.h"

#include "base/error.h"
#include "base/text_table.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(whatMovesTheCursorIsWrittenOut)
{
    CHECK_EQ(escaped("a\nb\r\tc"), "a\\nb\\r\\tc");
    CHECK_EQ(escaped("a\n\tb\x1b[2J", true), "a\n\tb\\x1b[2J");
    CHECK_EQ(escaped(std::string("nul\0end\x7f", 8)), "nul\\x00end\\x7f");
    // C1: the one-byte form of ESC [, in UTF-8.
    CHECK_EQ(escaped("\xc2\x9b"), "\\u009b");
    CHECK_EQ(escaped("\xe2\x80\xa8"), "\\u2028");
}

HILO_TEST(whatTurnsOrHidesTheTextIsWrittenOut)
{
    CHECK_EQ(escaped("a\u202e\u2066\u200f\u061cb"), "a\\u202e\\u2066\\u200f\\u061cb");
    CHECK_EQ(escaped("\ufeff\u200b\u00ad\u2060"), "\\ufeff\\u200b\\u00ad\\u2060");
    CHECK_EQ(escaped("\U000e0041"), "\\U000e0041");
    CHECK_EQ(escaped("\u3164"), "\\u3164");
}

HILO_TEST(lettersOfAllScriptsStay)
{
    for (const std::string text :
         {"größe", "世界", "e\u0301", "שלום", "नमस्ते", "👩\u200d👩\u200d👧", "❤\ufe0f", "می\u200cخواهم", "\\n"})
        CHECK_EQ(escaped(text), text);
}

HILO_TEST(bytesThatAreNoUtf8AreWrittenOut)
{
    CHECK_EQ(escaped("a\xff\xc3"), "a\\xff\\xc3");
    CHECK_EQ(escaped("\xc3("), "\\xc3(");
    CHECK_EQ(escaped("\xed\xa0\x80"), "\\xed\\xa0\\x80");
    CHECK_EQ(escaped("\xe4\xb8"), "\\xe4\\xb8");
}

HILO_TEST(longNamesLoseTheirMiddle)
{
    CHECK_EQ(shown("short"), "short");
    const std::string name = "model.layers." + std::string(300, 'n') + ".weight";
    const std::string text = shown(name);
    CHECK_EQ(displayColumns(text), 120u);
    CHECK(text.starts_with("model.layers.nnn") && text.ends_with("nnn.weight"));
    CHECK_CONTAINS(text, "…");
    CHECK_EQ(shown(text), text);
    CHECK_EQ(shown("abcdefghij", 7), "abcd…ij");
    CHECK_EQ(shown("世界世界世界", 7), "世界…界");
    CHECK_EQ(shown("abc", 0), "…");
    CHECK_EQ(shown("", 0), "");
    // Nothing is cut in two: neither letters nor what is written out.
    CHECK_EQ(shown("\n\n\n\n", 5), "\\n…");
    std::string heap = "a";
    for (int i = 0; i < 1000; ++i)
        heap += "\u0301";
    CHECK(shown(heap).size() < 300);
}

HILO_TEST(columnsAreThoseOfATerminal)
{
    CHECK_EQ(displayColumns("abc"), 3u);
    CHECK_EQ(displayColumns("größe"), 5u);
    CHECK_EQ(displayColumns("世界"), 4u);
    CHECK_EQ(displayColumns("ｆｕ"), 4u);
    CHECK_EQ(displayColumns("한글"), 4u);
    CHECK_EQ(displayColumns("\u1112\u1161\u11ab"), 2u);
    CHECK_EQ(displayColumns("e\u0301\u20dd"), 1u);
    CHECK_EQ(displayColumns("👍"), 2u);
    CHECK_EQ(displayColumns("❤"), 1u);
    CHECK_EQ(displayColumns("❤\ufe0f"), 2u);
    CHECK_EQ(displayColumns("\n"), 2u);
    CHECK_EQ(displayColumns("\u202e"), 6u);
}

HILO_TEST(noErrorBringsANameRaw)
{
    const std::string name = "\x1b[31m\u202e" + std::string(300, 'x') + "\n";
    const Error error = badInput("dir/" + name, "tensor \"" + name + "\"", "Found \"" + name + "\".", "Rename " + name);
    for (const std::string& text : {describe(error), error.message, error.place, error.hint}) {
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(text.find("\u202e") == std::string::npos);
    }
    CHECK_CONTAINS(error.message, "\\x1b[31m\\u202e");
    CHECK_CONTAINS(error.message, "…");
    // Two lines: the message and the hint.
    const std::string whole = describe(error);
    CHECK_EQ(std::count(whole.begin(), whole.end(), '\n'), 1);
    // A file's name may be needed whole, and a hint may be a command.
    CHECK_CONTAINS(whole, std::string(300, 'x'));
    CHECK_EQ(describe(wrongUsage("no \a strategy")), "no \\x07 strategy");
    CHECK_EQ(describe(Error{ErrorCode::Internal, "a\nb", "c\rd", "e", "f\tg"}), "c\\rd: e: a\\nb\n  f\\tg");
}

HILO_TEST(tablesAlignByColumnsOfATerminal)
{
    CHECK_EQ(alignedTable({{"name", "n"}, {"é", "10"}, {"abcde", "7"}}), "name   n\né      10\nabcde   7\n");
    CHECK_EQ(alignedTable({{"run", "state"}, {"世界", "done"}, {"👍", "failed"}, {"e\u0301", "x"}}),
             "run   state\n世界  done\n👍    failed\ne\u0301     x\n");
    CHECK_EQ(alignedTable({{"run", "state"}, {"a\nb\x1b[1m", "done"}}), "run          state\na\\nb\\x1b[1m  done\n");
    const std::string wide = alignedTable({{"run", "state"}, {std::string(5000, 'w'), "done"}});
    CHECK(wide.size() < 700);
    CHECK_CONTAINS(wide, "w  done\n");
}

HILO_TEST(tablesWithoutAHeadKeepTheirSides)
{
    CHECK_EQ(alignedTable({{"a", "1,000"}, {"世界", "7"}}, 1), "a     1,000\n世界      7\n");
    CHECK_EQ(alignedTable({{"1", "2"}, {"10", "20"}}, 2), "1   2\n10  20\n");
    CHECK_EQ(alignedTable(TextRows{}, 1), "");
}
