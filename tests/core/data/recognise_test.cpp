// SPDX-License-Identifier: GPL-3.0-or-later
// Which template is chosen by the columns.
#include "chat_tokenizer.h"
#include "data/render.h"
#include "data/template_choice.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

const std::string chatTemplate = "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}"
                                 "{% if add_generation_prompt %}[assistant]{% endif %}";

Dataset datasetOf(const std::vector<std::string>& rows)
{
    const TemporaryFolder folder;
    std::string text;
    for (const std::string& row : rows)
        text += row + "\n";
    writeText(folder / "train.jsonl", text);
    DataSpec spec;
    spec.path = folder.path().string();
    return REQUIRE_OK(readDataset(spec));
}

DataSpec automatic()
{
    DataSpec spec;
    spec.template_ = "auto";
    return spec;
}

struct Chosen
{
    std::string form, name, note;
};

Chosen chosenFor(const std::string& row, bool hasChat = true)
{
    const auto tokenizer =
        tokenizerWithConfig("qwen", hasChat ? Json{{"chat_template", chatTemplate}} : Json::object());
    const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(automatic(), datasetOf({row, row}), tokenizer));
    return {chosen.recognised->form, chosen.spec.template_, chosen.notes.at(0)};
}

Error refusedFor(const std::string& row)
{
    const auto tokenizer = tokenizerWithConfig("qwen", {{"chat_template", chatTemplate}});
    return REQUIRE_ERROR(chooseTemplate(automatic(), datasetOf({row, row}), tokenizer));
}

} // namespace

HILO_TEST(theCommonFormsAreRecognised)
{
    const std::string messages =
        R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})";
    CHECK_EQ(chosenFor(messages).name, "chat");
    CHECK_EQ(chosenFor(messages, false).name, "chatml");
    CHECK_EQ(chosenFor(R"({"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]})").name,
             "chat");
    for (const bool hasChat : {true, false}) {
        CHECK_EQ(chosenFor(R"({"instruction": "a", "input": "", "output": "b"})", hasChat).name, "alpaca");
        CHECK_EQ(chosenFor(R"({"instruction": "a", "context": "", "response": "b", "category": "qa"})", hasChat).name,
                 "dolly");
        CHECK_EQ(chosenFor(R"({"prompt": "a", "completion": "b"})", hasChat).name, "prompt-completion");
        CHECK_EQ(chosenFor(R"({"question": "a", "answer": "b", "id": 3})", hasChat).name, "prompt-completion");
        CHECK_EQ(chosenFor(R"({"text": "a"})", hasChat).name, "text");
    }
    CHECK_EQ(
        chosenFor(
            R"({"prompt": [{"role": "user", "content": "a"}], "completion": [{"role": "assistant", "content": "b"}]})")
            .name,
        "chat");
    CHECK_EQ(chosenFor(R"({"text": "a", "label": "x"})").name, "classify");
    CHECK_EQ(chosenFor(R"({"sentence": "a", "label": 1, "idx": 0})").name, "classify");
}

HILO_TEST(whatWasRecognisedIsSaidWithWhatElseFits)
{
    const Chosen alpaca = chosenFor(R"({"instruction": "a", "output": "b", "annotator": "me"})");
    CHECK_CONTAINS(alpaca.note, "alpaca");
    CHECK_CONTAINS(alpaca.note, "chat fits as well");
    CHECK_CONTAINS(alpaca.note, "--template");
    CHECK_CONTAINS(alpaca.note, "nothing is used: annotator");
    CHECK(chosenFor(R"({"instruction": "a", "output": "b"})", false).note.find("fits") == std::string::npos);
    const ChosenTemplate unknownModel = REQUIRE_OK(chooseTemplate(
        automatic(),
        datasetOf({R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})"}),
        nullptr));
    CHECK_EQ(unknownModel.spec.template_, "chatml");
    CHECK_CONTAINS(unknownModel.notes.at(1), "--model");
    // Written out in full: what is learnt, too.
    CHECK_EQ(unknownModel.spec.learn, "all");
}

