// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hilo {

struct StringHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using TokenIds = std::unordered_map<std::string, std::int32_t, StringHash, std::equal_to<>>;

struct BytePairSettings
{
    bool byteFallback = false; ///< characters outside of the vocabulary become their bytes' tokens <0xHH>
    bool fuseUnknown = false;  ///< neighbouring unknown characters are one token
    bool ignoreMerges = false; ///< a word that is in the vocabulary is one token, whatever the merges say
    std::optional<std::int32_t> unknown;
};

/// Byte pair encoding of one word: the best pair of neighbours is merged until none is left. What "best" means is
/// either the rank of a merge (tokenizer.json, GGUF "gpt2") or the score of the merged piece (SentencePiece in GGUF
/// files).
class BytePairModel
{
  public:
    using Merges = std::vector<std::pair<std::string, std::string>>;

    /// Merges whose parts or result are not in the vocabulary are left out (the caller has checked them where they must
    /// not be). Lower index: earlier merge.
    static BytePairModel fromMerges(TokenIds ids, const Merges& merges, BytePairSettings settings);
    /// scores by id; the pair whose concatenation has the highest score is merged first, the leftmost one on ties.
    static BytePairModel fromScores(TokenIds ids, std::vector<float> scores, BytePairSettings settings);

    /// word is valid UTF-8. O(n log n).
    void encode(std::string_view word, std::vector<std::int32_t>& ids) const;

    const TokenIds& ids() const { return ids_; }
    const BytePairSettings& settings() const { return settings_; }

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
    std::vector<Symbol> symbolsOf(std::string_view word) const;
    std::optional<Merge> mergeOf(std::string_view word, const Symbol& left, const Symbol& right) const;

    TokenIds ids_;
    BytePairSettings settings_;
    std::vector<std::int32_t> byteIds_; ///< of <0xHH>; -1 where there is none
    std::unordered_map<std::uint64_t, Merge> merges_;
    std::vector<float> scores_;
};

} // namespace hilo
