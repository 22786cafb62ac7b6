// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/labels.h"
#include "data/render.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Row row(std::vector<std::pair<std::string, std::string>> fields)
{
    Row result;
    result.fields = std::move(fields);
    result.file = "rows.jsonl";
    result.line = 7;
    return result;
}

Example rendered(const std::string& name, const Row& one)
{
    const PromptTemplate prompt = REQUIRE_OK(loadTemplate(name));
    const auto labels = REQUIRE_OK(labelsOf(prompt, {one}));
    return REQUIRE_OK(renderExamples({one}, prompt, labels)).examples.at(0);
}

} // namespace

HILO_TEST(everyTemplateOfTheProgramReads)
{
    const auto names = REQUIRE_OK(templateNames());
    CHECK(names.size() >= 18);
    for (const std::string& name : names)
        CHECK_EQ(REQUIRE_OK(loadTemplate(name)).name, name);
}

HILO_TEST(alpacaWithAndWithoutInput)
{
    const Example with = rendered("alpaca", row({{"instruction", "Add."}, {"input", "1 2"}, {"output", "3"}}));
    CHECK_CONTAINS(with.prompt, "### Instruction:\nAdd.\n\n### Input:\n1 2\n\n### Response:\n");
    CHECK_EQ(with.answer, "3");
    const Example without = rendered("alpaca", row({{"instruction", "Say {x}."}, {"input", ""}, {"output", "x"}}));
    CHECK_EQ(without.prompt, "Below is an instruction that describes a task. Write a response that appropriately "
                             "completes the request.\n\n### Instruction:\nSay {x}.\n\n### Response:\n");
}

HILO_TEST(molaPromptsKeepTheirTwoBlankLines)
{
    const Example example = rendered("mola-mrpc", row({{"sentence1", "A"}, {"sentence2", "B"}, {"label", "1"}}));
    CHECK_CONTAINS(
        example.prompt,
        "Tell me if the statements equivalent, not equivalent.\nSentence 1: A\nSentence 2: B\n\n\n### Response:\n");
    CHECK_EQ(example.answer, "Answer: equivalent.");
    CHECK_EQ(example.choices.size(), 2u);
}

HILO_TEST(aQuestionWithChoices)
{
    Row question = row({{"question_stem", "Which?"}, {"answerKey", "B"}});
    question.choices = {{"choices", {{"A", "one"}, {"B", "two"}}}};
    const Example mola = rendered("mola-openbookqa", question);
    CHECK_CONTAINS(mola.prompt, "Question: Which?\nOptions: (A) one (B) two\n\n\n### Response:\n");
    CHECK_EQ(mola.answer, "Answer: The answer is B.");
    CHECK_EQ(mola.correct, 1);
    const Example moePeft = rendered("moe-peft-openbookqa", question);
    CHECK_EQ(moePeft.prompt, "Please choose the correct answer to the question: Which? (A) one (B) two\nAnswer:");
    CHECK_EQ(moePeft.choices, (std::vector<std::string>{" A", " B"}));
}

HILO_TEST(arcLetsNineLabelsCompete)
{
    Row question = row({{"question", "Q"}, {"answerKey", "3"}});
    question.choices = {{"choices", {{"1", "x"}, {"2", "y"}, {"3", "z"}}}};
    const Example example = rendered("moe-peft-arc", question);
    CHECK_EQ(example.choices.size(), 9u);
    CHECK_EQ(example.correct, 2);
}

HILO_TEST(conversationsKeepTheirTurns)
{
    Row talk = row({});
    for (const auto& [role, content] :
         {std::pair{"user", "Hi"}, {"assistant", "Hello"}, {"user", "Bye"}, {"assistant", "Ciao"}}) {
        Message message;
        message.role = role;
        message.content = content;
        talk.messages.push_back(std::move(message));
    }
    const Example example = rendered("chatml", talk);
    CHECK_EQ(example.prompt, "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n"
                             "<|im_start|>user\nBye<|im_end|>\n<|im_start|>assistant\n");
    CHECK_EQ(example.answer, "Ciao<|im_end|>");
    const auto [begin, end] = example.earlierAnswers.at(0);
    CHECK_EQ(example.prompt.substr(begin, end - begin), "Hello<|im_end|>");
}

