// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tokenise.h"

#include "base/json.h"
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
    const TokenisedExample one = REQUIRE_OK(tokenise(*sampleTokenizer(), gloss(), {64, true, RowUse::CompareLabels}));
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
    const TokenisedExample whole = REQUIRE_OK(tokenise(*sampleTokenizer(), gloss(), {0, true, RowUse::CompareLabels}));
    const TokenisedExample cut = REQUIRE_OK(tokenise(*sampleTokenizer(), gloss(), {8, true, RowUse::CompareLabels}));
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
    const Error error = REQUIRE_ERROR(tokenise(*sampleTokenizer(), example, {64, true, RowUse::CompareLabels}));
    CHECK_EQ(error.place, "line 3");
    CHECK_CONTAINS(error.message, "plant");
}

HILO_TEST(sharedBeginningsOfAllAnswersAreNoProblem)
{
    Example example = gloss();
    example.choices = {" the animal", " the plant", " the act"};
    example.answer = " the plant";
    const TokenisedExample one = REQUIRE_OK(tokenise(*sampleTokenizer(), example, {64, true, RowUse::CompareLabels}));
    CHECK_EQ(one.labelPosition, one.answerStart + 1);
}

HILO_TEST(earlierAnswersOfAConversationAreMarked)
{
    Example example;
    example.prompt = "Question: one? Answer: two. Question: three? Answer:";
    example.answer = " four.";
    const auto begin = example.prompt.find(" two.");
    example.earlierAnswers = {{begin, begin + 5}};
    const TokenisedExample one = REQUIRE_OK(tokenise(*sampleTokenizer(), example, {0, false, RowUse::Measure}));
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
    REQUIRE_OK(tokenise(*tokenizer, gloss(), {64, true, RowUse::CompareLabels}));
    for (const bool inAnswer : {false, true}) {
        Example row = gloss();
        (inAnswer ? row.answer : row.prompt) += " [PAD]";
        const Error error = REQUIRE_ERROR(tokenise(*tokenizer, row, {64, true, RowUse::LearnAnswer}));
        CHECK_CONTAINS(error.message, "[PAD]");
        CHECK_EQ(error.file, "rows.jsonl");
        CHECK_EQ(error.place, "line 3");
    }
    // The end of the text is a token of the row as well.
    CHECK_CONTAINS(
        REQUIRE_ERROR(tokenise(*withPadding("eos_token"), gloss(), {64, true, RowUse::CompareLabels})).message,
        "[PAD]");
}

HILO_TEST(aPromptWithItsBosHasOne)
{
    const Example plain = gloss();
    Example marked = gloss();
    marked.prompt = "<s>" + marked.prompt;
    const TokenisedExample one = REQUIRE_OK(tokenise(*sampleTokenizer(), marked, {64, true, RowUse::CompareLabels}));
    const auto bos = sampleTokenizer()->bos().value_or(-1);
    CHECK_EQ(std::count(one.tokens.begin(), one.tokens.end(), bos), 1);
    CHECK_EQ(one.tokens.front(), bos);
    CHECK_CONTAINS(textOf(one, one.answerStart, static_cast<std::int64_t>(one.tokens.size())), "plant");
    CHECK_EQ(one.tokens[static_cast<std::size_t>(one.labelPosition)], one.labelTokens[1]);
}

