// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Proportional: of the whole head's frequencies the first turn, the others stand still (gemma4).
enum class RopeKind { None, Linear, Dynamic, Yarn, Llama3, Factors, LongRope, Proportional };

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
    std::vector<float>
        factors; ///< divisors of the inverse frequencies: Factors (GGUF rope_freqs), LongRope's short ones
    std::vector<float> longFactors; ///< LongRope: of sequences longer than the original length
    std::int64_t dimension = 0;     ///< how many values of a head are rotated, from the first on; 0: all
    bool interleaved = false;       ///< neighbouring values form pairs, not the two halves
    std::int64_t headDimension = 0; ///< of the layers that use it; 0: the model's
    std::int64_t turnedPairs = 0;   ///< Proportional: so many of a head's pairs turn
    double positionScale = 0;       ///< queries times 1 + positionScale·ln(1 + floor(position / original length))
};

/// What a family's config.json may say of RoPE, and what its class says where it does not.
struct RopeRules
{
    double theta = 1e4;
    const char* thetaKey = "rope_theta";
    const char* shareKey = nullptr; ///< "partial_rotary_factor" or another name where heads may be rotated in part
    double share = 1;
    bool interleaved = false;
    bool longRope = false;        ///< longrope is the only scaling ("su" and "yarn" are older names of it)
    bool alpha = false;           ///< theta times alpha^(d / (d - 2)) (hunyuan)
    bool positionScale = false;   ///< llama_4_scaling_beta is there (ministral3)
    bool sections = false;        ///< mrope_section: for text alone all sections turn by the same position (qwen3_5)
    bool mustBeGiven = false;     ///< the class has a scaling of its own for files that say nothing
    double proportionalShare = 0; ///< rope_parameters by kind of layer alone; where there are none the full layers turn
                                  ///< this share of their pairs (gemma4); 0: the family has no such rotation
    double localTheta = 0;        ///< sliding layers rotate by themselves, with this theta (gemma3, olmo3)
    const char* localThetaKey = nullptr;
};

/// Sizes that the scalings are made from.
struct RopeSizes
{
    std::int64_t maximumPositions = 0;
    std::int64_t headDimension = 0;
    std::int64_t localHeadDimension = 0; ///< of sliding layers that rotate by themselves; 0: the same
};

struct Ropes
{
    RopeConfig main;
    RopeConfig local;
};

/// What config.json says of RoPE: rope_scaling with rope_theta beside it (transformers 4) or rope_parameters
/// (transformers 5), in one object or in one for each kind of layer. Every key of these objects is used or known to
/// change nothing; another one is bad input that names it. Source: transformers' modeling_rope_utils.py.
Result<Ropes> readRopes(const JsonObject& config, const RopeRules& rules, const RopeSizes& sizes);

} // namespace hilo
