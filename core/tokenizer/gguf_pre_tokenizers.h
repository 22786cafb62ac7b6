// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace hilo {

/// How a name in tokenizer.ggml.pre cuts text into words (llama.cpp, llama-vocab.cpp).
struct GgufPreTokenizer
{
    const char* name;
    bool singleDigits;   ///< every digit is a word before the pattern is applied
    const char* pattern; ///< null: GPT-2's
    bool ignoreMerges;
};

/// All that are known; of several names for one way, the usual one comes first.
std::span<const GgufPreTokenizer> ggufPreTokenizers();

} // namespace hilo
