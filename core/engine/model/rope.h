// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <vector>

namespace hilo {

/// Inverse frequencies and the factor on cos and sin for sequences of at most length tokens (transformers
/// modeling_rope_utils.py). frequencies has an entry for every pair that is rotated. RopeKind::Dynamic and LongRope
/// depend on length.
struct RopeFrequencies
{
    std::vector<double> frequencies;
    double attentionFactor = 1;
};
/// rope: the config's rope or localRope.
RopeFrequencies ropeFrequencies(const ModelConfig& config, const RopeConfig& rope, std::int64_t length);
/// The rotations that some layer turns by: the config's rope, its localRope, both or none.
std::vector<RopeConfig> ropesInUse(const ModelConfig& config);
/// How many values of a head are rotated.
std::int64_t rotatedValues(const ModelConfig& config, const RopeConfig& rope);

} // namespace hilo
