// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <vector>

namespace hilo {

/// Inverse frequencies and the factor on cos and sin for sequences of at most length tokens (transformers
/// modeling_rope_utils.py). frequencies has headDimension / 2 entries. Only RopeKind::Dynamic depends on length.
struct RopeFrequencies
{
    std::vector<double> frequencies;
    double attentionFactor = 1;
};
RopeFrequencies ropeFrequencies(const ModelConfig& config, std::int64_t length);

} // namespace hilo
