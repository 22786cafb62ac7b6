// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/text_windows.h"

#include "data/text_runs.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

constexpr TokeniseSettings uncut{0, true, RowUse::LearnAnswer};

/// One with a special prefix, one without.
std::vector<std::shared_ptr<const Tokenizer>> tokenizers()
{
    return {REQUIRE_OK(Tokenizer::load(std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes/base")),
            REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/qwen")))};
}

Example book(int words)
{
    Example example;
    for (int i = 0; i < words; ++i)
        example.answer += (i == 0 ? "" : i % 9 == 0 ? "\n" : " ") + std::string(i % 3 == 0 ? "tree" : "plant");
    example.file = "book.txt";
    example.line = 1;
    return example;
}

} // namespace

HILO_TEST(everyTokenOfALongTextIsPredictedOnce)
{
    for (const auto& tokenizer : tokenizers()) {
        const auto special = tokenizer->specialPrefix().size();
        for (const int words : {5, 30, 31, 32, 33, 200})
            for (const std::int64_t maxLength :
                 {static_cast<std::int64_t>(special) + 1, std::int64_t{7}, std::int64_t{16}}) {
                if (maxLength < 2)
                    continue;
                const Example example = book(words);
                const TokenisedExample whole = REQUIRE_OK(tokenise(*tokenizer, example, uncut));
                const auto windows =
                    REQUIRE_OK(tokeniseFor(*tokenizer, example, {maxLength, true, RowUse::LearnAnswer}));
                CHECK_EQ(static_cast<std::int64_t>(windows.size()),
                         windowCount(static_cast<std::int64_t>(whole.tokens.size()), whole.special, maxLength));
                std::vector<std::int32_t> joined;
                for (const TokenisedExample& window : windows) {
                    CHECK(static_cast<std::int64_t>(window.tokens.size()) <= maxLength);
                    CHECK(!window.truncated && !window.promptLost);
                    CHECK_EQ(window.answers.size(), 1u);
                    CHECK_EQ(window.answers[0].first, static_cast<std::int64_t>(special));
                    CHECK_EQ(window.answers[0].second, static_cast<std::int64_t>(window.tokens.size()));
                    CHECK_EQ(whyUnusable(window, {maxLength, true, RowUse::LearnAnswer}), "");
                    // What has a token before it is predicted; the first of all has one where there is a prefix.
                    const bool isFirst = joined.empty();
                    const std::size_t from = isFirst ? 0 : std::max<std::size_t>(1, special);
                    if (!isFirst && special == 0)
                        CHECK_EQ(window.tokens.front(), joined.back());
                    if (!isFirst && special > 0)
                        CHECK(std::equal(window.tokens.begin(),
                                         window.tokens.begin() + static_cast<std::ptrdiff_t>(special),
                                         whole.tokens.begin()));
                    joined.insert(joined.end(), window.tokens.begin() + static_cast<std::ptrdiff_t>(from),
                                  window.tokens.end());
                }
                CHECK(joined == whole.tokens);
            }
    }
}

HILO_TEST(otherRowsAreCutAsBefore)
{
    const auto tokenizer = tokenizers()[0];
    const auto rowsOf = [&](const Example& example, RowUse use) {
        return REQUIRE_OK(tokeniseFor(*tokenizer, example, {12, true, use})).size();
    };
    CHECK(rowsOf(book(50), RowUse::LearnAnswer) > 1);
    CHECK(rowsOf(book(50), RowUse::LearnText) > 1);
    CHECK_EQ(rowsOf(book(50), RowUse::Generate), 1u);
    CHECK_EQ(rowsOf(book(50), RowUse::Measure), 1u);
    Example asked = book(50);
    asked.prompt = "What is it?";
    CHECK_EQ(rowsOf(asked, RowUse::LearnText), 1u);
    Example judged = book(50);
    judged.isGood = true;
    CHECK_EQ(rowsOf(judged, RowUse::LearnAnswer), 1u);
    // No room for a token behind the special prefix.
    CHECK_EQ(REQUIRE_OK(tokeniseFor(*tokenizer, book(50), {1, true, RowUse::LearnAnswer})).size(), 1u);
    CHECK_EQ(REQUIRE_OK(tokeniseAll(*tokenizer, {book(50)}, {1, true, RowUse::LearnAnswer})).rejected.size(), 1u);
}

HILO_TEST(windowsKnowTheirText)
{
    const auto tokenizer = tokenizers()[0];
    const TokenisedRows rows =
        REQUIRE_OK(tokeniseAll(*tokenizer, {book(2), book(60), book(3)}, {16, true, RowUse::LearnText}));
    CHECK_EQ(rows.inWindows, 1);
    CHECK_EQ(rows.examples.size(), rows.rows.size());
    CHECK_EQ(rows.examples.front(), 0u);
    CHECK_EQ(rows.examples[1], 1u);
    CHECK_EQ(rows.examples[rows.examples.size() - 2], 1u);
    CHECK_EQ(rows.examples.back(), 2u);
}

HILO_TEST(thePreviewShowsWhereWindowsBegin)
{
    for (const auto& tokenizer : tokenizers()) {
        const Example example = book(60);
        const TokeniseSettings settings{16, true, RowUse::LearnAnswer};
        const auto windows = REQUIRE_OK(tokeniseFor(*tokenizer, example, settings));
        std::int64_t trained = 0;
        std::string text;
        for (const TextRun& run : REQUIRE_OK(textRuns(tokenizer, example, settings))) {
            CHECK(run.kind != TextRun::Kind::Cut);
            trained += run.kind == TextRun::Kind::Trained;
            text += run.text;
        }
        CHECK_EQ(trained, static_cast<std::int64_t>(windows.size()));
        CHECK_CONTAINS(text, example.answer);
    }
}
