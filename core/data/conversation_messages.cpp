// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/conversation_messages.h"

#include "data/conversation.h"
#include "data/template_fields.h"

#include <algorithm>

namespace hilo {
namespace {

using Turns = std::vector<Message>;
using ReadTurns = tl::expected<Turns, std::string>;

Message plainTurn(std::string role, std::string content)
{
    Message message;
    message.role = std::move(role);
    message.content = std::move(content);
    return message;
}

/// Alpaca's columns: system, history ([[question, answer], …]), instruction with input, output.
ReadTurns fromInstruction(const PromptTemplate& promptTemplate, const Row& row, const std::string& instruction)
{
    const auto valueIn = [&](const char* field) { return valueOf(promptTemplate, row, field).value_or(""); };
    Turns messages;
    if (std::string system = valueIn("system"); !system.empty())
        messages.push_back(plainTurn("system", std::move(system)));
    if (const std::string history = valueIn("history"); !history.empty()) {
        const auto turns = parseJson(history, row.file, pythonJson);
        if (!turns || !turns->is_array())
            return tl::unexpected(std::string("history is no list of questions and answers"));
        for (const Json& turn : *turns) {
            if (!turn.is_array() || turn.size() != 2 || !turn[0].is_string() || !turn[1].is_string())
                return tl::unexpected(std::string("history is no list of questions and answers"));
            messages.push_back(plainTurn("user", turn[0].get<std::string>()));
            messages.push_back(plainTurn("assistant", turn[1].get<std::string>()));
        }
    }
    const std::string input = valueIn("input");
    messages.push_back(plainTurn("user", input.empty() ? instruction : instruction + "\n" + input));
    messages.push_back(plainTurn("assistant", valueIn("output")));
    return messages;
}

/// A text is one turn of the role.
ReadTurns turnsOfField(const std::string& field, const std::string& text, const char* role)
{
    if (!holdsTurns(text))
        return Turns{plainTurn(role, text)};
    std::set<std::string> unknownKeys;
    return turnsOfText(field, text, unknownKeys);
}

ReadTurns fromCompletion(const PromptTemplate& promptTemplate, const Row& row, const std::string& prompt,
                         const std::string& completion)
{
    ReadTurns answer = turnsOfField("completion", completion, "assistant");
    if (!answer)
        return answer;
    // A list that has the prompt in it, as UltraFeedback's, is the whole conversation.
    if (answer->front().role != "assistant")
        return answer;
    ReadTurns messages = turnsOfField("prompt", prompt, "user");
    if (!messages)
        return messages;
    if (const std::string system = valueOf(promptTemplate, row, "system").value_or("");
        !system.empty() && messages->front().role != "system")
        messages->insert(messages->begin(), plainTurn("system", system));
    for (Message& message : *messages)
        message.isLearnt = false;
    std::move(answer->begin(), answer->end(), std::back_inserter(*messages));
    return messages;
}

} // namespace

ReadTurns messagesOfRow(const PromptTemplate& promptTemplate, const Row& row)
{
    if (!row.conversationProblem.empty())
        return tl::unexpected(row.conversationProblem);
    if (!row.messages.empty())
        return row.messages;
    if (const auto list = valueOf(promptTemplate, row, "messages"); list && holdsTurns(*list)) {
        std::set<std::string> unknownKeys;
        ReadTurns messages = turnsOfText("messages", *list, unknownKeys);
        // What answers a prompt in another column is no conversation by itself.
        if (!messages || messages->front().role != "assistant")
            return messages;
    }
    if (const auto instruction = valueOf(promptTemplate, row, "instruction"))
        return fromInstruction(promptTemplate, row, *instruction);
    const auto prompt = valueOf(promptTemplate, row, "prompt");
    const auto completion = valueOf(promptTemplate, row, "completion");
    if (prompt && completion)
        return fromCompletion(promptTemplate, row, *prompt, *completion);
    return tl::unexpected("there is no conversation in messages or conversations; the row has " + row.columnNames());
}

ReadTurns upToLearnt(Turns messages, Learn learn)
{
    while (!messages.empty() && (messages.back().role != "assistant" || !messages.back().isLearnt))
        messages.pop_back();
    if (messages.empty())
        return tl::unexpected(std::string("the conversation has no answer of the assistant that is learnt"));
    if (learn == Learn::Last)
        for (std::size_t i = 0; i + 1 < messages.size(); ++i)
            messages[i].isLearnt = false;
    return messages;
}

} // namespace hilo
