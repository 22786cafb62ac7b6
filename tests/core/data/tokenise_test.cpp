// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "data/example.h"
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

Example gloss()
{
    Example example;
    example.prompt = "a tall perennial woody plant having a main trunk:";
    example.answer = " plant";
    example.choices = {" animal", " plant", " act"};
    example.labels = {"animal", "plant", "act"};
    example.correct = 1;
    example.file = "rows.jsonl";
    example.line = 3;
    return example;
}

std::string textOf(const TokenisedExample& one, std::int64_t begin, std::int64_t end)
{
    return sampleTokenizer()->decode(
        std::span(one.tokens).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
}

} // namespace

HILO_TEST(promptAndAnswerPartAtAToken)
{
    const TokenisedExample one = REQUIRE_OK(tokenise(*sampleTokenizer(), gloss(), {64, true, true}));
    CHECK_EQ(one.tokens.front(), sampleTokenizer()->bos().value_or(-1));
    CHECK_EQ(one.tokens.back(), sampleTokenizer()->eos().value_or(-1));
    CHECK_CONTAINS(textOf(one, one.answerStart, static_cast<std::int64_t>(one.tokens.size())), "plant");
    CHECK_EQ(one.answers.size(), 1u);
    CHECK_EQ(one.labelPosition, one.answerStart);
    CHECK_EQ(one.labelTokens.size(), 3u);
    CHECK_EQ(one.tokens[static_cast<std::size_t>(one.labelPosition)], one.labelTokens[1]);
}

HILO_TEST(aLongPromptLosesItsBeginning)
{
    const TokenisedExample whole = REQUIRE_OK(tokenise(*sampleTokenizer(), gloss(), {0, true, true}));
    const TokenisedExample cut = REQUIRE_OK(tokenise(*sampleTokenizer(), gloss(), {8, true, true}));
    CHECK(!whole.truncated);
    CHECK(cut.truncated);
    CHECK_EQ(cut.tokens.size(), 8u);
    CHECK_EQ(cut.tokens.front(), sampleTokenizer()->bos().value_or(-1));
    CHECK_EQ(cut.tokens[static_cast<std::size_t>(cut.labelPosition)], cut.labelTokens[1]);
    const auto answer = static_cast<std::ptrdiff_t>(whole.tokens.size()) - whole.answerStart;
    CHECK(std::equal(whole.tokens.end() - answer, whole.tokens.end(), cut.tokens.begin() + cut.answerStart));
}

HILO_TEST(answersThatBeginAlikeAreAnError)
{
    Example example = gloss();
    example.choices = {" plant life", " plant food", " act"};
    const Error error = REQUIRE_ERROR(tokenise(*sampleTokenizer(), example, {64, true, true}));
    CHECK_EQ(error.place, "line 3");
    CHECK_CONTAINS(error.message, "plant");
}

HILO_TEST(sharedBeginningsOfAllAnswersAreNoProblem)
{
    Example example = gloss();
    example.choices = {" the animal", " the plant", " the act"};
    example.answer = " the plant";
    const TokenisedExample one = REQUIRE_OK(tokenise(*sampleTokenizer(), example, {64, true, true}));
    CHECK_EQ(one.labelPosition, one.answerStart + 1);
}

HILO_TEST(earlierAnswersOfAConversationAreMarked)
{
    Example example;
    example.prompt = "Question: one? Answer: two. Question: three? Answer:";
    example.answer = " four.";
    const auto begin = example.prompt.find(" two.");
    example.earlierAnswers = {{begin, begin + 5}};
    const TokenisedExample one = REQUIRE_OK(tokenise(*sampleTokenizer(), example, {0, false, false}));
    CHECK_EQ(one.answers.size(), 2u);
    CHECK_CONTAINS(textOf(one, one.answers[0].first, one.answers[0].second), "two.");
    CHECK_CONTAINS(textOf(one, one.answers[1].first, one.answers[1].second), "four.");
}

namespace {

/// The sample project's tokenizer with a token that its embedding has no row for.
std::shared_ptr<const Tokenizer> withPadding(const char* key)
{
    const TemporaryFolder folder;
    const std::filesystem::path base = std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes/base";
    for (const char* name : {"tokenizer.json", "config.json"})
        std::filesystem::copy_file(base / name, folder / name);
    Json config = REQUIRE_OK(readJsonFile(base / "tokenizer_config.json"));
    config[key] = "[PAD]";
    REQUIRE_OK(writeJsonFile(folder / "tokenizer_config.json", config));
    return REQUIRE_OK(Tokenizer::load(folder.path()));
}

} // namespace

HILO_TEST(aTokenWithoutARowOfTheEmbeddingIsNamedWithItsLine)
{
    const auto tokenizer = withPadding("pad_token");
    REQUIRE_OK(tokenise(*tokenizer, gloss(), {64, true, true}));
    for (const bool inAnswer : {false, true}) {
        Example row = gloss();
        (inAnswer ? row.answer : row.prompt) += " [PAD]";
        const Error error = REQUIRE_ERROR(tokenise(*tokenizer, row, {64, true, false}));
        CHECK_CONTAINS(error.message, "[PAD]");
        CHECK_EQ(error.file, "rows.jsonl");
        CHECK_EQ(error.place, "line 3");
    }
    // The end of the text is a token of the row as well.
    CHECK_CONTAINS(REQUIRE_ERROR(tokenise(*withPadding("eos_token"), gloss(), {64, true, true})).message, "[PAD]");
}

HILO_TEST(aPromptWithItsBosHasOne)
{
    const Example plain = gloss();
    Example marked = gloss();
    marked.prompt = "<s>" + marked.prompt;
    const TokenisedExample one = REQUIRE_OK(tokenise(*sampleTokenizer(), marked, {64, true, true}));
    const auto bos = sampleTokenizer()->bos().value_or(-1);
    CHECK_EQ(std::count(one.tokens.begin(), one.tokens.end(), bos), 1);
    CHECK_EQ(one.tokens.front(), bos);
    CHECK_CONTAINS(textOf(one, one.answerStart, static_cast<std::int64_t>(one.tokens.size())), "plant");
    CHECK_EQ(one.tokens[static_cast<std::size_t>(one.labelPosition)], one.labelTokens[1]);
}
