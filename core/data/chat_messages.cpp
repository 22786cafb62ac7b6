// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/chat_messages.h"

#include "data/conversation.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace {

/// transformers' names of what a model thought, the first one that a turn has counting (chat_template_utils.py).
constexpr std::array thinkingKeys = {"reasoning_content", "thinking", "reasoning"};

bool isThinking(const std::string& key)
{
    return std::find(thinkingKeys.begin(), thinkingKeys.end(), key) != thinkingKeys.end();
}

bool namesRole(const ModelChat& chat, const std::string& role, bool withTools)
{
    return chat.mentions("'" + role + "'", withTools) || chat.mentions("\"" + role + "\"", withTools);
}

void argumentsAsObject(Json& call)
{
    Json* function = call.is_object() && call.contains("function") ? &call["function"] : &call;
    if (!function->is_object() || !function->contains("arguments") || !(*function)["arguments"].is_string())
        return;
    if (auto parsed = parseJson((*function)["arguments"].get_ref<const std::string&>(), {}, pythonJson);
        parsed && parsed->is_object())
        (*function)["arguments"] = std::move(*parsed);
}

/// ShareGPT's {"from": "function_call", "value": "{\"name\": …, \"arguments\": …}"}; null when it is none.
Json callOfText(const Message& message)
{
    if (message.writtenRole != "function_call" || message.role != "assistant")
        return nullptr;
    auto call = parseJson(message.content, {}, pythonJson);
    if (!call || !call->is_object() || !call->contains("name") || !call->contains("arguments"))
        return nullptr;
    argumentsAsObject(*call);
    return Json::array({{{"type", "function"}, {"function", std::move(*call)}}});
}

void addThinking(Json& turn)
{
    for (const char* key : thinkingKeys)
        if (const auto found = turn.find(key); found != turn.end()) {
            const Json thought = *found;
            if (!turn.contains("thinking"))
                turn["thinking"] = thought;
            turn["reasoning_content"] = thought;
            return;
        }
}

} // namespace

Json chatMessages(const std::vector<Message>& messages, const ModelChat& chat, bool withTools)
{
    Json list = Json::array();
    for (const Message& message : messages) {
        Json turn = Json::object();
        const bool keepsRole = !message.writtenRole.empty() && message.role != "assistant" &&
                               namesRole(chat, message.writtenRole, withTools);
        turn["role"] = keepsRole ? message.writtenRole : message.role;
        Json call = chat.mentions("tool_calls", withTools) ? callOfText(message) : Json();
        if (!call.is_null())
            turn["tool_calls"] = std::move(call);
        else if (message.hasContent)
            turn["content"] = message.content;
        for (const auto& [key, value] : message.further) {
            turn[key] = value;
            if (key == "tool_calls" && value.is_array())
                for (Json& one : turn[key])
                    argumentsAsObject(one);
        }
        addThinking(turn);
        list.push_back(std::move(turn));
    }
    return list;
}

tl::expected<Json, std::string> toolsOfRow(const Row& row)
{
    const std::string* text = row.field("tools");
    // An object's keys are columns of their own.
    const bool isObject = std::any_of(row.fields.begin(), row.fields.end(),
                                      [](const auto& field) { return field.first.starts_with("tools."); });
    if (row.choicesOf("tools") || isObject)
        return tl::unexpected(std::string("the column tools is no list of function schemas"));
    if (!text || text->find_first_not_of(" \t\r\n") == std::string::npos)
        return Json();
    auto tools = parseJson(*text, {}, pythonJson);
    if (!tools)
        return tl::unexpected("the column tools is no list in JSON: " + tools.error().message);
    if (tools->is_null() || (tools->is_structured() && tools->empty()))
        return Json();
    const auto isSchema = [](const Json& tool) { return tool.is_object(); };
    if (!tools->is_array() || !std::all_of(tools->begin(), tools->end(), isSchema))
        return tl::unexpected(std::string("the column tools is no list of function schemas"));
    return std::move(*tools);
}

std::string whatTheTemplateLoses(const std::vector<Message>& messages, bool withTools, const ModelChat& chat)
{
    if (withTools && !chat.mentions("tools", true))
        return "the row offers the assistant tools, which the model's chat template does not write";
    for (std::size_t i = 0; i < messages.size(); ++i)
        for (const auto& [key, value] : messages[i].further) {
            const bool isWritten = isThinking(key)
                                       ? std::any_of(thinkingKeys.begin(), thinkingKeys.end(),
                                                     [&](const char* one) { return chat.mentions(one, withTools); })
                                       : chat.mentions(key, withTools);
            // A tool's turn may name the function that its call named already.
            const bool isKnownElsewhere = key == "name" && messages[i].role == "tool";
            if (changesMeaning(key) && !isWritten && !isKnownElsewhere)
                return "turn " + std::to_string(i + 1) + " of the conversation has \"" + key +
                       "\", which the model's chat template does not write";
        }
    return {};
}

} // namespace hilo
