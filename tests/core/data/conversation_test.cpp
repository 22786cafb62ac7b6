// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/conversation.h"
#include "data/render.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Dataset datasetOf(const std::string& name, const std::string& content, DataSpec spec = {})
{
    const TemporaryFolder folder;
    writeText(folder / name, content);
    spec.path = (folder / name).string();
    return REQUIRE_OK(readDataset(spec));
}

Row rowOf(const std::string& json)
{
    return datasetOf("talk.jsonl", json + "\n").splits.at("train").at(0);
}

/// ChatML with a place for names and tools.
PromptTemplate withNames()
{
    const std::string text = R"({"format": "hilo.prompt/1", "kind": "conversation",
        "turns": {"system": "S {content} {tools}", "user": "U {name}: {content}", "assistant": "{content}"},
        "defaults": {"name": "you", "tools": "none"}, "assistant_start": " A ", "turn_separator": "|"})";
    return REQUIRE_OK(parseTemplate(REQUIRE_OK(parseJson(text, "t.json")), "t.json"));
}

tl::expected<Example, std::string> rendered(const Row& row, const PromptTemplate& prompt)
{
    // A good row beside it, so that a rejected one is no error.
    const Row good =
        rowOf(R"({"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]})");
    const Examples all = REQUIRE_OK(renderExamples({good, row}, prompt, {}));
    if (all.examples.size() == 2)
        return all.examples[1];
    CHECK_EQ(all.rejected.size(), 1u);
    return tl::unexpected(all.rejected.at(0).reason);
}

Example exampleOf(const std::string& json)
{
    const auto example = rendered(rowOf(json), REQUIRE_OK(loadTemplate("chatml")));
    CHECK_EQ(example ? "" : example.error(), "");
    return example.value_or(Example());
}

std::string whyRejected(const std::string& json)
{
    const auto example = rendered(rowOf(json), REQUIRE_OK(loadTemplate("chatml")));
    return example ? "(not rejected)" : example.error();
}

const std::string hello = "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n";

} // namespace

HILO_TEST(rolesHaveManyNamesInAnyCase)
{
    for (const auto& [user, assistant] : {std::pair{"USER", "ASSISTANT"},
                                          {"Human", "Assistant"},
                                          {"user", "chatgpt"},
                                          {"prompter", "assistant"},
                                          {"USER", "CHATBOT"},
                                          {"human", "gpt"},
                                          {"User ", "Bing"},
                                          {"user", "Bard"},
                                          {"Customer", "AI"},
                                          {"user", "model"},
                                          {"human", "Bot"},
                                          {"Question", "Answer"}}) {
        const std::string turns = std::string(R"([{"from": ")") + user + R"(", "value": "hello"}, {"from": ")" +
                                  assistant + R"(", "value": "Good day."}])";
        const Example example = exampleOf("{\"conversations\": " + turns + "}");
        CHECK_EQ(example.prompt, hello);
        CHECK_EQ(example.answer, "Good day.<|im_end|>");
    }
    CHECK_EQ(roleOfName("Developer"), "system");
    CHECK_EQ(roleOfName("tool-response"), "tool");
    CHECK_EQ(roleOfName("Observation"), "tool");
    CHECK_EQ(roleOfName(" Narrator"), "narrator");
}

HILO_TEST(anUnknownRoleIsNamed)
{
    const std::string reason =
        whyRejected(R"({"messages": [{"role": "Narrator", "content": "a"}, {"role": "assistant", "content": "b"}]})");
    CHECK_CONTAINS(reason, "\"narrator\"");
    CHECK_CONTAINS(reason, "assistant, system, tool, user");
    CHECK_CONTAINS(
        whyRejected(R"({"messages": [{"role": "user", "content": "a"}, {"role": "oracle", "content": "b"}]})"),
        "turn 2");
    CHECK_CONTAINS(whyRejected(R"({"messages": [{"content": "a"}, {"role": "assistant", "content": "b"}]})"),
                   "messages[0] has no role");
    CHECK_CONTAINS(whyRejected(R"({"messages": [{"role": 3, "content": "a"}]})"), "no role");
    CHECK_CONTAINS(whyRejected(R"({"messages": ["a", {"role": "assistant"}]})"), "messages[0] is not an object");
    CHECK_CONTAINS(whyRejected(R"({"text": "a"})"), "no conversation");
    CHECK_CONTAINS(whyRejected(R"({"messages": []})"), "empty list");
}

HILO_TEST(aTemplateMayKnowFurtherRoles)
{
    PromptTemplate prompt = REQUIRE_OK(loadTemplate("chatml"));
    prompt.turns["narrator"] = "N {content}";
    const auto example = rendered(
        rowOf(R"({"messages": [{"role": "Narrator", "content": "a"}, {"role": "assistant", "content": "b"}]})"),
        prompt);
    CHECK(example.has_value());
    CHECK_CONTAINS(example.value_or(Example()).prompt, "N a");
}

