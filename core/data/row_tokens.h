// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/example.h"
#include "tokenizer/tokenizer.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// A text of a row as tokens, with the special prefix, unless a chat template wrote it: that has its special tokens in
/// it (transformers' apply_chat_template adds none). Errors are told of the row.
Result<std::vector<std::int32_t>> rowTokens(const Tokenizer& tokenizer, const std::string& text,
                                            const Example& example);

/// Puts EOS behind a row's tokens; it may lie beyond the embedding, as other tokens may.
Status addEnd(const Tokenizer& tokenizer, const Example& example, std::vector<std::int32_t>& tokens);

/// How many tokens are the same from the beginning on.
std::int64_t commonPrefix(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b);

} // namespace hilo
