// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/model_conversation.h"

#include "data/chat_messages.h"
#include "data/conversation_messages.h"
#include "data/label_text.h"
#include "data/row_place.h"

#include <algorithm>

namespace hilo {
namespace {

std::string whichAnswerIsEmpty(const std::vector<Message>& messages)
{
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Message& message = messages[i];
        const bool calls = std::any_of(message.further.begin(), message.further.end(), [](const auto& one) {
            return one.first == "tool_calls" || one.first == "function_call";
        });
        if (message.role == "assistant" && message.isLearnt && !calls && labelSpelling(message.content).empty())
            return "turn " + std::to_string(i + 1) + " of the conversation, an answer of the assistant, is empty";
    }
    return {};
}

RowProblem rowProblemOf(Error error, const Row& row)
{
    const std::string line = placeText(row.line);
    if (ChatTemplate::rewritesHistory(error)) {
        error.file = row.file;
        error.place = line + ", " + error.place;
        error.hint = "Learn the last answer of each conversation alone (\"learn\": \"last\" in data), or split "
                     "conversations so that each ends with its answer.";
        return {error.message, error};
    }
    // Every further row would take as long.
    if (ChatTemplate::isTooMuch(error)) {
        error.file = row.file;
        error.place = line + ", " + error.place;
        return {error.message, error};
    }
    return {"the model's chat template refuses it: " + error.message +
                (error.place.empty() ? "" : " (" + error.place + ")"),
            std::nullopt};
}

/// Spans in bytes of the text as the parts of an example.
void fillExample(const MaskedChat& chat, Example& example)
{
    const jinja::Span& last = chat.answers.back();
    example.prompt = chat.text.substr(0, last.begin);
    example.answer = chat.text.substr(last.begin, last.end - last.begin);
    example.rest = chat.text.substr(last.end);
    example.isWhole = true;
    for (std::size_t i = 0; i + 1 < chat.answers.size(); ++i)
        example.earlierAnswers.emplace_back(chat.answers[i].begin, chat.answers[i].end);
}

} // namespace

tl::expected<Example, RowProblem> modelConversation(const PromptTemplate& promptTemplate, const Row& row,
                                                    Example example)
{
    const auto rejected = [](std::string reason) {
        return tl::unexpected(RowProblem{std::move(reason), std::nullopt});
    };
    const ModelChat& chat = *promptTemplate.chat;
    auto messages = messagesOfRow(promptTemplate, row);
    if (!messages)
        return rejected(messages.error());
    const auto tools = toolsOfRow(row);
    if (!tools)
        return rejected(tools.error());
    const bool withTools = !tools->is_null();
    if (std::string lost = whatTheTemplateLoses(*messages, withTools, chat); !lost.empty())
        return rejected(std::move(lost));
    if (const std::string* functions = row.field("functions"); functions && *functions != "[]" && *functions != "{}")
        return rejected(
            "the row offers the assistant functions; a model's chat template is given them in a column tools");
    if (std::string empty = whichAnswerIsEmpty(*messages); !empty.empty())
        return rejected(std::move(empty));
    messages = upToLearnt(std::move(*messages), promptTemplate.learn);
    if (!messages)
        return rejected(messages.error());
    std::vector<std::size_t> turns;
    for (std::size_t i = 0; i < messages->size(); ++i)
        if ((*messages)[i].role == "assistant" && (*messages)[i].isLearnt)
            turns.push_back(i);
    const auto masked = chat.masked(chatMessages(*messages, chat, withTools), *tools, turns);
    if (!masked)
        return tl::unexpected(rowProblemOf(masked.error(), row));
    if (masked->answers.empty())
        return rejected("the model's chat template writes nothing of the answers");
    fillExample(*masked, example);
    return example;
}

} // namespace hilo
