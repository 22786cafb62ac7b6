// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/chat_prompt.h"

#include "data/chat_messages.h"
#include "data/conversation.h"
#include "data/json_row.h"

#include <functional>
#include <set>
#include <utility>

namespace hilo {
namespace {

/// role and text of a turn
using WriteTurn = std::function<std::string(const std::string& role, const std::string& text)>;

std::string allTurns(const std::vector<Message>& messages, const WriteTurn& write)
{
    std::string text;
    for (const Message& message : messages)
        text += write(message.role, message.content);
    return text;
}

/// A family's turns have no place for calls, thinking and the like.
Status checkPlain(const ChatRequest& request)
{
    const auto needsTemplate = [](const std::string& what) {
        return failure(badInput({}, "messages", what + " needs a chat template, and the model has none.",
                                "Give one with --chat-template FILE.jinja."));
    };
    for (const Message& message : request.messages) {
        if (message.role != "system" && message.role != "user" && message.role != "assistant")
            return needsTemplate("The role \"" + message.role + "\"");
        for (const auto& [key, value] : message.further)
            if (changesMeaning(key))
                return needsTemplate("\"" + key + "\" of a turn");
    }
    if (!request.tools.is_null())
        return needsTemplate("A list of tools");
    if (!request.choice.variables.empty())
        return needsTemplate("\"" + request.choice.variables.begin().key() + "\" of the chat variables");
    return {};
}

/// Empty when the vocabulary has no family's turns.
std::string byVocabulary(const Tokenizer& tokenizer, const std::vector<Message>& messages)
{
    if (tokenizer.tokenId("<|im_start|>"))
        return allTurns(messages,
                        [](const std::string& role, const std::string& text) {
                            return "<|im_start|>" + role + "\n" + text + "<|im_end|>\n";
                        }) +
               "<|im_start|>assistant\n";
    if (tokenizer.tokenId("<|start_header_id|>")) {
        const auto turn = [](const std::string& role, const std::string& text) {
            return "<|start_header_id|>" + role + "<|end_header_id|>\n\n" + text + "<|eot_id|>";
        };
        return allTurns(messages, turn) + "<|start_header_id|>assistant<|end_header_id|>\n\n";
    }
    if (!tokenizer.tokenId("<start_of_turn>"))
        return {};
    // Gemma has no system turns; their text begins the user's.
    std::string system;
    const auto turn = [&system](const std::string& role, const std::string& text) -> std::string {
        if (role == "system") {
            system += text + "\n\n";
            return {};
        }
        return "<start_of_turn>" + std::string(role == "assistant" ? "model" : role) + "\n" +
               std::exchange(system, {}) + text + "<end_of_turn>\n";
    };
    return allTurns(messages, turn) + "<start_of_turn>model\n";
}

} // namespace

ChatRequest chatRequestOf(const std::string& system, const std::string& message)
{
    ChatRequest request;
    const auto add = [&request](const char* role, const std::string& content) {
        Message turn;
        turn.role = turn.writtenRole = role;
        turn.content = content;
        request.messages.push_back(std::move(turn));
    };
    if (!system.empty())
        add("system", system);
    add("user", message);
    return request;
}

Result<ChatRequest> readChatRequest(const std::filesystem::path& file)
{
    HILO_TRY(const Json document, readJsonFile(file, pythonJson));
    return chatRequestOf(document, file.string());
}

Result<ChatRequest> chatRequestOf(const Json& document, const std::string& file)
{
    const Json record = document.is_array() ? Json{{"messages", document}} : document;
    const auto refused = [&](const std::string& message) {
        return failure(
            badInput(file, "messages", message,
                     "Expected a list of turns, [{\"role\": \"user\", \"content\": \"…\"}, …], or an object with "
                     "\"messages\" and perhaps \"tools\"."));
    };
    if (!record.is_object())
        return refused("There is no conversation.");
    auto row = rowFromJson(record, file, 1);
    if (!row)
        return refused(row.error());
    std::set<std::string> unknownKeys;
    readConversation(*row, unknownKeys);
    if (row->messages.empty())
        return refused(row->conversationProblem.empty() ? "There is no conversation." : row->conversationProblem);
    if (row->messages.back().role == "assistant")
        return refused("The conversation ends with the assistant's turn; it is the assistant's to go on.");
    const auto tools = toolsOfRow(*row);
    if (!tools)
        return refused(tools.error());
    ChatRequest request;
    request.tools = *tools;
    request.messages = std::move(row->messages);
    return request;
}

Result<ChatPrompt> chatPrompt(const Tokenizer& tokenizer, const ChatRequest& request)
{
    if (!tokenizer.chatTemplates().empty() || !request.choice.chatTemplate.empty()) {
        HILO_TRY(const auto chat, ModelChat::load(tokenizer, request.choice));
        const bool withTools = !request.tools.is_null();
        if (std::string lost = whatTheTemplateLoses(request.messages, withTools, *chat); !lost.empty())
            return failure(badInput({}, "messages", std::move(lost), "Leave it out, or choose another chat template."));
        HILO_TRY(std::string text, chat->prompt(chatMessages(request.messages, *chat, withTools), request.tools));
        return ChatPrompt{std::move(text), false};
    }
    HILO_CHECK(checkPlain(request));
    std::string text = byVocabulary(tokenizer, request.messages);
    if (text.empty())
        return failure(badInput({}, {},
                                "The model has no chat template, and its vocabulary no turns of a conversation.",
                                "Leave --chat out; base models continue plain text."));
    return ChatPrompt{std::move(text), true};
}

Result<ChatPrompt> chatPrompt(const Tokenizer& tokenizer, const std::string& system, const std::string& message)
{
    return chatPrompt(tokenizer, chatRequestOf(system, message));
}

} // namespace hilo
