// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/answer_tokens.h"

#include "data/tokenise.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

std::shared_ptr<const Tokenizer> sampleTokenizer()
{
    static const auto tokenizer =
        REQUIRE_OK(Tokenizer::load(std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes/base"));
    return tokenizer;
}

Example question(const std::string& prompt, const std::vector<std::string>& choices)
{
    Example example;
    example.prompt = prompt;
    example.choices = choices;
    example.labels = choices;
    example.answer = choices.front();
    example.correct = 0;
    example.file = "rows.jsonl";
    example.line = 3;
    return example;
}

std::string answerOf(const ChoiceTokens& choice)
{
    return sampleTokenizer()->decode(std::span(choice.tokens).subspan(static_cast<std::size_t>(choice.start)));
}

} // namespace

HILO_TEST(choicesAreWholeAnswersWithoutEos)
{
    const Example example = question("a tall woody plant is a kind of:", {" plant life", " plant food", " act"});
    const auto choices = REQUIRE_OK(choiceTokens(*sampleTokenizer(), example, 0));
    CHECK_EQ(choices.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK_CONTAINS(answerOf(choices[i]), example.choices[i].substr(1));
        CHECK(choices[i].tokens.back() != sampleTokenizer()->eos());
        CHECK_EQ(choices[i].tokens.front(), sampleTokenizer()->bos().value_or(-1));
        // The whole is encoded at once.
        CHECK(choices[i].tokens == REQUIRE_OK(sampleTokenizer()->encode(example.prompt + example.choices[i], true)));
    }
    // Characters, not bytes, and without the space before the answer.
    CHECK_EQ(choices[0].characters, 10);
    CHECK_EQ(REQUIRE_OK(choiceTokens(*sampleTokenizer(), question("x:", {" \u00e9t\u00e9", "ab"}), 0))[0].characters,
             3);
}

HILO_TEST(spacesAtAPromptsEndAreTheAnswers)
{
    const auto plain = REQUIRE_OK(choiceTokens(*sampleTokenizer(), question("a kind of:", {" plant", " act"}), 0));
    for (const char* end : {" ", "  ", "\n", " \n\n"}) {
        const std::string prompt = std::string("a kind of:") + end;
        const auto moved = REQUIRE_OK(choiceTokens(*sampleTokenizer(), question(prompt, {"plant", "act"}), 0));
        CHECK_EQ(moved[0].start, plain[0].start);
        CHECK(moved[0].tokens == REQUIRE_OK(sampleTokenizer()->encode(prompt + "plant", true)));
        CHECK_EQ(moved[0].characters, 5);
    }
}

HILO_TEST(longPromptsAreCutAlikeForAllChoices)
{
    const Example example =
        question("a tall perennial woody plant having a main trunk is a kind of:", {" plant", " the act of a plant"});
    const auto whole = REQUIRE_OK(choiceTokens(*sampleTokenizer(), example, 0));
    const auto cut = REQUIRE_OK(choiceTokens(*sampleTokenizer(), example, 14));
    CHECK_EQ(cut[1].tokens.size(), 14u);
    const auto dropped = whole[1].tokens.size() - cut[1].tokens.size();
    CHECK(dropped > 0);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK_EQ(whole[i].tokens.size() - cut[i].tokens.size(), dropped);
        CHECK_EQ(answerOf(whole[i]), answerOf(cut[i]));
        CHECK_EQ(cut[i].tokens.front(), sampleTokenizer()->bos().value_or(-1));
    }
    // What does not fit is rejected, not scored by a part of it.
    const TokeniseSettings small{3, true, RowUse::CompareChoices};
    CHECK(!whyUnusable(REQUIRE_OK(tokenise(*sampleTokenizer(), example, small)), small).empty());
}

HILO_TEST(rowsWithoutAnAnswerOfTheirOwnAreRejected)
{
    const TokeniseSettings settings{0, true, RowUse::CompareChoices};
    const auto why = [&](const Example& example) {
        return whyUnusable(REQUIRE_OK(tokenise(*sampleTokenizer(), example, settings)), settings);
    };
    CHECK_EQ(why(question("x:", {" a", " b"})), "");
    CHECK_CONTAINS(why(question("x:", {" a", ""})), "no token of its own");
    // A BOS stands before a blank prompt's answers.
    CHECK_EQ(why(question("", {"a", "b"})), "");
}

HILO_TEST(whatOneTokenDoesNotTellApartIsSaid)
{
    const auto clash = [](const std::vector<std::string>& choices) {
        return REQUIRE_OK(labelTokens(*sampleTokenizer(), question("a kind of:", choices), true)).clash;
    };
    CHECK_EQ(clash({" plant", " act"}), "");
    CHECK_CONTAINS(clash({" plant life", " plant food", " act"}), "begin with the same token");
    const auto without = labelTokens(*sampleTokenizer(), question("a kind of:", {" plant", " plant life"}), false);
    CHECK_CONTAINS(REQUIRE_OK(without).clash, "is the beginning of another one");
    // EOS tells it from the longer one.
    CHECK_EQ(clash({" plant", " plant life"}), "");
}
