// SPDX-License-Identifier: GPL-3.0-or-later
// A model's own chat template in training and generation.
#include "engine/train/tiny_run.h"

#include "base/json.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

ProcessResult run(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), HILO_BINARY_DIR "/hilo");
    return runProcess(arguments);
}

void giveChatTemplate(const TinyRun& tiny)
{
    writeText(
        tiny.folder() / "model/chat_template.jinja",
        "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant: "
        "{% if style %}{{ style }} {% endif %}{% endif %}");
}

void change(const fs::path& file, const std::function<void(Json&)>& edit)
{
    Json json = REQUIRE_OK(readJsonFile(file));
    edit(json);
    REQUIRE_OK(writeJsonFile(file, json));
}

} // namespace

HILO_TEST(aRunWithoutATemplateNamesTheOneThatTheColumnsChose)
{
    const TinyRun tiny;
    change(tiny.spec(), [](Json& spec) { spec["data"].erase("template"); });
    const ProcessResult trained = run({"train", tiny.spec().string(), "--out", tiny.run("run").string()});
    CHECK_EQ(std::to_string(trained.exitCode) + (trained.exitCode ? trained.errors : ""), "0");
    CHECK_CONTAINS(trained.errors, "classify");
    CHECK_EQ(REQUIRE_OK(readJsonFile(tiny.run("run") / "run.json"))["data"]["template"].get<std::string>(), "classify");
}

HILO_TEST(aRunTrainsOnTheModelsOwnTurns)
{
    const TinyRun tiny;
    giveChatTemplate(tiny);
    const std::string row =
        R"({"messages": [{"role": "user", "content": "a tree"}, {"role": "assistant", "content": "plant"}]})"
        "\n";
    for (const char* name : {"train", "test"})
        writeText(tiny.folder() / "talks" / (std::string(name) + ".jsonl"), row + row + row + row);
    writeText(tiny.folder() / "own.json",
              R"x({"format": "hilo.prompt/1", "kind": "conversation", "turns": "model", "answer_pattern": "(\\w+)"})x");
    change(tiny.spec(), [](Json& spec) {
        spec["data"] = {{"path", "talks"}, {"template", "own.json"}, {"learn", "last"}};
        spec["evaluation"] = {{"protocol", "gen-match-strict"}, {"split", "test"}, {"max_new_tokens", 2}};
        spec["training"]["steps"] = 1;
    });
    const ProcessResult trained = run({"train", tiny.spec().string(), "--out", tiny.run("run").string(), "--json"});
    CHECK_EQ(std::to_string(trained.exitCode) + (trained.exitCode ? trained.errors : ""), "0");
    CHECK_EQ(REQUIRE_OK(readJsonFile(tiny.run("run") / "run.json"))["data"]["learn"].get<std::string>(), "last");
}

HILO_TEST(pairsOfConversationsTrainInTheModelsOwnTurns)
{
    const TinyRun tiny;
    giveChatTemplate(tiny);
    std::string rows;
    for (int i = 0; i < 8; ++i) {
        const Json user = {{"role", "user"}, {"content", "row " + std::to_string(i)}};
        const auto answer = [](const char* text) { return Json{{"role", "assistant"}, {"content", text}}; };
        rows +=
            Json{{"prompt", user["content"]}, {"chosen", {user, answer("plant")}}, {"rejected", {user, answer("act")}}}
                .dump() +
            "\n";
    }
    for (const char* name : {"train", "test"})
        writeText(tiny.folder() / "pairs" / (std::string(name) + ".jsonl"), rows);
    change(tiny.spec(), [](Json& spec) {
        spec["data"] = {{"path", "pairs"}};
        spec.erase("evaluation");
        spec["training"]["steps"] = 2;
    });
    const ProcessResult trained = run({"train", tiny.spec().string(), "--out", tiny.run("run").string(), "--json"});
    CHECK_EQ(std::to_string(trained.exitCode) + (trained.exitCode ? trained.errors : ""), "0");
    const Json kept = REQUIRE_OK(readJsonFile(tiny.run("run") / "run.json"));
    CHECK_EQ(kept["data"]["template"].get<std::string>(), "preference-chat");
    CHECK_EQ(kept["training"]["objective"]["name"].get<std::string>(), "dpo");
    CHECK(eventsOf(tiny.run("run"), "evaluation").back()["metrics"].contains("reward_accuracy"));
}

