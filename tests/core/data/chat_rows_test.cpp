// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows a model's own chat template writes, and why others are rejected.
#include "chat_tokenizer.h"
#include "data/conversation.h"
#include "data/json_row.h"
#include "data/render.h"
#include "data/template_choice.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

const std::string plain = "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}"
                          "{% if add_generation_prompt %}[assistant]{% endif %}";
const std::string withCalls =
    "{% if tools %}{{ tools | tojson }}{% endif %}{% for m in messages %}[{{ m.role }}]{{ m.content }}"
    "{% for c in m.tool_calls or [] %}<{{ c.function.name }} {{ c.function.arguments | tojson }}>{% endfor %}{% endfor "
    "%}"
    "{% if add_generation_prompt %}[assistant]{% endif %}";

Row rowOf(const std::string& json)
{
    auto row = rowFromJson(REQUIRE_OK(parseJson(json, "row")), "rows.jsonl", 3);
    CHECK(row.has_value());
    std::set<std::string> unknown;
    readConversation(*row, unknown);
    return std::move(*row);
}

const std::string good = R"({"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]})";

/// The whole text, or why the row is rejected; a good row beside it, so that a rejected one is no error.
std::string written(const std::string& json, const std::string& source, const std::string& name = "chat",
                    const Json& variables = Json::object())
{
    Dataset dataset;
    dataset.splits["train"] = {rowOf(good), rowOf(json)};
    DataSpec spec;
    spec.template_ = name;
    spec.chatVariables = variables;
    const auto tokenizer = tokenizerWithConfig("qwen", {{"chat_template", source}});
    const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(spec, dataset, tokenizer));
    const Examples all = REQUIRE_OK(renderExamples(dataset.splits.at("train"), chosen.promptTemplate, {}));
    if (all.examples.size() == 2)
        return all.examples[1].prompt + "|" + all.examples[1].answer + "|" + all.examples[1].rest;
    CHECK_EQ(all.rejected.at(0).line, 3);
    return all.rejected.at(0).reason;
}

} // namespace

HILO_TEST(conversationsInstructionsAndCompletionsAreWritten)
{
    CHECK_EQ(written(R"({"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]})", plain),
             "[user]a[assistant]|b|");
    CHECK_EQ(
        written(R"({"system": "S", "conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]})",
                plain),
        "[system]S[user]a[assistant]|b|");
    CHECK_EQ(written(R"({"instruction": "do", "input": "it", "output": "done"})", plain),
             "[user]do\nit[assistant]|done|");
    CHECK_EQ(written(R"({"instruction": "do", "context": "it", "response": "done"})", plain),
             "[user]do\nit[assistant]|done|");
    CHECK_EQ(written(R"({"prompt": "p", "completion": "c"})", plain), "[user]p[assistant]|c|");
    const std::string prompt = R"("prompt": [{"role": "user", "content": "p"}, {"role": "assistant", "content": "q"}, )"
                               R"({"role": "user", "content": "r"}])";
    // Of lists the completion's answers alone are learnt.
    CHECK_EQ(written("{" + prompt + R"(, "completion": [{"role": "assistant", "content": "c"}]})", plain),
             "[user]p[assistant]q[user]r[assistant]|c|");
    CHECK_EQ(written("{" + prompt + R"(, "chosen": [{"role": "assistant", "content": "c"}], "rejected": "x"})", plain,
                     "chosen"),
             "[user]p[assistant]q[user]r[assistant]|c|");
    CHECK_EQ(
        written(R"({"prompt": "p", "chosen": [{"role": "user", "content": "p"}, {"role": "assistant", "content": "c"}],
                     "rejected": []})",
                plain, "chosen"),
        "[user]p[assistant]|c|");
    CHECK_EQ(written(R"({"prompt": "p", "chosen": "c", "rejected": "d"})", plain, "chosen"), "[user]p[assistant]|c|");
    CHECK_CONTAINS(written(R"({"other": "p"})", plain), "there is no conversation");
    CHECK_CONTAINS(written(R"({"prompt": "p", "completion": ""})", plain), "empty");
}

