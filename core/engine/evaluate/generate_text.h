// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace hilo {

/// What `hilo generate` needs to know.
struct GenerateRequest
{
    std::filesystem::path model;
    std::filesystem::path adapter; ///< empty: the model alone
    std::string prompt;
    bool chat = false;  ///< put the prompt into the model's own turns (ChatML, Llama 3, Gemma, by its special tokens)
    std::string system; ///< of a chat
    std::int64_t maximumTokens = 128;
    double temperature = 0;
    double topP = 1;
    std::int64_t seed = 1;
    std::string device = "auto";
    std::string dtype = "float32";
    int threads = 0;
};

struct GeneratedText
{
    std::string text;
    std::int64_t promptTokens = 0;
    std::int64_t tokens = 0;
    double seconds = 0; ///< of prompt and generation, without loading
};

/// sink gets the text as it grows. Cancel ends with what there is.
Result<GeneratedText> generateText(const GenerateRequest& request, const std::function<void(const std::string&)>& sink,
                                   const Progress& progress);

} // namespace hilo