HILO_TEST(rowsThatDoNotFitAreNamed)
{
    const PromptTemplate prompt = REQUIRE_OK(loadTemplate("alpaca"));
    const auto mixed =
        REQUIRE_OK(renderExamples({row({{"instruction", "a"}, {"output", "b"}}), row({{"other", "c"}})}, prompt, {}));
    CHECK_EQ(mixed.examples.size(), 1u);
    CHECK_EQ(mixed.rejected.at(0).line, 7);
    CHECK_CONTAINS(mixed.rejected.at(0).reason, "the row has other");
    const Error error = REQUIRE_ERROR(renderExamples({row({{"other", "c"}})}, prompt, {}));
    CHECK_EQ(error.file, "rows.jsonl");
    CHECK_EQ(error.place, "line 7");
}

HILO_TEST(aUsersOwnTemplate)
{
    const TemporaryFolder folder;
    writeText(folder / "mine.json", R"({"format": "hilo.prompt/1", "kind": "classification", "prompt": "{{x}} {text}",
        "answer": " {label}", "label_column": "y", "labels": {"0": "no", "1": "yes"}})");
    const Example example = rendered((folder / "mine.json").string(), row({{"text", "t"}, {"y", "1"}}));
    CHECK_EQ(example.prompt, "{x} t");
    CHECK_EQ(example.answer, " yes");
    CHECK_EQ(example.correct, 1);
}

HILO_TEST(badTemplates)
{
    const auto errorOf = [](const std::string& text) {
        return REQUIRE_ERROR(parseTemplate(REQUIRE_OK(parseJson(text, "t.json")), "t.json"));
    };
    CHECK_EQ(errorOf(R"({"format": "hilo.prompt/2"})").place, "format");
    CHECK_EQ(errorOf(R"({"format": "hilo.prompt/1", "kind": "odd"})").place, "kind");
    CHECK_EQ(errorOf(R"({"format": "hilo.prompt/1", "kind": "classification", "answer": "x"})").place, "label_column");
    CHECK_CONTAINS(describe(errorOf(R"({"format": "hilo.prompt/1", "promt": "x"})")), "promt");
    CHECK_CONTAINS(REQUIRE_ERROR(loadTemplate("alpacca")).hint, "alpaca");
}

HILO_TEST(answersAreFoundStrictly)
{
    const AnswerMatcher choice = REQUIRE_OK(AnswerMatcher::create(REQUIRE_OK(loadTemplate("mola-openbookqa"))));
    CHECK_EQ(REQUIRE_OK(choice.match("Answer: The answer is B.")).value_or(""), "B");
    CHECK(!REQUIRE_OK(choice.match("The answer is B. The answer is C.")).has_value());
    CHECK(!REQUIRE_OK(choice.match("B")).has_value());
    const AnswerMatcher glue = REQUIRE_OK(AnswerMatcher::create(REQUIRE_OK(loadTemplate("mola-rte"))));
    CHECK_EQ(REQUIRE_OK(glue.match("Answer: not entailment.")).value_or(""), "not entailment");
    CHECK_CONTAINS(REQUIRE_ERROR(AnswerMatcher::create(REQUIRE_OK(loadTemplate("text")))).place, "answer_pattern");
}

HILO_TEST(listsOfTurnsAreNoTextForAPrompt)
{
    const PromptTemplate prompt = REQUIRE_OK(loadTemplate("prompt-completion"));
    const Row good = row({{"prompt", "[INST] a"}, {"completion", "b"}});
    const Row turns = row({{"prompt", R"([{"role": "user", "content": "a"}])"}, {"completion", "b"}});
    const Examples all = REQUIRE_OK(renderExamples({good, turns}, prompt, {}));
    CHECK_EQ(all.examples.size(), 1u);
    CHECK_CONTAINS(all.rejected.at(0).reason, "list of turns");
}
