// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/conversation_example.h"

#include "base/text_format.h"
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
        if (!row.conversationProblem.empty())
            return tl::unexpected(row.conversationProblem);
        std::vector<Message> messages = row.messages;
        if (messages.empty())
            if (const Rejected problem = fromInstruction(row, messages); !problem.empty())
                return tl::unexpected(problem);
        if (const Rejected problem = whatIsLost(row, messages); !problem.empty())
            return tl::unexpected(problem);
        // What follows the last answer that is learnt changes nothing before it.
        while (!messages.empty() && (messages.back().role != "assistant" || !messages.back().isLearnt))
            messages.pop_back();
        if (messages.empty())
            return tl::unexpected(Rejected("the conversation has no answer of the assistant that is learnt"));
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
            FieldValues values(message.further.begin(), message.further.end());
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

    /// Alpaca's columns as a conversation: system, history ([[question, answer], …]), instruction with input, output.
    Rejected fromInstruction(const Row& row, std::vector<Message>& messages) const
    {
        const auto instruction = valueOf(template_, row, "instruction");
        if (!instruction)
            return "there is no conversation in messages or conversations; the row has " + row.columnNames();
        if (const std::string system = valueOf(template_, row, "system").value_or(""); !system.empty())
            messages.push_back(turnOf("system", system));
        if (const std::string history = valueOf(template_, row, "history").value_or(""); !history.empty()) {
            const auto turns = parseJson(history, row.file, pythonJson);
            if (!turns || !turns->is_array())
                return "history is no list of questions and answers";
            for (const Json& turn : *turns) {
                if (!turn.is_array() || turn.size() != 2 || !turn[0].is_string() || !turn[1].is_string())
                    return "history is no list of questions and answers";
                messages.push_back(turnOf("user", turn[0].get<std::string>()));
                messages.push_back(turnOf("assistant", turn[1].get<std::string>()));
            }
        }
        const std::string input = valueOf(template_, row, "input").value_or("");
        messages.push_back(turnOf("user", input.empty() ? *instruction : *instruction + "\n" + input));
        messages.push_back(turnOf("assistant", valueOf(template_, row, "output").value_or("")));
        return {};
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
                if (message.role == "assistant" || !writes(form->second, key))
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