HILO_TEST(formsOfEmptyAnswersAreRecognised)
{
    // What is wrong is told of each row, not of the columns.
    CHECK_EQ(chosenFor(R"({"instruction": "a", "output": ""})", false).name, "alpaca");
    CHECK_EQ(chosenFor(R"({"prompt": "a", "completion": ""})", false).name, "prompt-completion");
}

HILO_TEST(answersOfBlanksAloneAreRejected)
{
    for (const std::string rest : {R"("instruction": "a", "output": )", R"("prompt": "a", "completion": )"}) {
        const Dataset data = datasetOf({"{" + rest + "\" \\n\"}", "{" + rest + "\"b\"}"});
        const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(automatic(), data, nullptr));
        const Examples all = REQUIRE_OK(renderExamples(data.splits.at("train"), chosen.promptTemplate, {}));
        CHECK_EQ(all.examples.size(), 1u);
        CHECK_EQ(all.rejected.size(), 1u);
        CHECK_CONTAINS(all.rejected.at(0).reason, "answer is empty");
    }
}

HILO_TEST(whatAnInstructionTemplateDoesNotWriteRejectsTheRow)
{
    const auto reasonOf = [](const std::string& rest) {
        const Dataset data = datasetOf({"{\"instruction\": \"a\", \"output\": \"b\"" + rest + "}",
                                        R"({"instruction": "a", "output": "b", "system": "", "history": []})"});
        const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(automatic(), data, nullptr));
        const Examples all = REQUIRE_OK(renderExamples(data.splits.at("train"), chosen.promptTemplate, {}));
        return all.rejected.empty() ? std::string() : all.rejected.at(0).reason;
    };
    CHECK_EQ(reasonOf(""), "");
    CHECK_CONTAINS(reasonOf(R"(, "system": "Be brief.")"), "it has \"system\", which the template \"alpaca\"");
    CHECK_CONTAINS(reasonOf(R"(, "history": [["q", "r"]])"), "it has \"history\"");
    CHECK_CONTAINS(reasonOf(R"(, "tools": [{"type": "function"}])"), "it has \"tools\"");
}

HILO_TEST(preferencesAreRecognised)
{
    const std::string pair = R"({"prompt": "a", "chosen": "b", "rejected": "c"})";
    CHECK_EQ(chosenFor(pair).name, "preference-chat");
    CHECK_CONTAINS(chosenFor(pair).note, "preference, chosen fit as well");
    CHECK_EQ(chosenFor(pair, false).name, "preference");
    const std::string judged = R"({"prompt": "a", "completion": "b", "label": true})";
    CHECK_EQ(chosenFor(judged).name, "judged-chat");
    CHECK_EQ(chosenFor(judged, false).name, "judged");
    // In whatever words; an odd one is a matter of its row.
    for (const char* label : {"0", "1", "\"True\"", "\"no\"", "-1"})
        CHECK_EQ(chosenFor(R"({"prompt": "a", "completion": "b", "label": )" + std::string(label) + "}").form,
                 "unpaired-preference");
    const std::string odd = R"({"prompt": "a", "completion": "b", "label": "perhaps"})";
    CHECK_EQ(recogniseData(datasetOf({judged, judged, odd}).splits.at("train"), false).form, "unpaired-preference");
    CHECK_EQ(recogniseData(datasetOf({odd, odd}).splits.at("train"), false).form, "prompt-completion");
}

HILO_TEST(whatIsNotKnownIsRefused)
{
    const Error unknown = refusedFor(R"({"headline": "a", "body": "b"})");
    CHECK_CONTAINS(unknown.message, "headline, body");
    CHECK_CONTAINS(unknown.hint, "--column");
    const Error several =
        refusedFor(R"({"question": "a?", "choices": {"label": ["A", "B"], "text": ["x", "y"]}, "answerKey": "A"})");
    CHECK_CONTAINS(several.message, "Several templates fit");
    CHECK_CONTAINS(several.message, "moe-peft-arc");
    // A question with a passage is more than a prompt.
    CHECK_EQ(recogniseData(datasetOf({R"({"question": "a", "passage": "p", "answer": "no"})"}).splits.at("train"), true)
                     .form == "prompt-completion",
             false);
}

