// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/sampling_settings.h"

#include <cstdint>
#include <span>
#include <unordered_map>

namespace hilo {

/// Which tokens a text has so far, as the penalties count them.
class TokenHistory
{
  public:
    void readPrompt(std::span<const std::int32_t> tokens);
    void addGenerated(std::int32_t token);

    struct Count
    {
        std::int64_t generated = 0;
    };
    /// Every token that occurs.
    const std::unordered_map<std::int32_t, Count>& counts() const { return counts_; }

  private:
    std::unordered_map<std::int32_t, Count> counts_;
};

/// The next token. logits: of every token, finite. In this order: penalties and biases; at temperature 0 the likeliest
/// token (of equal ones the lowest id); else softmax(logits / temperature), top k, top p of what that leaves, min p,
/// and of the rest one by random (64 bits of it), the likeliest first along the unit interval.
std::int32_t chooseToken(std::span<const float> logits, const SamplingSettings& settings, const TokenHistory& history,
                         std::uint64_t random);

} // namespace hilo
