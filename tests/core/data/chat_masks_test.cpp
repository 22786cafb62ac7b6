// SPDX-License-Identifier: GPL-3.0-or-later
// Conversations in a model's own chat template, token by token as transformers has them (make_chat_mask_fixtures.py).
#include "chat_tokenizer.h"
#include "data/conversation.h"
#include "data/json_row.h"
#include "data/render.h"
#include "data/template_choice.h"
#include "data/text_runs.h"
#include "data/tokenise.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Row rowOf(const Json& record)
{
    auto row = rowFromJson(record, "rows.jsonl", 1);
    CHECK(row.has_value());
    std::set<std::string> unknown;
    readConversation(*row, unknown);
    return std::move(*row);
}

Dataset datasetOf(const std::vector<Json>& records)
{
    Dataset dataset;
    for (const Json& record : records)
        dataset.splits["train"].push_back(rowOf(record));
    return dataset;
}

DataSpec chatSpec(const Json& variables = Json::object())
{
    DataSpec spec;
    spec.template_ = "chat";
    spec.chatVariables = variables;
    return spec;
}

std::vector<int> maskOf(const TokenisedExample& row)
{
    std::vector<int> mask(row.tokens.size(), 0);
    for (const auto& [begin, end] : row.answers)
        std::fill(mask.begin() + begin, mask.begin() + end, 1);
    return mask;
}

const std::string turns = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
                          "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

std::vector<std::string> trained(const std::vector<TextRun>& runs, TextRun::Kind kind = TextRun::Kind::Trained)
{
    std::vector<std::string> texts;
    for (const TextRun& run : runs)
        if (run.kind == kind)
            texts.push_back(run.text);
    return texts;
}

} // namespace

HILO_TEST(idsAndMasksAreThoseOfTransformers)
{
    const Json file = REQUIRE_OK(readJsonFile(std::string(HILO_SOURCE_DIR) + "/tests/data/chat/masks.json"));
    std::size_t compared = 0;
    for (const Json& one : file["cases"]) {
        const std::string name = one["tokenizer"].get<std::string>() + ", " + one["template"].get<std::string>();
        Json config = one["special"];
        config["chat_template"] = file["templates"][one["template"].get<std::string>()];
        const auto tokenizer = tokenizerWithConfig(one["tokenizer"], config);
        std::vector<Json> records;
        for (const Json& row : one["rows"])
            records.push_back(row["row"]);
        const Dataset dataset = datasetOf(records);
        DataSpec spec = chatSpec(one["variables"]);
        spec.learn = one["learn"].get<std::string>();
        const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(spec, dataset, tokenizer));
        const Examples rendered = REQUIRE_OK(renderExamples(dataset.splits.at("train"), chosen.promptTemplate, {}));
        CHECK_EQ(name + std::to_string(rendered.rejected.size()), name + "0");
        for (std::size_t i = 0; i < rendered.examples.size(); ++i) {
            const TokenisedExample row = REQUIRE_OK(
                tokenise(*tokenizer, rendered.examples[i], {0, chosen.promptTemplate.endOfText, RowUse::LearnAnswer}));
            const std::string place = name + ", row " + std::to_string(i) + ": ";
            const auto shown = [&](const auto& numbers) { return place + Json(numbers).dump(); };
            CHECK_EQ(shown(row.tokens), shown(one["rows"][i]["ids"]));
            CHECK_EQ(shown(maskOf(row)), shown(one["rows"][i]["mask"]));
            ++compared;
        }
    }
    CHECK_EQ(compared, 138u);
}

HILO_TEST(longRowsLoseWhatStandsBehindAndThenThePromptsBeginning)
{
    const auto tokenizer = tokenizerWithConfig(
        "llama2", {{"bos_token", "<s>"}, {"eos_token", "</s>"}, {"chat_template", "{{ bos_token }}" + turns}});
    const Json record = {{"messages", Json::array({{{"role", "user"}, {"content", "one two three four five six"}},
                                                   {{"role", "assistant"}, {"content", "yes"}}})}};
    const Dataset dataset = datasetOf({record});
    const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(chatSpec(), dataset, tokenizer));
    const Example example =
        REQUIRE_OK(renderExamples(dataset.splits.at("train"), chosen.promptTemplate, {})).examples[0];
    const TokenisedExample whole = REQUIRE_OK(tokenise(*tokenizer, example, {0, false, RowUse::LearnAnswer}));
    const auto size = static_cast<std::int64_t>(whole.tokens.size());
    const auto answer = whole.answers.back().second - whole.answers.back().first;
    const TokenisedExample cut = REQUIRE_OK(tokenise(*tokenizer, example, {size - 5, false, RowUse::LearnAnswer}));
    CHECK(cut.truncated);
    CHECK_EQ(static_cast<std::int64_t>(cut.tokens.size()), size - 5);
    CHECK_EQ(cut.tokens.front(), *tokenizer->bos());
    CHECK(cut.tokens[1] != *tokenizer->bos());
    CHECK_EQ(cut.answers.back().second - cut.answers.back().first, answer);
    // All of it, in its stretches: BOS, what was cut, the rest of the prompt, the answer.
    const auto runs = REQUIRE_OK(textRuns(tokenizer, example, {size - 5, false, RowUse::LearnAnswer}));
    CHECK_EQ(runs.size(), 4u);
    CHECK(runs[0].kind == TextRun::Kind::Masked && runs[0].tokens == 1);
    CHECK(runs[1].kind == TextRun::Kind::Cut && runs[1].tokens == 5);
    CHECK_EQ(trained(runs).back(), "yes<|im_end|>\n");
    CHECK_EQ(trained(textRuns(example)).back(), "yes<|im_end|>\n");
    // Of a marked template the line's end behind the answer is no answer, and goes first.
    const auto marks = tokenizerWithConfig(
        "qwen", {{"eos_token", "<|endoftext|>"},
                 {"chat_template", "{% for m in messages %}<|im_start|>{% if m.role == 'assistant' %}{% generation %}"
                                   "{{ m.content }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}<|im_end|>\n"
                                   "{% endfor %}"}});
    const ChosenTemplate marked = REQUIRE_OK(chooseTemplate(chatSpec(), dataset, marks));
    const Example second =
        REQUIRE_OK(renderExamples(dataset.splits.at("train"), marked.promptTemplate, {})).examples[0];
    CHECK_EQ(second.rest, "<|im_end|>\n");
    const TokenisedExample full = REQUIRE_OK(tokenise(*marks, second, {0, false, RowUse::LearnAnswer}));
    const TokenisedExample less = REQUIRE_OK(
        tokenise(*marks, second, {static_cast<std::int64_t>(full.tokens.size()) - 2, false, RowUse::LearnAnswer}));
    CHECK_EQ(less.dropped, 0);
    CHECK(less.answers == full.answers);
}

