// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/chat/chat_template.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace hilo {
namespace {

Error inTemplate(Error error, const std::string& file)
{
    if (error.file.empty())
        error.file = file;
    if (!error.place.empty())
        error.place = "chat template, " + error.place;
    else
        error.place = "chat template";
    return error;
}

constexpr const char* noMask = "no mask of the assistant's turns is right";

Error historyRewritten(const std::string& file, std::size_t turn)
{
    return badInput(file, "chat template",
                    "The template writes turn " + std::to_string(turn + 1) +
                        " otherwise when later turns follow, so that " + noMask + ".",
                    "Train on the last answer alone, or split conversations so that each ends with its answer.");
}

Error promptDiffers(const std::string& file, std::size_t turn)
{
    return badInput(
        file, "chat template",
        "The template begins an answer (add_generation_prompt) otherwise than it writes turn " +
            std::to_string(turn + 1) + ", so that " + noMask + ".",
        "Set the template's variables, as enable_thinking, so that both agree, or choose another template.");
}

bool isAssistants(const Json& message)
{
    return message.is_object() && message.value("role", Json()) == "assistant";
}

std::vector<std::size_t> answersOf(const Json& messages)
{
    std::vector<std::size_t> turns;
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (isAssistants(messages[i]))
            turns.push_back(i);
    return turns;
}

Json firstTurns(const Json& messages, std::size_t count)
{
    Json first = Json::array();
    for (std::size_t i = 0; i < count; ++i)
        first.push_back(messages[i]);
    return first;
}

} // namespace

Result<ChatTemplate> ChatTemplate::parse(const std::string& source, const std::string& file,
                                         std::map<std::string, std::string> specialTokens)
{
    ChatTemplate made;
    auto parsed = jinja::Template::parse(source);
    if (!parsed)
        return failure(inTemplate(parsed.error(), file));
    made.template_ = std::move(*parsed);
    made.file_ = file;
    made.specialTokens_ = std::move(specialTokens);
    return made;
}

Result<jinja::Rendered> ChatTemplate::rendered(const Json& messages, const ChatInput& input,
                                               bool addGenerationPrompt) const
{
    Json names = Json::object();
    for (const auto& [name, text] : specialTokens_)
        names[name] = text;
    // Templates ask "if tools": none is null, not an empty list.
    names["messages"] = messages;
    names["tools"] = input.tools;
    names["documents"] = Json();
    names["add_generation_prompt"] = addGenerationPrompt;
    for (const auto& [name, value] : input.variables.items())
        names[name] = value;
    auto result = template_.render(names, static_cast<std::int64_t>(std::time(nullptr)));
    if (!result)
        return failure(inTemplate(result.error(), file_));
    return result;
}

Result<std::string> ChatTemplate::render(const ChatInput& input) const
{
    HILO_TRY(jinja::Rendered result, rendered(input.messages, input, input.addGenerationPrompt));
    return std::move(result.text);
}

Result<MaskedChat> ChatTemplate::renderMasked(const ChatInput& input, bool lastOnly) const
{
    std::vector<std::size_t> turns = answersOf(input.messages);
    if (lastOnly && turns.size() > 1)
        turns.erase(turns.begin(), turns.end() - 1);
    return renderMasked(input, turns);
}

Result<MaskedChat> ChatTemplate::renderMasked(const ChatInput& input, const std::vector<std::size_t>& turns) const
{
    HILO_TRY(jinja::Rendered whole, rendered(input.messages, input, false));
    return template_.marksGeneration() ? maskedByBlocks(input, std::move(whole), turns)
                                       : maskedByPrefixes(input, std::move(whole.text), turns);
}

bool ChatTemplate::rewritesHistory(const Error& error)
{
    return error.message.find(noMask) != std::string::npos;
}

bool ChatTemplate::isTooMuch(const Error& error)
{
    return error.message.find("does not come to an end within") != std::string::npos ||
           error.message.find("the template makes more than") != std::string::npos ||
           error.message.find("the template writes more than") != std::string::npos;
}

Result<MaskedChat> ChatTemplate::maskedByBlocks(const ChatInput& input, jinja::Rendered whole,
                                                const std::vector<std::size_t>& turns) const
{
    MaskedChat masked{std::move(whole.text), {}};
    const std::vector<jinja::Span>& blocks = whole.generated;
    const std::vector<std::size_t> answers = answersOf(input.messages);
    // How many blocks there are up to the end of each answer; a turn can have several, as one for its thinking.
    std::vector<std::size_t> upTo;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        std::size_t count = i + 1;
        if (turns == answers || i + 1 == answers.size()) {
            count = blocks.size();
        } else if (blocks.size() != answers.size()) {
            HILO_TRY(const jinja::Rendered until, rendered(firstTurns(input.messages, answers[i] + 1), input, false));
            count = until.generated.size();
        }
        if (count > blocks.size() || (!upTo.empty() && count < upTo.back()))
            return failure(historyRewritten(file_, answers[i]));
        upTo.push_back(count);
    }
    std::vector<bool> isWanted(blocks.size(), turns == answers);
    for (std::size_t i = 0; i < answers.size() && turns != answers; ++i)
        if (std::find(turns.begin(), turns.end(), answers[i]) != turns.end())
            for (std::size_t block = i > 0 ? upTo[i - 1] : 0; block < upTo[i]; ++block)
                isWanted[block] = true;
    for (std::size_t block = 0; block < blocks.size(); ++block)
        if (isWanted[block] && blocks[block].begin < blocks[block].end)
            masked.answers.push_back(blocks[block]);
    return masked;
}

Result<MaskedChat> ChatTemplate::maskedByPrefixes(const ChatInput& input, std::string whole,
                                                  const std::vector<std::size_t>& turns) const
{
    MaskedChat masked{std::move(whole), {}};
    for (const std::size_t turn : turns) {
        HILO_TRY(const jinja::Rendered prompt, rendered(firstTurns(input.messages, turn), input, true));
        std::size_t end = masked.text.size();
        if (turn + 1 < input.messages.size()) {
            HILO_TRY(const jinja::Rendered until, rendered(firstTurns(input.messages, turn + 1), input, false));
            if (!masked.text.starts_with(until.text))
                return failure(historyRewritten(file_, turn));
            end = until.text.size();
        }
        if (prompt.text.size() > end || !masked.text.starts_with(prompt.text))
            return failure(promptDiffers(file_, turn));
        masked.answers.push_back({prompt.text.size(), end});
    }
    return masked;
}

} // namespace hilo
