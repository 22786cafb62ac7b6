// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "tokenizer/token_model.h"

#include <memory>

namespace hilo {

/// The highest id that a token may have.
inline constexpr std::int64_t highestTokenId = (1 << 24) - 1;

struct TokenModelOfJson
{
    std::unique_ptr<const TokenModel> model;
    /// By id, where the vocabulary is a list; empty otherwise.
    std::vector<std::string> texts;
};

/// The "model" of a tokenizer.json: of type BPE or Unigram. Bad input: another type, a vocabulary or merges that do not
/// fit together, a score that is no number, dropout (which would cut every text at random).
Result<TokenModelOfJson> parseTokenModel(const JsonObject& root);

} // namespace hilo
