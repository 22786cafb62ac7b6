// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "data/chat_prompt.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

std::shared_ptr<const Tokenizer> tokenizerWith(const std::vector<std::string>& special, const std::string& chatTemplate)
{
    const TemporaryFolder folder;
    Json added = Json::array();
    for (const std::string& text : special)
        added.push_back({{"id", added.size() + 1}, {"content", text}, {"special", true}});
    REQUIRE_OK(writeJsonFile(
        folder / "tokenizer.json",
        {{"added_tokens", added}, {"model", {{"type", "BPE"}, {"vocab", {{"a", 0}}}, {"merges", Json::array()}}}}));
    if (!chatTemplate.empty())
        REQUIRE_OK(writeJsonFile(folder / "tokenizer_config.json", {{"chat_template", chatTemplate}}));
    return REQUIRE_OK(Tokenizer::load(folder.path()));
}

const std::vector<std::string> chatMl = {"<|im_start|>", "<|im_end|>"};
const std::vector<std::string> llama3 = {"<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"};
const std::vector<std::string> gemma = {"<start_of_turn>", "<end_of_turn>"};
const std::string plainTemplate =
    R"({% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %})";

} // namespace

HILO_TEST(turnsOfTheKnownFamilies)
{
    CHECK_EQ(REQUIRE_OK(chatPrompt(*tokenizerWith(chatMl, ""), "", "Hi")).text,
             "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
    CHECK_EQ(REQUIRE_OK(chatPrompt(*tokenizerWith(chatMl, ""), "Be brief.", "Hi")).text,
             "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
    CHECK_EQ(
        REQUIRE_OK(chatPrompt(*tokenizerWith(llama3, ""), "", "Hi")).text,
        "<|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n");
    CHECK_EQ(REQUIRE_OK(chatPrompt(*tokenizerWith(gemma, ""), "", "Hi")).text,
             "<start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\n");
}

HILO_TEST(theModelsOwnTemplateIsRendered)
{
    const std::string mistral = "{% for m in messages %}[INST] {{ m['content'] }} [/INST]{% endfor %}";
    // Also where the vocabulary has the turns of a family.
    for (const auto& special : {std::vector<std::string>{"<s>"}, chatMl, gemma})
        CHECK_EQ(REQUIRE_OK(chatPrompt(*tokenizerWith(special, mistral), "", "Hi")).text, "[INST] Hi [/INST]");
    const auto ownSystem = tokenizerWith(
        chatMl, "{% if messages[0]['role'] != 'system' %}<|im_start|>system\nBe brief.<|im_end|>\n{% endif %}" +
                    plainTemplate + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}");
    CHECK_EQ(REQUIRE_OK(chatPrompt(*ownSystem, "", "Hi")).text,
             "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
    CHECK_EQ(REQUIRE_OK(chatPrompt(*ownSystem, "Mine.", "Hi")).text,
             "<|im_start|>system\nMine.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
    // transformers puts no BOS before what a template wrote; turns of a family are a text like others.
    CHECK(!REQUIRE_OK(chatPrompt(*ownSystem, "", "Hi")).lacksSpecial);
    CHECK(REQUIRE_OK(chatPrompt(*tokenizerWith(chatMl, ""), "", "Hi")).lacksSpecial);
}

HILO_TEST(whatATemplateRefusesIsToldInItsWords)
{
    const auto noSystem =
        tokenizerWith(gemma, "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role "
                             "not supported') }}{% endif %}{{ messages[0]['content'] }}");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(chatPrompt(*noSystem, "S", "Hi"))), "System role not supported");
    CHECK_EQ(REQUIRE_OK(chatPrompt(*noSystem, "", "Hi")).text, "Hi");
    REQUIRE_ERROR(chatPrompt(*tokenizerWith(chatMl, "{% for m in %}"), "", "Hi"));
}

HILO_TEST(aModelWithoutTurnsIsNoChatModel)
{
    CHECK_CONTAINS(REQUIRE_ERROR(chatPrompt(*tokenizerWith({"<s>"}, ""), "", "Hi")).message, "no chat template");
}

HILO_TEST(aFileHoldsAConversationOfSeveralTurns)
{
    const TemporaryFolder folder;
    const auto requestOf = [&](const std::string& text) {
        writeText(folder / "talk.json", text);
        return readChatRequest(folder / "talk.json");
    };
    const std::string turns =
        R"([{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}])";
    for (const std::string& text : {turns, "{\"messages\": " + turns + "}", "{\"conversations\": " + turns + "}"})
        CHECK_EQ(REQUIRE_OK(chatPrompt(*tokenizerWith(chatMl, ""), REQUIRE_OK(requestOf(text)))).text,
                 "<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n<|im_start|>user\nc<|im_end|>\n"
                 "<|im_start|>assistant\n");
    const ChatRequest withSystem = REQUIRE_OK(requestOf("{\"system\": \"S\", \"messages\": " + turns + "}"));
    CHECK_EQ(REQUIRE_OK(chatPrompt(*tokenizerWith(gemma, ""), withSystem)).text,
             "<start_of_turn>user\nS\n\na<end_of_turn>\n<start_of_turn>model\nb<end_of_turn>\n<start_of_turn>user\n"
             "c<end_of_turn>\n<start_of_turn>model\n");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(requestOf("[]"))), "empty list");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(requestOf("{\"a\": 1}"))), "no conversation");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(requestOf("3"))), "no conversation");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(requestOf("[{"))), "talk.json");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(
                       requestOf(R"([{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}])"))),
                   "ends with the assistant's turn");
    REQUIRE_ERROR(readChatRequest(folder / "none.json"));
}

HILO_TEST(whatNeedsATemplateIsRefusedWithoutOne)
{
    const auto model = tokenizerWith(chatMl, "");
    ChatRequest request = chatRequestOf(std::string(), "Hi");
    request.tools = Json::array({{{"name", "f"}}});
    CHECK_CONTAINS(REQUIRE_ERROR(chatPrompt(*model, request)).message, "tools");
    request.tools = nullptr;
    request.choice.variables = {{"mood", 1}};
    CHECK_CONTAINS(REQUIRE_ERROR(chatPrompt(*model, request)).message, "mood");
    request.choice.variables = Json::object();
    request.messages.front().further = {{"name", "Ann"}};
    CHECK_CONTAINS(REQUIRE_ERROR(chatPrompt(*model, request)).message, "name");
    request.messages.front().further.clear();
    request.messages.front().role = "tool";
    CHECK_CONTAINS(REQUIRE_ERROR(chatPrompt(*model, request)).message, "\"tool\"");
    // A template that says nothing of tools would drop them.
    request = chatRequestOf(std::string(), "Hi");
    request.tools = Json::array({{{"name", "f"}}});
    CHECK_CONTAINS(REQUIRE_ERROR(chatPrompt(*tokenizerWith(chatMl, plainTemplate), request)).message, "tools");
    request.choice.chatTemplate = "rag";
    CHECK_CONTAINS(REQUIRE_ERROR(chatPrompt(*model, request)).message, "no chat template");
}
