// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "tokenizer/added_tokens.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/pre_tokenizer.h"
#include "tokenizer/text_decoder.h"
#include "tokenizer/token_model.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace hilo {

/// Words that have been encoded before.
class WordCache
{
  public:
    bool find(const std::string& word, std::vector<std::int32_t>& ids) const;
    void store(const std::string& word, std::span<const std::int32_t> ids) const;

  private:
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, std::vector<std::int32_t>> words_;
};

/// Everything that a tokenizer is made of; filled once by a loader (loadTokenizerJson, loadGgufTokenizer).
class TokenizerPipeline
{
  public:
    std::string file; ///< where it was read, for messages
    std::vector<NormalizeStep> normalizer;
    std::vector<CutStep> preTokenizer;
    std::unique_ptr<const TokenModel> model;
    std::vector<DecodeStep> decoder;
    bool decodesBytes = false; ///< the decoder takes letters for bytes
    AddedTokens added;
    std::unordered_map<std::int32_t, std::string> addedSpellings; ///< of added tokens: what the decoder is given
    std::vector<std::string> texts;                               ///< by id; empty where there is no token
    std::vector<bool> special;                                    ///< by id
    std::vector<bool> isAdded;                                    ///< by id
    std::vector<std::int32_t> before, after;                      ///< what the post-processor puts around a text
    std::optional<std::int32_t> bos, eos, padding;
    std::vector<std::int32_t> endTokens;
    std::map<std::string, std::string> chatTemplates; ///< Jinja by name
    std::int64_t embeddingRows = 0;                   ///< of the model; 0: not known
    WordCache cache;

    std::optional<std::int32_t> idOf(std::string_view token) const;
    /// Takes the tokens, their patterns normalised, and fills what depends on them. model, normalizer and decoder are
    /// there.
    Status setAdded(std::vector<AddedToken> tokens);
    /// Fills endTokens from eos, more (ids that files name; those outside of the vocabulary are left out with a
    /// warning), and the ends of a turn that model families use.
    void findEndTokens(const std::vector<std::int64_t>& more);
    Result<NormalizedText> normalised(std::string text) const;
};

/// Tokens that end a turn in some family of models, as they are written.
std::span<const char* const> namesOfTurnEnds();

} // namespace hilo
