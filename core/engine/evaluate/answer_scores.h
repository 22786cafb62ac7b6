// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/tokenise.h"
#include "engine/model/decoder.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

/// Of a pair, or of an answer that was judged: the sums of the log-probabilities of the answers' tokens, in nats.
struct AnswerLogProbabilities
{
    double chosen = 0;   ///< of the row's own answer
    double rejected = 0; ///< 0 where there is none
};

/// How many tokens of the last answer have something before them; at least 1, so that it can divide.
std::int64_t answerTokens(const TokenisedExample& row);

/// Reads rows with an adapter, which must be in evaluation mode, or without one, at most batchSize texts at a time.
/// what: for the progress. Errors: a log-probability that is not finite, cancelled; LibTorch's leave as exceptions.
Result<std::vector<AnswerLogProbabilities>> answerLogProbabilities(const Decoder& decoder, ModuleAdapter* adapter,
                                                                   std::span<const TokenisedExample* const> rows,
                                                                   std::int64_t batchSize, const std::string& what,
                                                                   const Progress& progress);

} // namespace hilo
