// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder.h"
#include "serve/scored_token.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

/// The tokens behind rows of logits [n, vocabulary] in float32 with their log-probabilities and those of the most
/// probable tokens, so many of them.
std::vector<ScoredToken> scoredTokens(const torch::Tensor& logits, std::span<const std::int32_t> tokens,
                                      int alternatives);

/// The same behind hidden states [n, hidden], without the logits of all of them at once.
std::vector<ScoredToken> scoredBehind(const Decoder& decoder, const torch::Tensor& hidden,
                                      std::span<const std::int32_t> tokens, int alternatives);

} // namespace hilo
