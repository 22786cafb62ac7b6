// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/preference_example.h"
#include "data/render.h"
#include "data/template_choice.h"
#include "data/tokenise_pair.h"

#include "support/testing.h"

#include <algorithm>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::shared_ptr<const Tokenizer> sampleTokenizer()
{
    static const auto tokenizer =
        REQUIRE_OK(Tokenizer::load(std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes/base"));
    return tokenizer;
}

std::vector<Row> rowsOf(const std::string& jsonl)
{
    const TemporaryFolder folder;
    writeText(folder / "rows.jsonl", jsonl);
    DataSpec spec;
    spec.path = (folder / "rows.jsonl").string();
    return REQUIRE_OK(readDataset(spec)).splits.at("train");
}

Examples rendered(const std::string& name, const std::string& jsonl)
{
    return REQUIRE_OK(renderExamples(rowsOf(jsonl), REQUIRE_OK(loadTemplate(name)), {}));
}

Example pair(const std::string& prompt, const std::string& chosen, const std::string& rejected)
{
    Example example;
    example.prompt = prompt;
    example.answer = chosen;
    example.file = "pairs.jsonl";
    example.line = 1;
    Example other = example;
    other.answer = rejected;
    example.rejected = {other};
    return example;
}

std::vector<std::int32_t> promptOf(const TokenisedExample& row)
{
    return {row.tokens.begin(), row.tokens.begin() + row.answerStart};
}

} // namespace

HILO_TEST(pairsOfTurnsSayWhatTheyNeed)
{
    const std::string turns = R"([{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}])";
    const auto reasonOf = [&](const std::string& name, const std::string& row) {
        const auto found = renderExamples(rowsOf(row), REQUIRE_OK(loadTemplate(name)), {});
        return REQUIRE_ERROR(found).message;
    };
    const std::string pairs =
        reasonOf("preference", R"({"prompt": "Q", "chosen": )" + turns + R"(, "rejected": )" + turns + "}");
    CHECK_CONTAINS(pairs, "choose the template preference-chat, or preference-chatml where the model has no chat");
    CHECK_CONTAINS(reasonOf("judged", R"({"prompt": "Q", "completion": )" + turns + R"(, "label": true})"),
                   "choose the template judged-chat");
    CHECK_CONTAINS(reasonOf("prompt-completion", R"({"prompt": "Q", "completion": )" + turns + "}"),
                   "choose the template chat, or chatml");
}

HILO_TEST(anEmptyCellIsNoMissingColumn)
{
    const auto found =
        renderExamples(rowsOf(R"({"instruction": "Q", "output": null})"), REQUIRE_OK(loadTemplate("alpaca")), {});
    CHECK_CONTAINS(REQUIRE_ERROR(found).message, "there is no column \"output\", or it is empty (null)");
}

HILO_TEST(fieldsThatATemplateDoesNotHaveAreRefused)
{
    Dataset dataset;
    dataset.splits["train"] = rowsOf(R"({"q": "Q", "a": "A", "b": "B"})");
    DataSpec spec;
    spec.template_ = "preference";
    for (const char* known : {"prompt", "chosen", "rejected", "question", "rejected_response"}) {
        spec.columns = {{known, "q"}};
        REQUIRE_OK(chooseTemplate(spec, dataset, nullptr));
    }
    spec.columns = {{"promt", "q"}};
    const Error error = REQUIRE_ERROR(chooseTemplate(spec, dataset, nullptr));
    CHECK_EQ(error.place, "data.columns");
    CHECK_CONTAINS(error.message, "\"preference\" has no field \"promt\"");
    CHECK_CONTAINS(error.hint, "prompt, chosen");
    // What the data is split by may be mapped, too.
    spec.splitColumn = "promt";
    REQUIRE_OK(chooseTemplate(spec, dataset, nullptr));
    spec.template_ = "classify";
    spec.columns = {{"text", "q"}, {"label", "a"}};
    REQUIRE_OK(chooseTemplate(spec, dataset, nullptr));
}

HILO_TEST(pairsHaveBothAnswers)
{
    const Examples found = rendered("preference", R"({"prompt": "Q: ", "chosen": "yes", "rejected": "no"})"
                                                  "\n"
                                                  R"({"question": "R: ", "chosen": "a", "rejected_response": "b"})");
    CHECK_EQ(found.examples.size(), 2u);
    CHECK_EQ(found.examples[0].prompt, "Q: ");
    CHECK_EQ(found.examples[0].answer, "yes");
    CHECK_EQ(found.examples[0].rejected.at(0).answer, "no");
    CHECK_EQ(found.examples[1].rejected.at(0).answer, "b");
    CHECK(!found.examples[0].isGood.has_value());
}

HILO_TEST(pairsThatPreferNothingAreRejected)
{
    const Examples found = rendered("preference", R"({"prompt": "Q", "chosen": "yes", "rejected": "no"})"
                                                  "\n"
                                                  R"({"prompt": "Q", "chosen": "same", "rejected": "same"})"
                                                  "\n"
                                                  R"({"prompt": "Q", "chosen": "yes", "rejected": ""})"
                                                  "\n"
                                                  R"({"prompt": "Q", "chosen": "yes"})");
    CHECK_EQ(found.examples.size(), 1u);
    CHECK_EQ(found.rejected.size(), 3u);
    CHECK_CONTAINS(found.rejected[0].reason, "are the same");
    CHECK_CONTAINS(found.rejected[1].reason, "rejected answer is empty");
    CHECK_CONTAINS(found.rejected[2].reason, "no column \"rejected\"");
    CHECK_EQ(found.rejected[2].line, 4);
}

HILO_TEST(judgementsAreReadInTheWordsOfDataSets)
{
    std::string rows;
    for (const char* yes : {"true", "1", "\"True\"", "\"good\"", "\"yes\""})
        rows += std::string(R"({"prompt": "Q", "completion": "a", "label": )") + yes + "}\n";
    for (const char* no : {"false", "0", "\"False\"", "-1"})
        rows += std::string(R"({"prompt": "Q", "completion": "a", "label": )") + no + "}\n";
    rows += R"({"prompt": "Q", "completion": "a", "label": "perhaps"})"
            "\n";
    rows += R"({"prompt": "Q", "completion": "a"})"
            "\n";
    const Examples found = rendered("judged", rows);
    CHECK_EQ(found.examples.size(), 9u);
    CHECK_EQ(std::count_if(found.examples.begin(), found.examples.end(),
                           [](const Example& one) { return one.isGood.value_or(false); }),
             5);
    CHECK_EQ(found.rejected.size(), 2u);
    CHECK_CONTAINS(found.rejected[0].reason, "\"perhaps\" in \"label\" is no judgement");
    CHECK_CONTAINS(found.rejected[1].reason, "no column \"label\"");
}

HILO_TEST(bothRowsOfAPairKeepTheSamePrompt)
{
    const Example example =
        pair("a tall perennial woody plant having a main trunk and branches forming a crown:", " plant",
             " a kind of animal that lives in the sea");
    const TokenisedExample whole = REQUIRE_OK(tokenisePair(*sampleTokenizer(), example, {0, true, RowUse::Prefer}));
    CHECK_EQ(whole.rejected.size(), 1u);
    CHECK(promptOf(whole) == promptOf(whole.rejected[0]));
    const auto limit = static_cast<std::int64_t>(whole.rejected[0].tokens.size()) - 4;
    const TokeniseSettings settings{limit, true, RowUse::Prefer};
    const TokenisedExample cut = REQUIRE_OK(tokenisePair(*sampleTokenizer(), example, settings));
    CHECK(cut.truncated);
    CHECK_EQ(static_cast<std::int64_t>(cut.rejected[0].tokens.size()), limit);
    CHECK(promptOf(cut) == promptOf(cut.rejected[0]));
    CHECK_EQ(cut.answerStart, whole.answerStart - 4);
    CHECK_EQ(whyUnusable(cut, settings), "");
}

HILO_TEST(aPairWithoutRoomForItsPromptIsRejected)
{
    const Example example = pair("a tall plant:", " plant", " a kind of animal that lives in the sea");
    const auto rows = REQUIRE_OK(tokeniseAll(*sampleTokenizer(), {example}, {8, true, RowUse::Prefer}));
    CHECK_EQ(rows.rows.size(), 0u);
    CHECK_EQ(rows.rejected.size(), 1u);
    CHECK_CONTAINS(rows.rejected[0].reason, "nothing of the prompt is left");
}

HILO_TEST(templatesOfPairsAreChecked)
{
    const auto parsed = [](const std::string& rest) {
        return parseTemplate(
            Json::parse(R"({"format": "hilo.prompt/1", "prompt": "{p}", "answer": "{a}", )" + rest + "}"), "own.json");
    };
    CHECK(isPreference(REQUIRE_OK(parsed(R"("kind": "instruction", "rejected": "{r}")"))));
    CHECK(!isPreference(REQUIRE_OK(parsed(R"("kind": "instruction")"))));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(parsed(R"("kind": "text", "rejected": "{r}")"))), "instruction");
    CHECK(isPreference(REQUIRE_OK(parsed(R"("kind": "conversation", "turns": "model", "rejected": "rejected")"))));
    CHECK_CONTAINS(
        describe(REQUIRE_ERROR(parsed(R"("kind": "conversation", "turns": "model", "rejected": "{rejected}")"))),
        "name of a column");
    CHECK_CONTAINS(
        describe(REQUIRE_ERROR(parsed(R"("kind": "instruction", "rejected": "{r}", "judgement_column": "label")"))),
        "not both");
}

