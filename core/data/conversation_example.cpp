// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/conversation_example.h"

#include "base/text_format.h"
#include "data/conversation.h"
#include "data/conversation_messages.h"
#include "data/json_row.h"
#include "data/label_text.h"
#include "data/template_fields.h"

#include <algorithm>

namespace hilo {
namespace {

using Rejected = std::string;

class ConversationRenderer
{
  public:
    explicit ConversationRenderer(const PromptTemplate& promptTemplate) : template_(promptTemplate) {}

    tl::expected<Example, Rejected> render(const Row& row, Example example) const
    {
        auto read = messagesOfRow(template_, row);
        if (!read)
            return tl::unexpected(read.error());
        if (const Rejected problem = whatIsLost(row, *read); !problem.empty())
            return tl::unexpected(problem);
        auto learnt = upToLearnt(std::move(*read), template_.learn);
        if (!learnt)
            return tl::unexpected(learnt.error());
        std::vector<Message> messages = std::move(*learnt);
        if (messages.front().role != "system" && !template_.defaultSystem.empty())
            messages.insert(messages.begin(), turnOf("system", template_.defaultSystem));
        std::string text;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const Message& message = messages[i];
            if (i > 0)
                text += template_.turnSeparator;
            if (message.role == "assistant") {
                text += template_.assistantStart;
                const std::string answer = message.content + template_.assistantEnd;
                if (i + 1 == messages.size()) {
                    example.prompt = text;
                    example.answer = answer;
                    return example;
                }
                if (message.isLearnt)
                    example.earlierAnswers.emplace_back(text.size(), text.size() + answer.size());
                text += answer;
                continue;
            }
            FieldValues values;
            for (const auto& [key, value] : message.further)
                values[key] = scalarText(value);
            values["content"] = message.content;
            const auto turn = filled(template_, template_.turns.at(message.role), row, values);
            if (!turn)
                return tl::unexpected(turn.error());
            text += *turn;
        }
        return example;
    }

  private:
    static Message turnOf(std::string role, std::string content)
    {
        Message message;
        message.role = std::move(role);
        message.content = std::move(content);
        return message;
    }

    /// What of the conversation the template cannot say; empty when it says everything.
    Rejected whatIsLost(const Row& row, const std::vector<Message>& messages) const
    {
        for (const char* column : {"tools", "functions"}) {
            const std::string* offered = row.field(column);
            const bool isSaid = std::any_of(template_.turns.begin(), template_.turns.end(),
                                            [&](const auto& turn) { return writes(turn.second, column); });
            const bool isOffered =
                (offered && *offered != "[]" && *offered != "{}" && !labelSpelling(*offered).empty()) ||
                row.choicesOf(column);
            if (isOffered && !isSaid)
                return std::string("the row offers the assistant ") + column + ", which the template does not write";
        }
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const Message& message = messages[i];
            const std::string turn = "turn " + std::to_string(i + 1) + " of the conversation";
            const auto form = template_.turns.find(message.role);
            if (form == template_.turns.end())
                return turn + " has the role \"" + message.role + "\"; the template knows " + knownRoles();
            for (const auto& [key, value] : message.further)
                if (changesMeaning(key) && (message.role == "assistant" || !writes(form->second, key)))
                    return turn + " has \"" + key + "\", which the template does not write";
            if (message.role == "assistant" && message.isLearnt && labelSpelling(message.content).empty())
                return turn + ", an answer of the assistant, is empty";
        }
        return {};
    }

    static bool writes(const std::string& form, const std::string& field)
    {
        return form.find("{" + field + "}") != std::string::npos;
    }

    std::string knownRoles() const
    {
        std::vector<std::string> roles;
        for (const auto& [role, form] : template_.turns)
            roles.push_back(role);
        return joined(roles);
    }

    const PromptTemplate& template_;
};

} // namespace

tl::expected<Example, std::string> conversationExample(const PromptTemplate& promptTemplate, const Row& row,
                                                       Example example)
{
    return ConversationRenderer(promptTemplate).render(row, std::move(example));
}

} // namespace hilo
