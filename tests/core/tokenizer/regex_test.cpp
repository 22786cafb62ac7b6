// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/regex.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

std::vector<std::string> groups(const std::string& pattern, const std::string& text)
{
    return REQUIRE_OK(REQUIRE_OK(Regex::compile(pattern, "file", "place")).firstGroups(text));
}

} // namespace

HILO_TEST(anEmptyMatchBeforeALongCharacterIsNoEndOfTheText)
{
    // As Rust's regular expressions and Oniguruma find them, from which the tokenizers' patterns come.
    CHECK_EQ(groups("(x*)", "é世🐡x"), (std::vector<std::string>{"", "", "", "x"}));
    CHECK_EQ(groups("b|(?=世)", "a世b"), (std::vector<std::string>{"", "b"}));
    CHECK_EQ(groups("(?:)|🐡(.)", "é🐡ü"), (std::vector<std::string>{"", "", "", ""}));
    CHECK_EQ(groups("answer: (\\w+)?", "answer: é, answer: , answer: b"),
             (std::vector<std::string>{"é", "answer: ", "b"}));
    CHECK(groups("x", "").empty());
}

HILO_TEST(aMatchThatIsGivenUpIsAnError)
{
    // Every way to cut the text is tried before there is none.
    const Regex regex = REQUIRE_OK(Regex::compile("((?:a|aa|a+)+)$", "template.json", "answer_pattern"));
    const std::string text = std::string(60, 'a') + "!";
    const Error groupsError = REQUIRE_ERROR(regex.firstGroups(text));
    CHECK_CONTAINS(groupsError.message, "gave up on a text of 61 bytes");
    CHECK_EQ(groupsError.place, "answer_pattern");
    CHECK_CONTAINS(REQUIRE_ERROR(regex.forEachMatch(text, [](std::size_t, std::size_t) {})).message, "gave up");
    CHECK(REQUIRE_ERROR(regex.firstGroups("\xff")).code == ErrorCode::BadInput);
}