HILO_TEST(aJudgementStaysWithTokensOfEveryKind)
{
    Example example = pair("a tall plant:", " plant", " act");
    example.rejected.clear();
    for (const bool isWhole : {false, true})
        for (const bool isGood : {false, true}) {
            example.isWhole = isWhole;
            example.isGood = isGood;
            const auto rows = REQUIRE_OK(tokeniseAll(*sampleTokenizer(), {example}, {64, true, RowUse::Prefer}));
            CHECK_EQ(rows.rows.size(), 1u);
            CHECK_EQ(rows.rows[0].isGood.value_or(!isGood), isGood);
        }
}

HILO_TEST(turnsOfPreferencesAreWrittenInChatmlWhereTheModelHasNoChatTemplate)
{
    const auto made = [](const std::string& jsonl, std::shared_ptr<const Tokenizer> tokenizer) {
        Dataset data;
        data.splits["train"] = rowsOf(jsonl);
        DataSpec spec;
        spec.template_ = automaticTemplate;
        const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(spec, data, tokenizer));
        Examples examples = REQUIRE_OK(renderExamples(data.splits.at("train"), chosen.promptTemplate, {}));
        CHECK(examples.rejected.empty());
        std::string notes;
        for (const std::string& note : chosen.notes)
            notes += note + "\n";
        return std::tuple{chosen.spec.template_, notes, std::move(examples.examples)};
    };
    const auto turns = [](const std::string& answer) {
        return R"([{"role": "user", "content": "Q"}, {"role": "assistant", "content": ")" + answer + "\"}]";
    };
    const auto answer = [](const std::string& text) {
        return R"([{"role": "assistant", "content": ")" + text + "\"}]";
    };
    const std::string asked = "<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\n";
    const std::string user = R"([{"role": "user", "content": "Q"}])";
    // UltraFeedback's whole conversations, TRL's answers to a list of turns, and to a text.
    for (const std::string& row :
         {R"({"prompt": "Q", "chosen": )" + turns("yes") + R"(, "rejected": )" + turns("no") + "}",
          R"({"prompt": )" + user + R"(, "chosen": )" + answer("yes") + R"(, "rejected": )" + answer("no") + "}",
          R"({"chosen": )" + turns("yes") + R"(, "rejected": )" + turns("no") + "}",
          R"({"prompt": "Q", "chosen": )" + answer("yes") + R"(, "rejected": )" + answer("no") + "}"}) {
        const auto [name, notes, examples] = made(row, sampleTokenizer());
        CHECK_EQ(name, "preference-chatml");
        CHECK_CONTAINS(notes, "recognised as preference: the template preference-chatml is used");
        CHECK_EQ(examples.at(0).prompt, asked);
        CHECK_EQ(examples.at(0).answer, "yes<|im_end|>");
        CHECK_EQ(examples.at(0).rejected.at(0).prompt, asked);
        CHECK_EQ(examples.at(0).rejected.at(0).answer, "no<|im_end|>");
        // Without a model the user is told that its own template would be used, as with conversations.
        CHECK_CONTAINS(std::get<1>(made(row, nullptr)), "a model's own chat template would be used");
    }
    for (const std::string& row :
         {R"({"prompt": "Q", "completion": )" + answer("yes") + R"(, "label": false})",
          R"({"prompt": )" + user + R"(, "completion": )" + answer("yes") + R"(, "label": false})"}) {
        const auto [name, notes, examples] = made(row, sampleTokenizer());
        CHECK_EQ(name, "judged-chatml");
        CHECK_EQ(examples.at(0).prompt, asked);
        CHECK_EQ(examples.at(0).answer, "yes<|im_end|>");
        CHECK_EQ(examples.at(0).isGood.value(), false);
    }
    // Texts need no turns.
    CHECK_EQ(std::get<0>(made(R"({"prompt": "Q", "chosen": "a", "rejected": "b"})", sampleTokenizer())), "preference");
    CHECK_EQ(std::get<0>(made(R"({"prompt": "Q", "completion": "a", "label": 1})", sampleTokenizer())), "judged");
}

HILO_TEST(pairsOfTurnsThatPreferNothingAreRejectedInChatmlToo)
{
    const std::string rows =
        R"({"chosen": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "a"}], "rejected": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "b"}]})"
        "\n"
        R"({"chosen": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "a"}], "rejected": [{"role": "user", "content": "other"}, {"role": "assistant", "content": "b"}]})"
        "\n"
        R"({"chosen": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "a"}], "rejected": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "a"}]})"
        "\n"
        R"({"chosen": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "a"}], "rejected": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": " "}]})";
    const Examples found = rendered("preference-chatml", rows);
    CHECK_EQ(found.examples.size(), 1u);
    CHECK_EQ(found.rejected.size(), 3u);
    CHECK_CONTAINS(found.rejected[0].reason, "do not answer the same prompt");
    CHECK_CONTAINS(found.rejected[1].reason, "are the same");
    CHECK_CONTAINS(found.rejected[2].reason, "the rejected answer: turn 2");
}
