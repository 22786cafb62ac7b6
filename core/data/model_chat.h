// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "tokenizer/chat/chat_template.h"
#include "tokenizer/tokenizer.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// Which chat template of a model, and what it is told.
struct ChatChoice
{
    std::string chatTemplate;        ///< a name that the model has, or a file; empty: as transformers chooses
    Json variables = Json::object(); ///< further names for the template, as enable_thinking
};

/// A model's chat template with what it is told. Several threads may share one.
class ModelChat
{
  public:
    /// Without a name: "tool_use" for conversations with tools where the model has it, else "default". Errors: the
    /// model has no template, or none of that name; a file that cannot be read; a template that is no Jinja; a variable
    /// that the template does not ask for, or that is a conversation's own.
    static Result<std::shared_ptr<const ModelChat>> load(const Tokenizer& tokenizer, const ChatChoice& choice);

    /// The conversation up to where the assistant is to answer. tools: a list of schemas, or null.
    Result<std::string> prompt(const Json& messages, const Json& tools) const;
    /// The conversation, with the answers that are turns of it marked (ChatTemplate::renderMasked).
    Result<MaskedChat> masked(const Json& messages, const Json& tools, const std::vector<std::size_t>& turns) const;

    /// The template's source has this text, so that it may write what is called so.
    bool mentions(const std::string& text, bool withTools) const;
    const std::string& name() const { return name_; }

  private:
    struct One
    {
        std::string source;
        ChatTemplate parsed;
    };
    const One& one(bool withTools) const { return withTools && forTools_ ? *forTools_ : main_; }
    ChatInput input(const Json& messages, const Json& tools) const;

    std::string name_;
    One main_;
    std::optional<One> forTools_;
    Json variables_;
};

} // namespace hilo