HILO_TEST(everyTemplatesExamplesCanBeWritten)
{
    const auto tokenizer = tokenizerWithConfig("qwen", {{"chat_template", chatTemplate}});
    std::vector<std::string> withExamples;
    for (const std::string& name : REQUIRE_OK(templateNames())) {
        const PromptTemplate known = REQUIRE_OK(loadTemplate(name));
        if (known.examples.empty())
            continue;
        withExamples.push_back(name);
        CHECK_EQ(name + " " + std::to_string(known.examples.size()), name + " 2");
        std::vector<std::string> rows;
        for (const Json& row : known.examples)
            rows.push_back(row.dump());
        const Dataset dataset = datasetOf(rows);
        DataSpec spec;
        spec.template_ = name;
        const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(spec, dataset, tokenizer));
        const bool hasLabels = known.kind == TemplateKind::Classification;
        const std::vector<std::string> labels =
            hasLabels ? std::vector<std::string>{"bad", "good"} : std::vector<std::string>{};
        const Examples all = REQUIRE_OK(renderExamples(dataset.splits.at("train"), chosen.promptTemplate, labels));
        CHECK_EQ(name + " " + std::to_string(all.rejected.size()), name + " 0");
        for (const Example& example : all.examples)
            CHECK(!example.answer.empty());
    }
    CHECK_EQ(withExamples,
             (std::vector<std::string>{"alpaca", "chat", "chatml", "chosen", "classify", "dolly", "judged",
                                       "judged-chat", "judged-chatml", "preference", "preference-chat",
                                       "preference-chatml", "prompt-completion", "sharegpt", "text"}));
}

HILO_TEST(templatesOfTheModelsTurnsHaveNoTurnsOfTheirOwn)
{
    const auto refused = [](const std::string& keys) {
        const std::string text = R"({"format": "hilo.prompt/1", )" + keys + "}";
        return describe(REQUIRE_ERROR(parseTemplate(REQUIRE_OK(parseJson(text, "t.json")), "t.json")));
    };
    CHECK_CONTAINS(refused(R"("kind": "conversation", "turns": "models")"), "\"model\"");
    CHECK_CONTAINS(refused(R"("kind": "instruction", "answer": "{a}", "turns": "model")"), "conversation");
    CHECK_CONTAINS(refused(R"("kind": "conversation", "turns": "model", "assistant_end": "x")"), "assistant_end");
    CHECK_CONTAINS(refused(R"("kind": "conversation", "turns": "model", "learn": "some")"), "learn");
    CHECK_CONTAINS(refused(R"("kind": "text", "answer": "{a}", "learn": "last")"), "learn");
    CHECK_CONTAINS(refused(R"("kind": "text", "answer": "{a}", "examples": [1])"), "examples[0]");
}

HILO_TEST(aSpecCanLeaveTheTemplateOut)
{
    const auto parsed = [](const std::string& text) {
        const Json json = REQUIRE_OK(parseJson(text, "spec"));
        return parseDataSpec(REQUIRE_OK(JsonObject::of(json, "spec", "data")), "/folder");
    };
    CHECK_EQ(REQUIRE_OK(parsed(R"({"path": "d"})")).template_, "auto");
    const DataSpec full = REQUIRE_OK(parsed(
        R"({"path": "d", "template": "chat", "learn": "last", "chat_template": "own.jinja", "chat_variables": {"a": [1]}})"));
    CHECK_EQ(full.chatTemplate, "/folder/own.jinja");
    const Json written = toJson(full);
    CHECK_EQ(written["learn"].get<std::string>(), "last");
    CHECK_EQ(written["chat_variables"].dump(), R"({"a":[1]})");
    CHECK_EQ(REQUIRE_OK(parsed(R"({"path": "d", "chat_template": "rag"})")).chatTemplate, "rag");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(parsed(R"({"path": "d", "learn": "first"})"))), "data.learn");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(parsed(R"({"path": "d", "chat_variables": [1]})"))), "data.chat_variables");
}
