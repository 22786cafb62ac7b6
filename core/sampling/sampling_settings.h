// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace hilo {

/// How the next token is chosen from a model's logits.
struct SamplingSettings
{
    double temperature = 0; ///< 0: the likeliest token
    double topP = 1;        ///< nucleus: the smallest set of tokens with this probability (1904.09751)
    std::int64_t topK = 0;  ///< the likeliest so many tokens alone; 0: all
    double minP = 0;        ///< only tokens with at least this share of the likeliest one's probability (2407.01082)
    double repetitionPenalty = 1; ///< of all tokens so far, the prompt's too (1909.05858, section 4.1); 1: none
    double presencePenalty = 0;   ///< taken once off the logit of a token that was generated before
    double frequencyPenalty = 0;  ///< taken off as often as it was
    std::vector<std::pair<std::int32_t, double>> bias; ///< added to logits, by token

    bool changesLogits() const
    {
        return repetitionPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0 || !bias.empty();
    }
};

} // namespace hilo
