// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "tokenizer/jinja/template.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hilo {

/// A conversation as a model's template takes it.
struct ChatInput
{
    Json messages = Json::array(); ///< {"role", "content", …}: what else a message holds is given to the template too
    Json tools;                    ///< a list of function schemas, or null
    bool addGenerationPrompt = false;
    Json variables = Json::object(); ///< further names for the template, as enable_thinking
};

/// A conversation's text and which bytes of it an assistant wrote.
struct MaskedChat
{
    std::string text;
    std::vector<jinja::Span> answers; ///< one an assistant's turn, in order, each with the end of the turn
};

/// A model's own chat template, as transformers' apply_chat_template renders it. Several threads may share one.
class ChatTemplate
{
  public:
    /// specialTokens: bos_token, eos_token, … by name. file: for messages. Errors name the line in the template.
    static Result<ChatTemplate> parse(const std::string& source, const std::string& file,
                                      std::map<std::string, std::string> specialTokens);

    /// Errors: what the template refuses ("Conversation roles must alternate"), in its words.
    Result<std::string> render(const ChatInput& input) const;

    /// Marks every assistant's turn: by the template's {% generation %} blocks where it has them, else by rendering the
    /// conversation up to each turn. lastOnly: only the last assistant's turn is marked. Errors: a template that writes
    /// earlier turns otherwise once later ones follow, so that no mask is right (rewritesHistory()); blocks of
    /// generation that cannot be told apart by turns where not all of them are wanted.
    Result<MaskedChat> renderMasked(const ChatInput& input, bool lastOnly = false) const;
    /// The same for these turns of the assistant alone: indices into input.messages, in order.
    Result<MaskedChat> renderMasked(const ChatInput& input, const std::vector<std::size_t>& turns) const;
    /// It is renderMasked's error of a template that has no right mask; others are of the conversation.
    static bool rewritesHistory(const Error& error);
    /// It is an error of a template beyond the limits of time and memory.
    static bool isTooMuch(const Error& error);

    bool marksGeneration() const { return template_.marksGeneration(); }

  private:
    Result<jinja::Rendered> rendered(const Json& messages, const ChatInput& input, bool addGenerationPrompt) const;
    Result<MaskedChat> maskedByPrefixes(const ChatInput& input, std::string whole,
                                        const std::vector<std::size_t>& turns) const;
    Result<MaskedChat> maskedByBlocks(const ChatInput& input, jinja::Rendered whole,
                                      const std::vector<std::size_t>& turns) const;

    jinja::Template template_;
    std::string file_;
    std::map<std::string, std::string> specialTokens_;
};

} // namespace hilo