HILO_TEST(messagesStoredAsTextAreRead)
{
    const std::string list =
        R"([{\"role\": \"user\", \"content\": \"hello\"}, {\"role\": \"assistant\", \"content\": \"Good day.\"}])";
    for (const char* column : {"messages", "conversations", "conversation"})
        CHECK_EQ(exampleOf(std::string("{\"") + column + "\": \"" + list + "\"}").prompt, hello);
    const std::string csv =
        "id,messages\n1,\"[{\"\"role\"\": \"\"user\"\", \"\"content\"\": \"\"hello\"\"}, {\"\"role\"\": "
        "\"\"assistant\"\", \"\"content\"\": \"\"Good day.\"\"}]\"\n";
    CHECK_EQ(datasetOf("talk.csv", csv).splits.at("train")[0].messages.size(), 2u);
    DataSpec spec;
    spec.columns = {{"messages", "dialog"}};
    const std::string other = R"({"dialog": [{"role": "user", "text": "hello"}, {"role": "assistant", "text": "b"}]})";
    CHECK_EQ(datasetOf("talk.jsonl", other + "\n", spec).splits.at("train")[0].messages.size(), 2u);
    // As Python prints a list: no JSON.
    CHECK_CONTAINS(whyRejected(R"({"messages": "[{'role': 'user', 'content': 'hello'}]"})"), "no list in JSON");
    // A text that is none is a text.
    const Row text = rowOf(R"({"conversation": "A: hello"})");
    CHECK_EQ(*text.field("conversation"), "A: hello");
    CHECK_EQ(text.conversationProblem, "");
}

HILO_TEST(callsOfToolsAreRejectedAndNotTrainedOnAsSilence)
{
    const std::string call = R"({"role": "assistant", "content": null, "tool_calls": [{"id": "c1"}]})";
    for (const std::string& turns :
         {R"([{"role": "user", "content": "a"}, )" + call +
              R"(, {"role": "tool", "content": "12"}, {"role": "assistant", "content": "b"}])",
          R"([{"role": "user", "content": "a"}, )" + call + "]"}) {
        const std::string reason = whyRejected("{\"messages\": " + turns + "}");
        CHECK_CONTAINS(reason, "turn 2");
        CHECK_CONTAINS(reason, "\"tool_calls\"");
    }
    const auto withKey = [](const std::string& key) {
        return whyRejected(R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", )" +
                           key + "}]}");
    };
    for (const char* key :
         {"tool_calls", "function_call", "name", "thinking", "reasoning_content", "refusal", "audio"}) {
        CHECK_CONTAINS(withKey("\"" + std::string(key) + "\": \"x\""), key);
        for (const char* empty : {"null", "\"\"", "[]", "{}"})
            CHECK_EQ(withKey("\"" + std::string(key) + "\": " + empty), "(not rejected)");
    }
    for (const char* neutral : {"\"id\": 3", "\"timestamp\": \"now\"", "\"tool_call_id\": \"c1\""})
        CHECK_EQ(withKey(neutral), "(not rejected)");
    CHECK_CONTAINS(
        whyRejected(
            R"({"tools": [{"name": "f"}], "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})"),
        "tools");
    CHECK_EQ(
        whyRejected(
            R"({"tools": [], "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})"),
        "(not rejected)");
}

HILO_TEST(theAdviceFitsTheReasonWhenAllRowsAreRejected)
{
    const PromptTemplate prompt = REQUIRE_OK(loadTemplate("chatml"));
    const Error calls = REQUIRE_ERROR(renderExamples(
        {rowOf(
            R"({"tools": [{"name": "f"}], "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})")},
        prompt, {}));
    CHECK_CONTAINS(calls.message, "tools");
    CHECK(calls.hint.find("columns") == std::string::npos);
}

HILO_TEST(emptyAnswersAreRejected)
{
    for (const char* content : {"null", "\"\"", "\" \\n\"", "[]"})
        CHECK_CONTAINS(
            whyRejected(
                std::string(R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": )") +
                content + R"(}, {"role": "user", "content": "c"}, {"role": "assistant", "content": "d"}]})"),
            "turn 2");
    CHECK_CONTAINS(whyRejected(R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant"}]})"),
                   "no content");
    CHECK_CONTAINS(
        whyRejected(R"({"messages": [{"role": "user", "content": {"a": 1}}, {"role": "assistant", "content": "b"}]})"),
        "messages[0].content is not a text");
}

