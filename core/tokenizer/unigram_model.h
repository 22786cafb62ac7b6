// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/token_model.h"

namespace hilo {

/// SentencePiece's unigram language model (arXiv:1804.10959): of all ways to cut a word into pieces of the vocabulary
/// the one whose scores (logarithms of probabilities) have the greatest sum, found by Viterbi's algorithm from the
/// left. A character that is no piece has the score of the unknown; neighbouring ones are one unknown piece. Ties and
/// sums are those of Hugging Face's tokenizers (Unigram::encode_optimized).
class UnigramModel : public TokenModel
{
  public:
    struct Piece
    {
        std::string text;
        double score = 0;
        bool unreachable = false; ///< never part of a cut: llama.cpp's control, unused and byte tokens
    };
    struct Settings
    {
        std::optional<std::int32_t> unknown; ///< below the number of pieces
        bool byteFallback = false;           ///< an unknown piece becomes its bytes' tokens <0xHH>
        double unknownScore = 0;             ///< of a character that is no piece
        /// A run of unknown pieces that is itself a piece, as a whole, is that one (tokenizers); otherwise it is the
        /// unknown token (llama.cpp).
        bool looksUpUnknownRuns = true;
    };

    /// Id of a piece: its index; of equal texts the last counts.
    UnigramModel(std::vector<Piece> pieces, Settings settings);

    /// O(n · longest piece).
    Status encode(std::string_view word, std::vector<std::int32_t>& ids) const override;
    const TokenIds& ids() const override { return ids_; }
    std::optional<std::int32_t> unknown() const override { return settings_.unknown; }

  private:
    struct Entry
    {
        std::string_view text; ///< of ids_
        std::int32_t id;
    };
    struct Best
    {
        double score = 0;
        std::int32_t id = -1;
        std::size_t begin = 0;
        bool reached = false;
    };

    Result<std::vector<Best>> bestEnds(std::string_view word) const;
    void addRun(std::string_view text, std::vector<std::int32_t>& ids) const;

    TokenIds ids_;
    Settings settings_;
    std::vector<double> scores_;
    std::vector<Entry> sorted_;            ///< pieces that a cut may have, by their bytes
    std::vector<std::size_t> firstOfByte_; ///< of sorted_, by first byte; 257 entries
    std::vector<std::int32_t> byteIds_;    ///< of <0xHH>; -1 where there is none
};

} // namespace hilo