HILO_TEST(toolsAndCallsAreGivenToATemplateThatWritesThem)
{
    const std::string call = R"({"role": "user", "content": "w?"}, {"role": "assistant", "content": null, "tool_calls":
        [{"type": "function", "function": {"name": "weather", "arguments": ARGUMENTS}}]})";
    const auto withArguments = [&](const std::string& arguments) {
        std::string text = call;
        return text.replace(text.find("ARGUMENTS"), 9, arguments);
    };
    const std::string expected = R"([user]w?[assistant]|<weather {"city": "Bonn"}>|)";
    CHECK_EQ(written("{\"messages\": [" + withArguments(R"({"city": "Bonn"})") + "]}", withCalls), expected);
    // OpenAI's form has the arguments as a text; a template is given an object.
    CHECK_EQ(written("{\"messages\": [" + withArguments(R"("{\"city\": \"Bonn\"}")") + "]}", withCalls), expected);
    const std::string tools = R"([{"type": "function", "function": {"name": "weather"}}])";
    const std::string offered = R"([{"type": "function", "function": {"name": "weather"}}][user]w?[assistant]|)";
    CHECK_CONTAINS(written("{\"tools\": " + tools + ", \"messages\": [" + withArguments("{}") + "]}", withCalls),
                   offered);
    CHECK_CONTAINS(
        written("{\"tools\": " + Json(tools).dump() + ", \"messages\": [" + withArguments("{}") + "]}", withCalls),
        offered);
    // ShareGPT's calls.
    CHECK_EQ(written(R"({"conversations": [{"from": "human", "value": "w?"},
        {"from": "function_call", "value": "{\"name\": \"weather\", \"arguments\": {\"city\": \"Bonn\"}}"}]})",
                     withCalls),
             expected);
    // A template that says nothing of them would drop them.
    CHECK_CONTAINS(written("{\"messages\": [" + withArguments("{}") + "]}", plain), "\"tool_calls\"");
    CHECK_CONTAINS(written("{\"tools\": " + tools + ", " + good.substr(1), plain), "tools");
    CHECK_CONTAINS(written(R"({"tools": "[{", )" + good.substr(1), withCalls), "no list in JSON");
    CHECK_CONTAINS(written(R"({"tools": ["a", "b"], )" + good.substr(1), withCalls), "no list of function schemas");
    CHECK_CONTAINS(written(R"({"tools": {"a": 1}, )" + good.substr(1), withCalls), "no list of function schemas");
    CHECK_CONTAINS(written(R"({"functions": [{"name": "f"}], )" + good.substr(1), withCalls), "functions");
}

HILO_TEST(thinkingHasAllOfItsNamesAndVariablesReachTheTemplate)
{
    const std::string thinks = "{% for m in messages %}[{{ m.role }}]{% if m.role == 'assistant' %}{% if not quiet %}"
                               "({{ m.reasoning_content }}){% endif %}{% endif %}{{ m.content }}{% endfor %}"
                               "{% if add_generation_prompt %}[assistant]{% endif %}";
    for (const char* key : {"reasoning_content", "thinking", "reasoning"})
        CHECK_EQ(
            written(std::string(
                        R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", ")") +
                        key + R"(": "hm"}]})",
                    thinks),
            "[user]a[assistant]|(hm)b|");
    CHECK_EQ(written(good, thinks, "chat", {{"quiet", true}}), "[user]x[assistant]|y|");
    CHECK_CONTAINS(written(R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b",
                           "thinking": "hm"}]})",
                           plain),
                   "\"thinking\"");
}

HILO_TEST(rolesThatTheTemplateNamesAreKept)
{
    const std::string developer =
        R"({"messages": [{"role": "developer", "content": "d"}, {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})";
    CHECK_EQ(written(developer, plain), "[system]d[user]a[assistant]|b|");
    CHECK_EQ(written(developer, "{% if m == 'developer' %}{% endif %}" + plain), "[developer]d[user]a[assistant]|b|");
}

HILO_TEST(whatTheTemplateRefusesIsARejectedRow)
{
    const std::string strict =
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('No system turns') }}"
        "{% endif %}{% endfor %}" +
        plain;
    const std::string reason = written(
        R"({"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})",
        strict);
    CHECK_CONTAINS(reason, "No system turns");
    CHECK_CONTAINS(reason, "refuses");
    CHECK_CONTAINS(written(R"({"messages": [{"role": "user", "content": "a"}]})", plain), "no answer");
    CHECK_CONTAINS(
        written(R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": " "}]})", plain),
        "turn 2");
}

