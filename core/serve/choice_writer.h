// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "serve/scored_token.h"
#include "serve/stop_search.h"
#include "tokenizer/stream_decoder.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// A part of an answer: text, and the tokens that it began with since the part before.
struct AnswerPart
{
    std::string text;
    std::vector<ScoredToken> tokens;

    bool empty() const { return text.empty() && tokens.empty(); }
    void append(AnswerPart more);
};

/// Makes text of one answer's tokens as they come, up to the first stop. A token belongs to the answer when its text
/// begins before the stop.
class ChoiceWriter
{
  public:
    /// prompt: what the answer follows, so that a word's leading space is kept.
    ChoiceWriter(std::shared_ptr<const Tokenizer> tokenizer, std::span<const std::int32_t> prompt,
                 std::vector<std::string> stops);

    /// What can be shown now; nothing more once stopped().
    AnswerPart push(ScoredToken token);
    /// The rest, behind the last token.
    AnswerPart finish();
    bool stopped() const { return stops_.found(); }

  private:
    AnswerPart released(std::string text, bool all);

    StreamDecoder decoder_;
    StopSearch stops_;
    std::size_t read_ = 0;                                    ///< bytes of text so far
    std::size_t shown_ = 0;                                   ///< of them, those that were released
    std::deque<std::pair<std::size_t, ScoredToken>> waiting_; ///< with where their text begins
};

} // namespace hilo
