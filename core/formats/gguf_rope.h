// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf_document.h"

namespace hilo {

/// Sets what config.json would say of RoPE: bases, scaling (none, linear, yarn, phi3's longrope) and which values of a
/// head are rotated. headDimension: of one head. Source: llama.cpp's llama-model.cpp, llama-context.cpp.
Status readGgufRope(GgufDocument& document, std::int64_t headDimension);

/// Llama 3.1 and later: the converter stores the divisors of the inverse frequencies as a tensor, rope_freqs.
Status readGgufRopeFactors(const GgufFile& file, ModelConfig& config);

} // namespace hilo
