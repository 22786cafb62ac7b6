// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/chat/chat_template.h"

#include <algorithm>
#include <ctime>

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

Error rewritesHistory(const std::string& file, std::size_t turn)
{
    return badInput(file, "chat template",
                    "The template writes turn " + std::to_string(turn + 1) +
                        " otherwise when later turns follow, so that no mask of the assistant's turns is right.",
                    "Train on the last answer alone, or split conversations so that each ends with its answer.");
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
    HILO_TRY(jinja::Rendered whole, rendered(input.messages, input, false));
    if (!template_.marksGeneration())
        return maskedByPrefixes(input, whole.text, lastOnly);
    MaskedChat masked{std::move(whole.text), std::move(whole.generated)};
    std::erase_if(masked.answers, [](const jinja::Span& span) { return span.begin == span.end; });
    if (lastOnly && masked.answers.size() > 1)
        masked.answers.erase(masked.answers.begin(), masked.answers.end() - 1);
    return masked;
}

Result<MaskedChat> ChatTemplate::maskedByPrefixes(const ChatInput& input, const std::string& whole, bool lastOnly) const
{
    MaskedChat masked{whole, {}};
    const std::size_t count = input.messages.size();
    for (std::size_t turn = count; turn-- > 0;) {
        const Json& message = input.messages[turn];
        if (!message.is_object() || message.value("role", "") != "assistant")
            continue;
        Json before = Json::array(), upTo = Json::array();
        for (std::size_t i = 0; i <= turn; ++i) {
            if (i < turn)
                before.push_back(input.messages[i]);
            upTo.push_back(input.messages[i]);
        }
        HILO_TRY(const jinja::Rendered prompt, rendered(before, input, true));
        std::string ended = whole;
        if (turn + 1 < count) {
            HILO_TRY(jinja::Rendered until, rendered(upTo, input, false));
            ended = std::move(until.text);
        }
        if (!ended.starts_with(prompt.text) || !whole.starts_with(ended))
            return failure(rewritesHistory(file_, turn));
        masked.answers.insert(masked.answers.begin(), {prompt.text.size(), ended.size()});
        if (lastOnly)
            break;
    }
    return masked;
}

} // namespace hilo