HILO_TEST(settingsOfChatsAreFollowedOrRefused)
{
    Dataset dataset;
    dataset.splits["train"] = {rowOf(good)};
    const auto tokenizer = tokenizerWithConfig("qwen", {{"chat_template", plain}});
    const auto refusal = [&](const DataSpec& spec, const std::shared_ptr<const Tokenizer>& model) {
        return describe(REQUIRE_ERROR(chooseTemplate(spec, dataset, model)));
    };
    DataSpec spec;
    spec.template_ = "alpaca";
    spec.learn = "last";
    CHECK_CONTAINS(refusal(spec, tokenizer), "data.learn");
    spec.learn.clear();
    spec.chatTemplate = "rag";
    CHECK_CONTAINS(refusal(spec, tokenizer), "data.chat_template");
    spec.template_ = "chat";
    CHECK_CONTAINS(refusal(spec, tokenizer), "no chat template \"rag\"");
    CHECK_CONTAINS(refusal(spec, tokenizer), "It has default");
    spec.chatTemplate = "/nowhere/own.jinja";
    CHECK_CONTAINS(refusal(spec, tokenizer), "own.jinja");
    spec.chatTemplate.clear();
    spec.chatVariables = {{"enable_thinking", false}};
    CHECK_CONTAINS(refusal(spec, tokenizer), "does not ask for \"enable_thinking\"");
    spec.chatVariables = {{"messages", 1}};
    CHECK_CONTAINS(refusal(spec, tokenizer), "chat_variables.messages");
    spec.template_ = "chatml";
    CHECK_CONTAINS(refusal(spec, tokenizer), "data.chat_variables");
    spec = {};
    spec.template_ = "chat";
    CHECK_CONTAINS(refusal(spec, tokenizerWithConfig("qwen", Json::object())), "chatml");
    CHECK_CONTAINS(refusal(spec, tokenizerWithConfig("qwen", {{"chat_template", "{% for %}"}})), "line 1");
    // Without a model nothing can be written.
    const ChosenTemplate unbound = REQUIRE_OK(chooseTemplate(spec, dataset, nullptr));
    CHECK_CONTAINS(REQUIRE_ERROR(renderExamples(dataset.splits.at("train"), unbound.promptTemplate, {})).hint,
                   "chatml");
}

HILO_TEST(namedTemplatesAreFoundAndChosen)
{
    const Json list = Json::array({{{"name", "default"}, {"template", "D" + plain}},
                                   {{"name", "tool_use"}, {"template", "T" + withCalls}},
                                   {{"name", "rag"}, {"template", "R" + plain}}});
    Dataset dataset;
    dataset.splits["train"] = {rowOf(good), rowOf(R"({"tools": [{"name": "f"}], )" + good.substr(1))};
    const auto prompts = [&](const std::shared_ptr<const Tokenizer>& tokenizer, const std::string& name) {
        DataSpec spec;
        spec.template_ = "chat";
        spec.chatTemplate = name;
        const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(spec, dataset, tokenizer));
        std::string first;
        for (const Example& one :
             REQUIRE_OK(renderExamples(dataset.splits.at("train"), chosen.promptTemplate, {})).examples)
            first += one.prompt.substr(0, 1);
        return first;
    };
    const auto listed = tokenizerWithConfig("qwen", {{"chat_template", list}});
    // As transformers: tools take the template for tools where nobody names another one.
    CHECK_EQ(prompts(listed, ""), "DT");
    CHECK_EQ(prompts(listed, "rag"), "R");
    CHECK_EQ(prompts(listed, "tool_use"), "TT");
    const std::map<std::string, std::string> files = {{"chat_template.jinja", "F" + plain},
                                                      {"additional_chat_templates/tool_use.jinja", "U" + withCalls}};
    const auto inFiles = tokenizerWithConfig("qwen", {{"chat_template", list}}, files);
    CHECK_EQ(prompts(inFiles, ""), "FU");
    CHECK_EQ(inFiles->chatTemplates().size(), 2u);
    const TemporaryFolder folder;
    writeText(folder / "own.jinja", "O" + plain);
    CHECK_EQ(prompts(listed, (folder / "own.jinja").string()), "O");
    const auto noDefault =
        tokenizerWithConfig("qwen", Json::object(), {{"additional_chat_templates/rag.jinja", plain}});
    DataSpec spec;
    spec.template_ = "chat";
    CHECK_CONTAINS(describe(REQUIRE_ERROR(chooseTemplate(spec, dataset, noDefault))), "none called default");
}