HILO_TEST(anAnswerLongerThanTheRowNeverPointsBehindItsEnd)
{
    Example example = gloss();
    example.choices.clear();
    for (const char* label : {"animal", "plant", "act"})
        example.choices.push_back(std::string(" the kind of thing that this gloss defines is a ") + label);
    example.answer = example.choices[1];
    const auto whole = REQUIRE_OK(tokenise(*sampleTokenizer(), example, {0, true, RowUse::CompareLabels}));
    CHECK(whole.labelPosition > whole.answerStart + 3);
    for (const RowUse use :
         {RowUse::Measure, RowUse::LearnAnswer, RowUse::LearnText, RowUse::CompareLabels, RowUse::Generate})
        for (std::int64_t limit = 1; limit <= static_cast<std::int64_t>(whole.tokens.size()) + 1; ++limit) {
            const TokeniseSettings settings{limit, true, use};
            const TokenisedExample one = REQUIRE_OK(tokenise(*sampleTokenizer(), example, settings));
            const auto size = static_cast<std::int64_t>(one.tokens.size());
            CHECK(size <= limit);
            CHECK(one.answerStart <= size);
            for (const auto& [begin, end] : one.answers)
                CHECK(begin < end && end <= size);
            if (use != RowUse::CompareLabels || !whyUnusable(one, settings).empty())
                continue;
            // What is compared is the place where the answers differ, behind something of the prompt.
            CHECK(one.labelPosition >= 1 && one.labelPosition <= size);
            CHECK(!one.promptLost);
            if (one.labelPosition < size)
                CHECK_EQ(one.tokens[static_cast<std::size_t>(one.labelPosition)], one.labelTokens[1]);
        }
    const TokeniseSettings small{8, true, RowUse::CompareLabels};
    const auto cut = REQUIRE_OK(tokenise(*sampleTokenizer(), example, small));
    CHECK_CONTAINS(whyUnusable(cut, small), "max_length 8");
}

HILO_TEST(rowsWithoutATokenToPredictAreRejectedByLine)
{
    std::vector<Example> examples(3);
    for (std::size_t i = 0; i < examples.size(); ++i) {
        examples[i].file = "rows.jsonl";
        examples[i].line = static_cast<std::int64_t>(i) + 1;
    }
    examples[0].answer = "a plant with leaves";
    examples[2].prompt = "a plant:";
    examples[2].answer = " tree";
    for (const RowUse use : {RowUse::LearnAnswer, RowUse::LearnText}) {
        // The end token follows nothing: BOS and EOS would be learnt, but not from a row.
        const TokenisedRows rows = REQUIRE_OK(tokeniseAll(*sampleTokenizer(), examples, {64, false, use}));
        CHECK_EQ(rows.examples, (std::vector<std::size_t>{0, 2}));
        CHECK_EQ(rows.rejected.size(), 1u);
        CHECK_EQ(rows.rejected[0].line, 2);
        CHECK_EQ(rows.rejected[0].file, "rows.jsonl");
        CHECK_CONTAINS(rows.rejected[0].reason, "blank");
    }
    const TokenisedRows short_ = REQUIRE_OK(tokeniseAll(*sampleTokenizer(), examples, {1, false, RowUse::LearnAnswer}));
    CHECK_EQ(short_.rows.size(), 0u);
    CHECK_CONTAINS(short_.rejected.back().reason, "max_length 1");
}

HILO_TEST(aPromptThatIsCutAwayCannotBeScoredOrAnswered)
{
    Example example = gloss();
    const auto whole = REQUIRE_OK(tokenise(*sampleTokenizer(), example, {0, true, RowUse::CompareLabels}));
    const auto answer = static_cast<std::int64_t>(whole.tokens.size()) - whole.answerStart;
    for (const RowUse use : {RowUse::CompareLabels, RowUse::Generate, RowUse::LearnAnswer}) {
        const TokeniseSettings none{1 + answer, true, use};
        const TokeniseSettings little{2 + answer, true, use};
        CHECK_CONTAINS(whyUnusable(REQUIRE_OK(tokenise(*sampleTokenizer(), example, none)), none), "prompt");
        CHECK_EQ(whyUnusable(REQUIRE_OK(tokenise(*sampleTokenizer(), example, little)), little), "");
    }
    // The whole text is learnt from what there is.
    const TokeniseSettings learnt{1 + answer, true, RowUse::LearnText};
    const auto row = REQUIRE_OK(tokenise(*sampleTokenizer(), example, learnt));
    CHECK(row.promptLost);
    CHECK_EQ(whyUnusable(row, learnt), "");
}
