// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/example.h"
#include "tokenizer/tokenizer.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// The first token of each choice that another one does not have.
struct LabelTokens
{
    std::int64_t position = 0; ///< of it; the choices share what stands before
    std::vector<std::int32_t> tokens;
    std::string clash; ///< why one token does not tell the choices apart; empty: it does
};

/// Of an example with choices; endOfText: EOS follows them.
Result<LabelTokens> labelTokens(const Tokenizer& tokenizer, const Example& example, bool endOfText);

/// A prompt with one of the answers behind it.
struct ChoiceTokens
{
    std::vector<std::int32_t> tokens;
    std::int64_t start = 0;      ///< first token that counts to the answer; tokens.size(): none does
    std::int64_t characters = 0; ///< of the answer without the space before it
};

/// Each choice behind the prompt, split as lm-evaluation-harness does (lm_eval/api/model.py, _encode_pair): white space
/// at the prompt's end is moved to the answer, both are encoded as one text, and as many tokens as the prompt has by
/// itself are the prompt's. No EOS. maxLength (0: no limit): so many tokens as the longest one is longer are dropped
/// from the beginning of all, behind the special prefix, so that all choices are asked the same.
Result<std::vector<ChoiceTokens>> choiceTokens(const Tokenizer& tokenizer, const Example& example,
                                               std::int64_t maxLength);

} // namespace hilo
