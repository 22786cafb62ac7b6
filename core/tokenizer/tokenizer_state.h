// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/added_tokens.h"
#include "tokenizer/byte_pair_model.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/pre_tokenizer.h"
#include "tokenizer/text_decoder.h"
#include "tokenizer/tokenizer.h"

#include <mutex>

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

/// Everything that a tokenizer is made of; filled once by a loader.
class TokenizerPipeline
{
  public:
    std::vector<NormalizeStep> normalizer;
    std::vector<CutStep> preTokenizer;
    std::optional<BytePairModel> model;
    std::vector<DecodeStep> decoder;
    AddedTokens added;
    std::vector<std::string> texts;          ///< by id; empty where there is no token
    std::vector<bool> special;               ///< by id
    std::vector<std::int32_t> before, after; ///< what the post-processor puts around a text
    std::optional<std::int32_t> bos, eos, padding;
    std::vector<std::int32_t> endTokens;
    std::string chatTemplate;
    WordCache cache;

    std::optional<std::int32_t> idOf(std::string_view token) const;
    /// Fills endTokens from eos and the names that model families use.
    void findEndTokens();
};

Result<std::unique_ptr<TokenizerPipeline>> loadTokenizerJson(const std::filesystem::path& file,
                                                             const std::filesystem::path& configFile);
Result<std::unique_ptr<TokenizerPipeline>> loadGgufTokenizer(const std::filesystem::path& file);

} // namespace hilo
