// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/model_chat.h"

#include "base/atomic_file.h"
#include "base/text_format.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace {

constexpr const char* defaultChat = "default";
constexpr const char* toolsChat = "tool_use";

std::map<std::string, std::string> specialTokensOf(const Tokenizer& tokenizer)
{
    std::map<std::string, std::string> names;
    const auto add = [&](const char* role, const std::optional<std::int32_t>& id) {
        if (id)
            names[role] = tokenizer.tokenText(*id);
    };
    add("bos_token", tokenizer.bos());
    add("eos_token", tokenizer.eos());
    add("pad_token", tokenizer.padding());
    add("unk_token", tokenizer.unknown());
    return names;
}

bool isTemplateFile(const std::string& name)
{
    return name.find('/') != std::string::npos || name.ends_with(".jinja");
}

std::string chatNamesOf(const Tokenizer& tokenizer)
{
    std::vector<std::string> names;
    for (const auto& [name, source] : tokenizer.chatTemplates())
        names.push_back(name);
    return joined(names);
}

struct ChatSource
{
    std::string text, file;
};

Result<ChatSource> chatSourceOf(const Tokenizer& tokenizer, const std::string& asked)
{
    if (isTemplateFile(asked)) {
        HILO_TRY(std::string text, readFile(asked, std::size_t{1} << 20));
        return ChatSource{std::move(text), asked};
    }
    const std::string name = asked.empty() ? defaultChat : asked;
    const auto& templates = tokenizer.chatTemplates();
    const auto found = templates.find(name);
    if (found != templates.end() && !found->second.empty())
        return ChatSource{found->second, name == defaultChat ? "chat_template" : "chat_template \"" + name + "\""};
    if (templates.empty() || (found != templates.end() && templates.size() == 1))
        return failure(badInput({}, "chat_template", "The model has no chat template.",
                                "Choose the template chatml, or give a chat template of your own as a file "
                                "(\"chat_template\", --chat-template FILE.jinja)."));
    return failure(badInput({}, "chat_template",
                            asked.empty() ? "The model has several chat templates and none called default."
                                          : "The model has no chat template \"" + name + "\".",
                            "It has " + chatNamesOf(tokenizer) +
                                "; name one of them (\"chat_template\", --chat-template NAME), or give a file."));
}

} // namespace

Result<std::shared_ptr<const ModelChat>> ModelChat::load(const Tokenizer& tokenizer, const ChatChoice& choice)
{
    const auto made = std::make_shared<ModelChat>();
    const auto special = specialTokensOf(tokenizer);
    HILO_TRY(ChatSource source, chatSourceOf(tokenizer, choice.chatTemplate));
    HILO_TRY(made->main_.parsed, ChatTemplate::parse(source.text, source.file, special));
    made->main_.source = std::move(source.text);
    made->name_ = choice.chatTemplate.empty() ? defaultChat : choice.chatTemplate;
    const auto forTools = tokenizer.chatTemplates().find(toolsChat);
    if (choice.chatTemplate.empty() && forTools != tokenizer.chatTemplates().end()) {
        HILO_TRY(ChatTemplate parsed, ChatTemplate::parse(forTools->second, "chat_template \"tool_use\"", special));
        made->forTools_ = One{forTools->second, std::move(parsed)};
    }
    constexpr std::array own = {"messages", "tools", "documents", "add_generation_prompt"};
    for (const auto& [name, value] : choice.variables.items()) {
        if (std::find(own.begin(), own.end(), name) != own.end())
            return failure(badInput({}, "chat_variables." + name, "The conversation itself says this.",
                                    "Leave it out of the variables."));
        if (!made->mentions(name, false) && !made->mentions(name, true))
            return failure(badInput({}, "chat_variables." + name,
                                    "The chat template does not ask for \"" + name + "\".",
                                    "Leave it out, or choose another chat template."));
    }
    made->variables_ = choice.variables;
    return std::shared_ptr<const ModelChat>(made);
}

ChatInput ModelChat::input(const Json& messages, const Json& tools) const
{
    ChatInput input;
    input.messages = messages;
    input.tools = tools;
    input.variables = variables_;
    return input;
}

Result<std::string> ModelChat::prompt(const Json& messages, const Json& tools) const
{
    ChatInput asked = input(messages, tools);
    asked.addGenerationPrompt = true;
    return one(!tools.is_null()).parsed.render(asked);
}

Result<MaskedChat> ModelChat::masked(const Json& messages, const Json& tools,
                                     const std::vector<std::size_t>& turns) const
{
    return one(!tools.is_null()).parsed.renderMasked(input(messages, tools), turns);
}

bool ModelChat::mentions(const std::string& text, bool withTools) const
{
    return one(withTools).source.find(text) != std::string::npos;
}

} // namespace hilo
