// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/chat_prompt.h"

#include "tokenizer/chat/chat_template.h"

namespace hilo {
namespace {

Result<std::string> byTemplate(const Tokenizer& tokenizer, const std::string& system, const std::string& message)
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
    HILO_TRY(const ChatTemplate chatTemplate, ChatTemplate::parse(tokenizer.chatTemplate(), "chat_template", names));
    ChatInput input;
    if (!system.empty())
        input.messages.push_back({{"role", "system"}, {"content", system}});
    input.messages.push_back({{"role", "user"}, {"content", message}});
    input.addGenerationPrompt = true;
    return chatTemplate.render(input);
}

} // namespace

Result<ChatPrompt> chatPrompt(const Tokenizer& tokenizer, const std::string& system, const std::string& message)
{
    if (!tokenizer.chatTemplate().empty()) {
        HILO_TRY(std::string text, byTemplate(tokenizer, system, message));
        return ChatPrompt{std::move(text), false};
    }
    if (tokenizer.tokenId("<|im_start|>")) {
        const std::string before = system.empty() ? "" : "<|im_start|>system\n" + system + "<|im_end|>\n";
        return ChatPrompt{before + "<|im_start|>user\n" + message + "<|im_end|>\n<|im_start|>assistant\n", true};
    }
    if (tokenizer.tokenId("<|start_header_id|>")) {
        const auto turn = [](const std::string& role, const std::string& text) {
            return "<|start_header_id|>" + role + "<|end_header_id|>\n\n" + text;
        };
        const std::string before = system.empty() ? "" : turn("system", system + "<|eot_id|>");
        return ChatPrompt{before + turn("user", message + "<|eot_id|>") + turn("assistant", ""), true};
    }
    if (tokenizer.tokenId("<start_of_turn>"))
        return ChatPrompt{"<start_of_turn>user\n" + (system.empty() ? "" : system + "\n\n") + message +
                              "<end_of_turn>\n<start_of_turn>model\n",
                          true};
    return failure(badInput({}, {}, "The model has no chat template, and its vocabulary no turns of a conversation.",
                            "Leave --chat out; base models continue plain text."));
}

} // namespace hilo
