// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "engine/evaluate/generate_text.h"
#include "serve/scored_token.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hilo {

/// The prompt was read. scores: of each of its tokens, where they were asked for; cached: tokens that needed no
/// reading.
struct PromptRead
{
    std::int64_t cached = 0;
    std::vector<ScoredToken> scores;
};
struct TokenMade
{
    ScoredToken token;
};
/// The experts of one more token that was read: of the prompt's, where they were asked for, then of the answer's.
struct ExpertsUsed
{
    std::vector<ChosenExperts> chosen;
};
struct AnswerEnded
{
    std::string reason; ///< stop, or length
};
struct AnswerFailed
{
    Error error;
    bool timedOut = false; ///< before its prompt was begun; what is begun ends by its length
};

struct AnswerEvent
{
    std::size_t answer = 0; ///< of the request
    std::variant<PromptRead, TokenMade, ExpertsUsed, AnswerEnded, AnswerFailed> what;
};

/// What happens to the answers of one request, from the thread that computes to the one that writes. Both may end it.
class AnswerEvents
{
  public:
    explicit AnswerEvents(std::size_t answers) : cancelled_(answers, false) {}

    void push(AnswerEvent event);
    /// All events that are there, waiting for the first one at most so long.
    std::vector<AnswerEvent> take(std::chrono::milliseconds wait);

    /// Nobody wants the rest of an answer, or of any.
    void cancel(std::size_t answer);
    void cancelAll();
    bool isCancelled(std::size_t answer) const;

  private:
    mutable std::mutex mutex_;
    std::condition_variable more_;
    std::deque<AnswerEvent> events_;
    std::vector<bool> cancelled_;
};

} // namespace hilo
