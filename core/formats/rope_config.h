// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <cstdint>
#include <vector>

namespace hilo {

enum class RopeKind { None, Linear, Dynamic, Yarn, Llama3, Factors };

struct RopeConfig
{
    double theta = 1e4;
    RopeKind kind = RopeKind::None;
    double factor = 1;
    double lowFrequencyFactor = 1;
    double highFrequencyFactor = 4;
    std::int64_t originalMaximumPositions = 0; ///< 0: maximumPositions
    double betaFast = 32;
    double betaSlow = 1;
    bool truncate = true;       ///< yarn: the ramp begins and ends at whole dimensions
    double attentionFactor = 0; ///< 0: the kind's default
    std::vector<float> factors; ///< RopeKind::Factors: divisors of the inverse frequencies (GGUF rope_freqs)
};

/// What config.json says of RoPE: rope_scaling with rope_theta beside it (transformers 4) or rope_parameters
/// (transformers 5), for models that rotate whole heads. Every key of these objects is used or known to change nothing;
/// another one is bad input that names it. Source: transformers' modeling_rope_utils.py.
Result<RopeConfig> readRopeConfig(const JsonObject& config, std::int64_t maximumPositions);

} // namespace hilo
