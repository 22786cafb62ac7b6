// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/model_chat.h"
#include "tokenizer/tokenizer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// A conversation that the assistant is to go on with.
struct ChatRequest
{
    std::vector<Message> messages;
    Json tools; ///< a list of function schemas, or null
    ChatChoice choice;
};

/// The beginning of a conversation as text.
struct ChatPrompt
{
    std::string text;
    /// It lacks what the tokenizer puts around a text, as BOS. A model's own template writes everything itself, and
    /// transformers adds nothing to what it wrote.
    bool lacksSpecial = false;
};

/// A user's message, and a system message where there is one.
ChatRequest chatRequestOf(const std::string& system, const std::string& message);

/// A file with a conversation: a JSON list of turns, or an object with "messages" (or "conversations") and perhaps
/// "tools", in the forms that rows of data have (data/conversation.h). Errors: not such a file, a turn that cannot be
/// read, a conversation that ends with the assistant's turn.
Result<ChatRequest> readChatRequest(const std::filesystem::path& file);

/// The same of a document that was read; file: how messages call it.
Result<ChatRequest> chatRequestOf(const Json& document, const std::string& file);

/// A conversation as the beginning of the assistant's turn: by the model's own chat template, or one that was asked
/// for; where it has none, in the turns of the family whose special tokens the vocabulary has (ChatML, Llama 3, Gemma).
/// Bad input: what the template refuses or cannot be run; neither a template nor such turns; tools and variables
/// without a template.
Result<ChatPrompt> chatPrompt(const Tokenizer& tokenizer, const ChatRequest& request);

/// The same of one message.
Result<ChatPrompt> chatPrompt(const Tokenizer& tokenizer, const std::string& system, const std::string& message);

} // namespace hilo
