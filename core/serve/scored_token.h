// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace hilo {

/// A token with the natural logarithm of its probability: softmax of the model's own logits, whatever temperature and
/// penalties it was chosen with.
struct ScoredToken
{
    std::int32_t id = 0;
    std::optional<float> logProbability; ///< nothing: not asked for, or the first token of a text
    /// The most probable ones, the likeliest first.
    std::vector<std::pair<std::int32_t, float>> alternatives;
};

} // namespace hilo
