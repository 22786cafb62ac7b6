// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_readers.h"

#include <array>

namespace hilo {
namespace {

std::string scalarText(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string textOf(const Json& object, std::initializer_list<const char*> keys)
{
    for (const char* key : keys)
        if (const auto found = object.find(key); found != object.end() && found->is_string())
            return found->get<std::string>();
    return {};
}

/// Text of a message, also of one whose content is a list of parts.
std::string contentOf(const Json& message)
{
    const auto content = message.find("content");
    if (content == message.end() || !content->is_array())
        return textOf(message, {"content", "value"});
    std::string text;
    for (const Json& part : *content)
        if (part.is_object())
            text += textOf(part, {"text"});
    return text;
}

std::string roleOf(const Json& message)
{
    const std::string role = textOf(message, {"role", "from"});
    if (role == "human")
        return "user";
    if (role == "gpt" || role == "function_call" || role == "model" || role == "bot")
        return "assistant";
    return role == "observation" ? "tool" : role;
}

bool readMessages(const Json& list, std::vector<Message>& messages)
{
    std::vector<Message> found;
    for (const Json& entry : list) {
        if (!entry.is_object())
            return false;
        if (entry.contains("human") && entry.contains("assistant")) {
            found.push_back({"user", textOf(entry, {"human"})});
            found.push_back({"assistant", textOf(entry, {"assistant"})});
        } else if (const std::string role = roleOf(entry); !role.empty()) {
            found.push_back({role, contentOf(entry)});
        } else {
            return false;
        }
    }
    messages = std::move(found);
    return !messages.empty();
}

std::string letter(std::size_t index)
{
    return index < 26 ? std::string(1, static_cast<char>('A' + index)) : std::to_string(index + 1);
}

/// {"label": […], "text": […]}, a list of texts, or a list of {"label", "text"}.
bool readChoices(const Json& value, std::vector<Choice>& choices)
{
    if (value.is_object() && value.contains("label") && value.contains("text") && value["label"].is_array() &&
        value["text"].is_array() && value["label"].size() == value["text"].size()) {
        for (std::size_t i = 0; i < value["text"].size(); ++i)
            choices.push_back({scalarText(value["label"][i]), scalarText(value["text"][i])});
        return !choices.empty();
    }
    if (!value.is_array() || value.empty())
        return false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i].is_string())
            choices.push_back({letter(i), value[i].get<std::string>()});
        else if (value[i].is_object() && value[i].contains("text"))
            choices.push_back(
                {value[i].contains("label") ? scalarText(value[i]["label"]) : letter(i), scalarText(value[i]["text"])});
        else
            return false;
    }
    return true;
}

void addFields(const Json& object, const std::string& prefix, Row& row)
{
    for (const auto& [key, value] : object.items()) {
        const std::string name = prefix + key;
        if (value.is_null())
            continue;
        std::vector<Choice> choices;
        const bool isTalk = key == "messages" || key == "conversations" || key == "conversation";
        if (isTalk && value.is_array() && readMessages(value, row.messages))
            continue;
        if (readChoices(value, choices))
            row.choices.emplace_back(name, std::move(choices));
        else if (value.is_object())
            addFields(value, name + ".", row);
        else
            row.fields.emplace_back(name, scalarText(value));
    }
}

} // namespace

Row rowFromJson(const Json& record, const std::string& file, std::int64_t line)
{
    Row row;
    row.file = file;
    row.line = line;
    addFields(record, "", row);
    const std::string* system = row.field("system");
    if (system && !row.messages.empty() && row.messages.front().role != "system")
        row.messages.insert(row.messages.begin(), {"system", *system});
    return row;
}

} // namespace hilo
