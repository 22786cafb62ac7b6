// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/conversation.h"

#include "data/json_row.h"

#include <algorithm>
#include <array>
#include <optional>

namespace hilo {
namespace {

using Problem = std::string;
using Names = std::initializer_list<const char*>;

constexpr std::array<std::string_view, 3> conversationColumns = {"messages", "conversations", "conversation"};

/// The names that data sets and chat services give to the four roles.
constexpr std::array<std::pair<std::string_view, const char*>, 28> roleNames = {
    {{"system", "system"},    {"system_prompt", "system"},    {"developer", "system"},   {"user", "user"},
     {"human", "user"},       {"prompter", "user"},           {"customer", "user"},      {"instruction", "user"},
     {"question", "user"},    {"assistant", "assistant"},     {"gpt", "assistant"},      {"chatgpt", "assistant"},
     {"gpt4", "assistant"},   {"chatbot", "assistant"},       {"bot", "assistant"},      {"model", "assistant"},
     {"ai", "assistant"},     {"bing", "assistant"},          {"bard", "assistant"},     {"claude", "assistant"},
     {"gemini", "assistant"}, {"function_call", "assistant"}, {"answer", "assistant"},   {"tool", "tool"},
     {"observation", "tool"}, {"function", "tool"},           {"tool_response", "tool"}, {"ipython", "tool"}}};

/// Keys of a turn that change what it says: a template that does not write them loses something.
constexpr std::array<std::string_view, 17> meaningful = {
    "tool_calls", "tool_call", "function_call",     "function", "functions", "tools", "name",
    "thinking",   "reasoning", "reasoning_content", "refusal",  "audio",     "image", "images",
    "videos",     "prefix",    "train_detail"};

/// Keys of a turn that say nothing to the model.
constexpr std::array<std::string_view, 13> meaningless = {"id",      "message_id", "uuid",    "index",      "turn",
                                                          "turn_id", "timestamp",  "created", "created_at", "date",
                                                          "time",    "lang",       "language"};

/// The call that a tool's turn answers: templates may write it, and it changes nothing where they do not.
constexpr std::string_view answeredCall = "tool_call_id";

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Without blanks around it and capitals, and with _ for what stands between words.
std::string lowerCase(std::string_view name)
{
    const auto begin = name.find_first_not_of(" \t\r\n");
    const auto end = name.find_last_not_of(" \t\r\n");
    std::string role(begin == std::string_view::npos ? "" : name.substr(begin, end - begin + 1));
    std::transform(role.begin(), role.end(), role.begin(),
                   [](unsigned char c) { return c == ' ' || c == '-' ? '_' : static_cast<char>(std::tolower(c)); });
    return role;
}

bool isEmpty(const Json& value)
{
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
           (value.is_structured() && value.empty());
}

const Json* firstOf(const Json& object, Names keys)
{
    for (const char* key : keys)
        if (const auto found = object.find(key); found != object.end())
            return &*found;
    return nullptr;
}

/// Reads the list of one column.
class TurnReader
{
  public:
    TurnReader(std::string column, std::set<std::string>& unknownKeys)
        : column_(std::move(column)), unknownKeys_(unknownKeys)
    {
    }

    tl::expected<std::vector<Message>, Problem> read(const Json& list)
    {
        std::vector<Message> messages;
        for (std::size_t i = 0; i < list.size(); ++i) {
            place_ = column_ + "[" + std::to_string(i) + "]";
            if (!list[i].is_object())
                return tl::unexpected(place_ + " is not an object");
            const Problem problem = list[i].contains("human") && list[i].contains("assistant")
                                        ? pair(list[i], messages)
                                        : turn(list[i], messages);
            if (!problem.empty())
                return tl::unexpected(problem);
        }
        return messages;
    }

  private:
    Problem pair(const Json& object, std::vector<Message>& messages)
    {
        for (const char* role : {"human", "assistant"}) {
            Message message;
            message.role = roleOfName(role);
            message.writtenRole = role;
            if (Problem problem = contentOf(object[role], role, message.content); !problem.empty())
                return problem;
            messages.push_back(std::move(message));
        }
        return further(object, {"human", "assistant"}, messages.back());
    }

    Problem turn(const Json& object, std::vector<Message>& messages)
    {
        const Json* role = firstOf(object, {"role", "from"});
        if (!role || !role->is_string())
            return place_ + " has no role";
        Message message;
        message.role = roleOfName(role->get_ref<const std::string&>());
        message.writtenRole = lowerCase(role->get_ref<const std::string&>());
        const Json* content = firstOf(object, {"content", "value", "text"});
        // A turn without words may be nothing but a call; further() keeps it.
        if (!content && !firstOf(object, {"tool_calls", "function_call"}))
            return place_ + " has no content";
        if (content)
            if (Problem problem = contentOf(*content, "content", message.content); !problem.empty())
                return problem;
        message.hasContent = content && !content->is_null();
        const bool hasContent = object.contains("content");
        if (Problem problem = further(object,
                                      {"role", object.contains("role") ? "" : "from", "content",
                                       hasContent ? "" : "value", hasContent || object.contains("value") ? "" : "text"},
                                      message);
            !problem.empty())
            return problem;
        messages.push_back(std::move(message));
        return {};
    }

