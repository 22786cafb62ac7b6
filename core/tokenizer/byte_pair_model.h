// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/token_model.h"

namespace hilo {

struct BytePairSettings
{
    bool byteFallback = false; ///< characters outside of the vocabulary become their bytes' tokens <0xHH>
    bool fuseUnknown = false;  ///< neighbouring unknown characters are one token
    bool ignoreMerges = false; ///< a word that is in the vocabulary is one token, whatever the merges say
    std::optional<std::int32_t> unknown;
    std::string missingUnknown;   ///< the unknown token's name where the vocabulary lacks it
    std::string continuingPrefix; ///< stands before every character of a word but the first ("##")
    std::string endSuffix;        ///< stands behind the last character of a word ("</w>")
};

/// Byte pair encoding of one word: the best pair of neighbours is merged until none is left. What "best" means is
/// either the rank of a merge (tokenizer.json, GGUF "gpt2") or the score of the merged piece (SentencePiece in GGUF
/// files, the ranks of a tekken.json).
class BytePairModel : public TokenModel
{
  public:
    using Merges = std::vector<std::pair<std::string, std::string>>;

    /// Merges whose parts or result are not in the vocabulary are left out (the caller has checked them where they must
    /// not be). Lower index: earlier merge.
    static BytePairModel fromMerges(TokenIds ids, const Merges& merges, BytePairSettings settings);
    /// scores by id; the pair whose concatenation has the highest score is merged first, the leftmost one on ties.
    static BytePairModel fromScores(TokenIds ids, std::vector<float> scores, BytePairSettings settings);
    /// What a pair merges to: the right part without the prefix of what continues a word. Nothing where it is shorter.
    static std::optional<std::string> mergedText(const std::string& left, const std::string& right,
                                                 const std::string& continuingPrefix);

    /// O(n log n).
    Status encode(std::string_view word, std::vector<std::int32_t>& ids) const override;

    const TokenIds& ids() const override { return ids_; }
    std::optional<std::int32_t> unknown() const override { return settings_.unknown; }

  private:
    struct Symbol
    {
        std::int32_t id;
        std::int32_t previous;
        std::int32_t next;
        std::uint32_t begin; ///< in the word
        std::uint32_t length;
    };
    struct Merge
    {
        float priority; ///< lower is earlier
        std::int32_t id;
    };

    BytePairModel(TokenIds ids, BytePairSettings settings);
    Result<std::vector<Symbol>> symbolsOf(std::string_view word) const;
    bool allBytesKnown(std::string_view text) const;
    std::optional<Merge> mergeOf(std::string_view word, const Symbol& left, const Symbol& right) const;

    TokenIds ids_;
    BytePairSettings settings_;
    std::vector<std::int32_t> byteIds_; ///< of <0xHH>; -1 where there is none
    std::unordered_map<std::uint64_t, Merge> merges_;
    std::vector<float> scores_;
};

} // namespace hilo