HILO_TEST(partsThatAreNoTextAreRejected)
{
    CHECK_EQ(
        exampleOf(
            R"({"messages": [{"role": "user", "content": [{"type": "text", "text": "hel"}, "lo"]}, {"role": "assistant", "content": "b"}]})")
            .prompt,
        hello);
    const std::string reason = whyRejected(
        R"({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}, {"role": "assistant", "content": "b"}]})");
    CHECK_CONTAINS(reason, "messages[0].content[0]");
    CHECK_CONTAINS(reason, "image_url");
}

HILO_TEST(weightsOfAnswersAreFollowed)
{
    for (const char* key : {"\"weight\": 0", "\"train\": false", "\"loss\": false", "\"loss_scale\": 0.0"}) {
        const Example example = exampleOf(
            std::string(R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "no", )") +
            key + R"(}, {"role": "user", "content": "c"}, {"role": "assistant", "content": "yes", "weight": 1}]})");
        CHECK_EQ(example.answer, "yes<|im_end|>");
        CHECK_CONTAINS(example.prompt, "no<|im_end|>");
        CHECK_EQ(example.earlierAnswers.size(), 0u);
        // The last one that is learnt is the answer.
        const Example last = exampleOf(
            std::string(
                R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "yes"}, {"role": "user", "content": "c"}, {"role": "assistant", "content": "no", )") +
            key + "}]}");
        CHECK_EQ(last.answer, "yes<|im_end|>");
    }
    CHECK_CONTAINS(
        whyRejected(
            R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "weight": 0}]})"),
        "learnt");
    CHECK_CONTAINS(
        whyRejected(
            R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "weight": 0.5}]})"),
        "weight is 0.5");
    CHECK_CONTAINS(
        whyRejected(
            R"({"messages": [{"role": "user", "content": "a", "train": true}, {"role": "assistant", "content": "b"}]})"),
        "train");
}

HILO_TEST(aTemplateMayWriteFurtherKeys)
{
    const auto named = rendered(
        rowOf(
            R"({"tools": "f", "messages": [{"role": "system", "content": "s"}, {"role": "user", "name": "Ann", "content": "a"}, {"role": "assistant", "content": "b"}]})"),
        withNames());
    CHECK_EQ(named ? named->prompt : named.error(), "S s f|U Ann: a| A ");
    const auto plain =
        rendered(rowOf(R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})"),
                 withNames());
    CHECK_EQ(plain ? plain->prompt : plain.error(), "U you: a| A ");
}

HILO_TEST(unknownKeysAreTold)
{
    const Dataset data = datasetOf(
        "talk.jsonl",
        R"({"messages": [{"role": "user", "content": "a", "mood": "glad", "url": "x"}, {"role": "assistant", "content": "b"}]})"
        "\n");
    CHECK_EQ(data.notes.size(), 1u);
    CHECK_CONTAINS(data.notes.at(0).text, "mood, url");
    CHECK_EQ(data.rejected.size(), 0u);
}

HILO_TEST(systemColumnsAndSecondConversations)
{
    const std::string turns =
        R"("messages": [{"role": "user", "content": "hello"}, {"role": "assistant", "content": "b"}])";
    CHECK_EQ(exampleOf("{\"system\": \"Be brief.\", " + turns + "}").prompt,
             "<|im_start|>system\nBe brief.<|im_end|>\n" + hello);
    CHECK_EQ(exampleOf("{\"system\": \"\", " + turns + "}").prompt, hello);
    const std::string own =
        R"("messages": [{"role": "system", "content": "x"}, {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}])";
    CHECK_CONTAINS(whyRejected("{\"system\": \"Be brief.\", " + own + "}"), "another system turn");
    CHECK_EQ(whyRejected("{\"system\": \"x\", " + own + "}"), "(not rejected)");
    CHECK_CONTAINS(whyRejected("{" + turns + R"(, "conversations": [{"from": "human", "value": "other"}]})"),
                   "two conversations");
}

HILO_TEST(alpacaRowsKeepSystemAndHistory)
{
    const Example example =
        exampleOf(R"({"system": "s", "instruction": "i", "input": "n", "output": "o", "history": [["q", "a"]]})");
    CHECK_EQ(example.prompt,
             "<|im_start|>system\ns<|im_end|>\n<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\na<|im_end|>"
             "\n<|im_start|>user\ni\nn<|im_end|>\n<|im_start|>assistant\n");
    CHECK_EQ(example.earlierAnswers.size(), 1u);
    CHECK_EQ(whyRejected(R"({"instruction": "i", "output": "o", "history": []})"), "(not rejected)");
    CHECK_CONTAINS(whyRejected(R"({"instruction": "i", "output": "o", "history": "before"})"), "history");
    CHECK_CONTAINS(whyRejected(R"({"instruction": "i", "output": ""})"), "empty");
}
