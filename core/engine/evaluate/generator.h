// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/model/decoder.h"
#include "sampling/sampling_settings.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace hilo {

struct GenerationSettings : SamplingSettings
{
    std::int64_t maximumTokens = 32;
    std::int64_t seed = 1;
    std::vector<std::int32_t> endTokens; ///< generation of a sequence ends with one; it is not part of the result
    /// Prompts are read in parts of at most 256 tokens a sequence and about so many attention scores (sequences · heads
    /// · tokens of the part · tokens so far), which bounds the memory of a long prompt.
    std::int64_t scoresAtOnce = std::int64_t{1} << 25;
};

/// How many tokens of each of so many texts, the longest of which is given, are read at once.
std::int64_t tokensReadAtOnce(const ModelConfig& model, std::int64_t texts, std::int64_t longest,
                              const GenerationSettings& settings);

/// Called with the sequence's index and its new token; false ends that sequence.
using TokenSink = std::function<bool(std::size_t sequence, std::int32_t token)>;

/// Continues several prompts at once with a key/value cache; finished sequences leave the batch. Prompts hold at least
/// one token. A sequence ends, too, where a model with learned positions has no more of them. Random numbers depend on
/// (seed, sequence, position) alone. Cancel ends early with what there is, also between two parts of a prompt. Error:
/// logits that are not finite, with the weight that is to blame if there is one.
Result<std::vector<std::vector<std::int32_t>>> generate(const Decoder& decoder, ModuleAdapter* adapter,
                                                        const std::vector<std::vector<std::int32_t>>& prompts,
                                                        const GenerationSettings& settings, const TokenSink& sink = {},
                                                        const Progress& progress = {});

} // namespace hilo
