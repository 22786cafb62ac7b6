// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "data/model_chat.h"
#include "engine/load/model_choice.h"
#include "sampling/sampling_settings.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// What `hilo generate` needs to know.
struct GenerateRequest : ModelChoice, SamplingSettings
{
    std::string prompt;
    bool chat = false;     ///< put the prompt into the model's turns (data/chat_prompt.h)
    std::string system;    ///< of a chat
    std::string messages;  ///< a file with a whole conversation, instead of prompt and system
    ChatChoice chatChoice; ///< of a chat
    std::int64_t maximumTokens = 128;
    std::int64_t seed = 1;
};

struct GeneratedText
{
    std::string text;
    std::int64_t promptTokens = 0;
    std::int64_t tokens = 0;
    double seconds = 0;       ///< of prompt and generation, without loading
    std::string quantisation; ///< of the base: none, nf4, int8, fp8
};

/// A module whose router chooses among several experts.
struct RoutedModule
{
    std::int64_t layer = 0;
    std::string module;
    std::int64_t experts = 0;
};

/// The experts that one token used in one module, the heaviest first; empty where it chose null experts alone.
using ChosenExperts = std::vector<std::pair<int, double>>; ///< expert and its gate

/// What a generation tells while it goes on. Every member may be empty. Tokens are counted from 0 at the beginning of
/// the prompt; a token's experts are those that were chosen when it was read, so they follow its text, and the last
/// token of a generation that ended by its length has none.
struct GenerationEvents
{
    /// Once, before the first token: the modules that experts() speaks of, in this order.
    std::function<void(const std::vector<RoutedModule>&)> started;
    /// text: what the token adds; empty while a character is incomplete.
    std::function<void(std::int64_t index, const std::string& text, bool isPrompt)> token;
    /// chosen: one a module of started().
    std::function<void(std::int64_t index, const std::vector<ChosenExperts>& chosen)> experts;
};

/// Cancel ends with what there is.
Result<GeneratedText> generateText(const GenerateRequest& request, const GenerationEvents& events,
                                   const Progress& progress);

} // namespace hilo
