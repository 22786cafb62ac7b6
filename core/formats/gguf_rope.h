// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf_document.h"
#include "formats/rope_config.h"

#include <optional>
#include <vector>

namespace hilo {

/// Sets what config.json would say of RoPE: bases, scaling (none, linear, yarn, phi3's longrope) and which values of a
/// head are rotated. headDimension: of one head. Source: llama.cpp's llama-model.cpp, llama-context.cpp.
Status readGgufRope(GgufDocument& document, std::int64_t headDimension);

/// Llama 3.1 and later: the converter stores the divisors of the inverse frequencies as a tensor, rope_freqs.
Status readGgufRopeFactors(const GgufFile& file, ModelConfig& config);

/// The divisors of rope_type llama3, one for each pair of a head. maximumPositions: where rope has no original length.
/// Source: transformers' modeling_rope_utils.py, _compute_llama3_parameters.
std::vector<float> llama3Factors(const RopeConfig& rope, std::int64_t maximumPositions, std::int64_t headDimension);

/// What config.json may say instead of these divisors (RopeKind::Factors), so that they come back within what 32 bits
/// cost: llama3 (low_freq_factor is 1 where the length is whole then: only the ratios of both factors and the length
/// count), linear or none; nothing where no such rotation has them.
std::optional<RopeConfig> llama3RopeOf(const RopeConfig& rope, std::int64_t headDimension);

/// llama.cpp's, where a file says none.
inline constexpr double usualGgufRopeBase = 1e4;

/// A tensor of one positive F32 number for each of count frequencies; anything else is bad input.
Result<std::vector<float>> positiveRopeFactors(const GgufFile& file, const char* name, std::int64_t count);

/// A part that, times the head's size and rounded down, is the dimension.
double shareOfHead(std::int64_t dimension, std::int64_t headDimension);

} // namespace hilo