HILO_TEST(generationGoesOnWithAConversation)
{
    const TinyRun tiny;
    giveChatTemplate(tiny);
    const std::string model = (tiny.folder() / "model").string();
    const std::string talk = (tiny.folder() / "talk.json").string();
    writeText(
        talk,
        R"([{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}])");
    const auto prompt = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"generate", model, "--chat", "--max-tokens", "1", "--stream-json"});
        const ProcessResult told = run(arguments);
        CHECK_EQ(std::to_string(told.exitCode) + (told.exitCode ? told.errors : ""), "0");
        std::string text;
        std::istringstream lines(told.output);
        for (std::string line; std::getline(lines, line);)
            if (const Json event = REQUIRE_OK(parseJson(line, "line")); event.value("prompt", false))
                text += event["text"].get<std::string>();
        return text;
    };
    CHECK_CONTAINS(prompt({"--messages", talk}), "user: a\nassistant: b\nuser: c\nassistant: ");
    CHECK_CONTAINS(prompt({"--prompt", "x", "--chat-variables", "{\"style\": \"kind\"}"}), "user: x\nassistant: kind ");
    writeText(tiny.folder() / "own.jinja", "[{{ messages[0].content }}]");
    CHECK_CONTAINS(prompt({"--prompt", "x", "--chat-template", (tiny.folder() / "own.jinja").string()}), "[x]");

    const auto refusal = [&](std::vector<std::string> arguments, int code, const std::string& message) {
        arguments.insert(arguments.begin(), {"generate", model});
        const ProcessResult told = run(arguments);
        CHECK_EQ(told.exitCode, code);
        CHECK_CONTAINS(told.errors, message);
    };
    refusal({}, 2, "--prompt");
    refusal({"--messages", talk}, 2, "--chat");
    refusal({"--chat", "--messages", talk, "--prompt", "x"}, 2, "--messages");
    refusal({"--chat", "--prompt", "x", "--chat-variables", "{"}, 2, "--chat-variables");
    refusal({"--chat", "--prompt", "x", "--chat-variables", "{\"mood\": 1}"}, 3, "mood");
    writeText(talk, R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})");
    refusal({"--chat", "--messages", talk}, 3, "ends with the assistant");
    writeText(talk, R"({"messages": [{"content": "a"}]})");
    refusal({"--chat", "--messages", talk}, 3, "no role");
    writeText(talk, R"({"messages": [{"role": "user", "content": "a"}], "tools": [{"type": "function"}]})");
    refusal({"--chat", "--messages", talk}, 3, "tools");
    refusal({"--chat", "--messages", (tiny.folder() / "nothing.json").string()}, 3, "nothing.json");
}

HILO_TEST(pairsAndJudgementsOfTurnsTrainWithoutAChatTemplate)
{
    for (const bool isPair : {true, false}) {
        const TinyRun tiny;
        std::string rows;
        for (int i = 0; i < 8; ++i) {
            const Json user = {{"role", "user"}, {"content", "row " + std::to_string(i)}};
            const auto answer = [](const char* text) { return Json{{"role", "assistant"}, {"content", text}}; };
            rows += (isPair ? Json{{"chosen", {user, answer("plant")}}, {"rejected", {user, answer("act")}}}
                            : Json{{"prompt", Json::array({user})},
                                   {"completion", Json::array({answer("act")})},
                                   {"label", false}})
                        .dump() +
                    "\n";
        }
        for (const char* name : {"train", "test"})
            writeText(tiny.folder() / "pairs" / (std::string(name) + ".jsonl"), rows);
        change(tiny.spec(), [](Json& spec) {
            spec["data"] = {{"path", "pairs"}};
            spec.erase("evaluation");
            spec["training"]["steps"] = 1;
        });
        const ProcessResult trained = run({"train", tiny.spec().string(), "--out", tiny.run("run").string(), "--json"});
        CHECK_EQ(std::to_string(trained.exitCode) + (trained.exitCode ? trained.errors : ""), "0");
        const Json kept = REQUIRE_OK(readJsonFile(tiny.run("run") / "run.json"));
        CHECK_EQ(kept["data"]["template"].get<std::string>(), isPair ? "preference-chatml" : "judged-chatml");
        CHECK(eventsOf(tiny.run("run"), "evaluation").back()["metrics"].contains("preference_loss"));
        // What is wrong with the judgements is told before the first step.
        if (!isPair)
            CHECK_CONTAINS(trained.errors, "8 training rows: all are judged bad");
    }
}
