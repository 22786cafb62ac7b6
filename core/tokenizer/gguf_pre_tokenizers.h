// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "tokenizer/pre_tokenizer.h"

#include <span>
#include <string>
#include <vector>

namespace hilo {

/// How a name in tokenizer.ggml.pre cuts text into words. Source: llama.cpp, src/llama-vocab.cpp (the patterns are
/// those of the tokenizer.json files that it names, in Oniguruma's syntax).
struct GgufPreTokenizer
{
    std::string name;
    std::vector<std::string> patterns; ///< each cuts what the one before it left; matches and what is between them
    bool ignoreMerges = false;         ///< a word that is in the vocabulary is one token
    bool addsBos = false;              ///< where the file does not say whether a text begins with BOS
};

/// All that are known; of several names for one way, the usual one comes first.
std::span<const GgufPreTokenizer> ggufPreTokenizers();

/// Null where the name is not known. A file without a name is cut as "default".
const GgufPreTokenizer* ggufPreTokenizer(const std::string& name);

/// The patterns as steps.
Result<std::vector<CutStep>> cutSteps(const GgufPreTokenizer& preTokenizer);

} // namespace hilo
