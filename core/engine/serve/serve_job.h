// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/serve/answer_events.h"
#include "sampling/sampling_settings.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hilo {

/// One answer that is to be made.
struct ServeJob
{
    std::vector<std::int32_t> prompt; ///< at least one token
    int adapter = -1;                 ///< of the served model; -1: the base alone
    SamplingSettings sampling;
    std::uint64_t seed = 0;
    std::size_t answer = 0; ///< of the request: random numbers depend on (seed, answer, position)
    std::int64_t maximumTokens = 0;
    std::optional<int> alternatives; ///< with log-probabilities, and so many most probable tokens
    bool promptScores = false;       ///< those of the prompt, too
    bool experts = false;
    bool promptExperts = false; ///< those of the prompt, too
    std::chrono::steady_clock::time_point deadline;
    std::shared_ptr<AnswerEvents> events;

    /// Whether every token of the prompt has to be read for it.
    bool needsWholePrompt() const { return promptScores || promptExperts; }
};

} // namespace hilo
