// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/tokenise.h"
#include "engine/model/decoder.h"
#include "run/run_spec.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

/// Tokens whose losses are wanted: places[i] >= 1 in tokens, in ascending order.
struct TextToScore
{
    std::vector<std::int32_t> tokens;
    std::vector<std::int64_t> places;
    std::vector<double> losses; ///< of the places, in nats; filled by what scores it
};

/// The places of a row whose tokens a training counts, too: those of its answers, or all that something stands before.
std::vector<std::int64_t> lossPlaces(const TokenisedExample& row, LossOn lossOn);

/// Lays texts end to end; firstPlaces: how many tokens of each stand before what is laid here (empty: none).
PackedBatch packTexts(std::span<const std::span<const std::int32_t>> texts, std::span<const std::int64_t> firstPlaces);

/// The losses of the tokens next[i] behind the states of rows at[i] of hidden [T, hidden], without all logits at once.
/// Error: one that is not finite.
Result<std::vector<double>> lossesBehind(const Decoder& decoder, const torch::Tensor& hidden,
                                         const std::vector<std::int64_t>& at, const std::vector<std::int64_t>& next);

/// Reads whole texts, at most batchSize at a time, those of like length together.
Status scoreTexts(const Decoder& decoder, ModuleAdapter* adapter, std::span<TextToScore* const> texts,
                  std::int64_t batchSize);

} // namespace hilo
