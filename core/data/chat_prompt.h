// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/tokenizer.h"

#include <string>

namespace hilo {

/// The beginning of a conversation as text.
struct ChatPrompt
{
    std::string text;
    /// It lacks what the tokenizer puts around a text, as BOS. A model's own template writes everything itself, and
    /// transformers adds nothing to what it wrote.
    bool lacksSpecial = false;
};

/// A user's message, and a system message where there is one, as the beginning of the assistant's turn: by the model's
/// own chat template, or, where it has none, in the turns of the family whose special tokens the vocabulary has
/// (ChatML, Llama 3, Gemma). Bad input: what the template refuses or cannot be run; neither a template nor such turns.
Result<ChatPrompt> chatPrompt(const Tokenizer& tokenizer, const std::string& system, const std::string& message);

} // namespace hilo