HILO_TEST(lastAnswersAndWeightsDecideWhatIsLearnt)
{
    const auto tokenizer = tokenizerWithConfig("qwen", {{"chat_template", turns}});
    const Json messages = Json::parse(R"([{"role": "user", "content": "a"}, {"role": "assistant", "content": "one"},
        {"role": "user", "content": "b"}, {"role": "assistant", "content": "two", "weight": 0},
        {"role": "user", "content": "c"}, {"role": "assistant", "content": "three"}, {"role": "user", "content": "d"}])");
    const Dataset dataset = datasetOf({{{"messages", messages}}});
    const auto answers = [&](const std::string& learn, const std::string& name) {
        DataSpec spec = chatSpec();
        spec.template_ = name;
        spec.learn = learn;
        const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(spec, dataset, tokenizer));
        CHECK_EQ(chosen.spec.learn, learn.empty() ? "all" : learn);
        return trained(
            textRuns(REQUIRE_OK(renderExamples(dataset.splits.at("train"), chosen.promptTemplate, {})).examples.at(0)));
    };
    using Texts = std::vector<std::string>;
    CHECK_EQ(answers("", "chat"), (Texts{"one<|im_end|>\n", "three<|im_end|>\n"}));
    CHECK_EQ(answers("all", "chat"), (Texts{"one<|im_end|>\n", "three<|im_end|>\n"}));
    CHECK_EQ(answers("last", "chat"), (Texts{"three<|im_end|>\n"}));
    CHECK_EQ(answers("last", "chatml"), (Texts{"three<|im_end|>"}));
}

HILO_TEST(aTemplateThatRewritesHistoryEndsTheReadingAndSaysWhatToDo)
{
    const std::string rewrites = "{% for m in messages %}{{ m.role }}:{% if m.role == 'assistant' and not loop.last %}-"
                                 "{% else %}{{ m.content }}{% endif %};{% endfor %}"
                                 "{% if add_generation_prompt %}assistant:{% endif %}";
    const auto tokenizer = tokenizerWithConfig("qwen", {{"chat_template", rewrites}});
    const Json two = Json::parse(R"([{"role": "user", "content": "a"}, {"role": "assistant", "content": "one"},
        {"role": "user", "content": "b"}, {"role": "assistant", "content": "two"}])");
    const Dataset dataset = datasetOf({{{"messages", two}}});
    ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(chatSpec(), dataset, tokenizer));
    const Error error = REQUIRE_ERROR(renderExamples(dataset.splits.at("train"), chosen.promptTemplate, {}));
    CHECK_EQ(error.file, "rows.jsonl");
    CHECK_CONTAINS(error.place, "line 1");
    CHECK_CONTAINS(error.message, "turn 2");
    CHECK_CONTAINS(error.hint, "\"learn\": \"last\"");
    chosen.promptTemplate.learn = Learn::Last;
    CHECK_EQ(REQUIRE_OK(renderExamples(dataset.splits.at("train"), chosen.promptTemplate, {})).examples[0].answer,
             "two;");
    // A prompt that the written turn does not begin with.
    const auto other =
        tokenizerWithConfig("qwen", {{"chat_template", "{% for m in messages %}{{ m.content }};{% endfor %}"
                                                       "{% if add_generation_prompt %}<think>{% endif %}"}});
    const ChosenTemplate differs = REQUIRE_OK(chooseTemplate(chatSpec(), dataset, other));
    CHECK_CONTAINS(REQUIRE_ERROR(renderExamples(dataset.splits.at("train"), differs.promptTemplate, {})).message,
                   "add_generation_prompt");
}

HILO_TEST(aTemplateWithoutEndEndsTheReading)
{
    const auto tokenizer = tokenizerWithConfig(
        "qwen", {{"chat_template", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}x"}});
    const Json one = {
        {"messages", Json::parse(R"([{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}])")}};
    const Dataset dataset = datasetOf({one, one, one, one, one, one});
    const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(chatSpec(), dataset, tokenizer));
    const Error error = REQUIRE_ERROR(renderExamples(dataset.splits.at("train"), chosen.promptTemplate, {}));
    CHECK_CONTAINS(error.message, "does not come to an end");
    CHECK_CONTAINS(error.place, "line 1");
}