    Problem contentOf(const Json& content, const std::string& key, std::string& text) const
    {
        const std::string place = place_ + "." + key;
        if (content.is_null())
            return {};
        if (content.is_string()) {
            text = content.get<std::string>();
            return {};
        }
        if (!content.is_array())
            return place + " is not a text";
        for (std::size_t i = 0; i < content.size(); ++i) {
            const Json& part = content[i];
            const Json* words = part.is_object() ? firstOf(part, {"text"}) : &part;
            const auto type = part.is_object() ? part.find("type") : part.end();
            const bool isText = !part.is_object() || type == part.end() || *type == "text";
            if (!isText || !words || !words->is_string())
                return place + "[" + std::to_string(i) + "] is " +
                       (part.is_object() && type != part.end() ? "of the type " + type->dump() : "no text") +
                       "; only texts are read";
            text += words->get_ref<const std::string&>();
        }
        return {};
    }

    /// The keys beside role and content.
    Problem further(const Json& object, Names read, Message& message)
    {
        for (const auto& [key, value] : object.items()) {
            if (std::find(read.begin(), read.end(), key) != read.end() || isEmpty(value) || contains(meaningless, key))
                continue;
            if (key == "weight" || key == "train" || key == "loss" || key == "loss_scale") {
                const bool isNumber = value.is_number() && (value == 0 || value == 1);
                if (!value.is_boolean() && !isNumber)
                    return place_ + "." + key + " is " + value.dump() + "; only 0, 1, false and true can be followed";
                const bool learns = value.is_boolean() ? value.get<bool>() : value == 1;
                if (learns && message.role != "assistant")
                    return place_ + "." + key + " asks to learn a turn of the role " + message.role +
                           "; only the assistant's are learnt";
                message.isLearnt = message.isLearnt && learns;
            } else {
                message.further.emplace_back(key, value);
                if (!contains(meaningful, key) && key != answeredCall)
                    unknownKeys_.insert(key);
            }
        }
        return {};
    }

    std::string column_;
    std::set<std::string>& unknownKeys_;
    std::string place_; ///< of the turn
};

/// "messages", also inside of objects: "data.messages".
bool isTalk(const std::string& name)
{
    const auto dot = name.rfind('.');
    return contains(conversationColumns, dot == std::string::npos ? name : name.substr(dot + 1));
}

void putSystemFirst(Row& row)
{
    const std::string* system = row.field("system");
    if (!system || system->empty())
        return;
    if (row.messages.front().role != "system") {
        Message message;
        message.role = "system";
        message.content = *system;
        row.messages.insert(row.messages.begin(), std::move(message));
    } else if (row.messages.front().content != *system) {
        row.conversationProblem = "there is a column system and another system turn";
    }
}

} // namespace

void readConversation(Row& row, std::set<std::string>& unknownKeys)
{
    std::optional<std::size_t> place;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        const auto& [name, text] = row.fields[i];
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        if (!isTalk(name) || first == std::string::npos || text[first] != '[')
            continue;
        if (place && row.fields[*place].second != text) {
            row.conversationProblem =
                "there are two conversations, in the columns " + row.fields[*place].first + " and " + name;
            return;
        }
        place = place.value_or(i);
    }
    if (!place)
        return;
    const auto& [name, text] = row.fields[*place];
    auto messages = turnsOfText(name, text, unknownKeys);
    if (!messages) {
        row.conversationProblem = messages.error();
        return;
    }
    row.messages = std::move(*messages);
    std::erase_if(row.fields, [](const auto& field) { return isTalk(field.first) && field.second.starts_with("["); });
    putSystemFirst(row);
}

bool holdsTurns(const std::string& text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || text[first] != '[')
        return false;
    const auto list = parseJson(text, {}, pythonJson);
    return list && list->is_array() && !list->empty() && std::all_of(list->begin(), list->end(), [](const Json& turn) {
               return turn.is_object() && firstOf(turn, {"role", "from"});
           });
}

tl::expected<std::vector<Message>, std::string> turnsOfText(const std::string& column, const std::string& text,
                                                            std::set<std::string>& unknownKeys)
{
    const auto list = parseJson(text, {}, pythonJson);
    if (!list)
        return tl::unexpected("the column " + column + " is no list in JSON: " + list.error().message);
    auto messages = TurnReader(column, unknownKeys).read(*list);
    if (messages && messages->empty())
        return tl::unexpected("the column " + column + " is an empty list");
    return messages;
}

bool changesMeaning(std::string_view key)
{
    return contains(meaningful, key);
}

std::string roleOfName(std::string_view name)
{
    std::string role = lowerCase(name);
    for (const auto& [known, canonical] : roleNames)
        if (role == known)
            return canonical;
    return role;
}

} // namespace hilo
