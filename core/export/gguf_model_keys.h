// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/gguf_writer.h"
#include "formats/model_config.h"

#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// Adds what a GGUF file says of a model's shape (llama.cpp's convert_hf_to_gguf.py). The model must be one that
/// judgeMergedGguf lets pass.
void addModelMetadata(GgufWriter& writer, const ModelConfig& model, const std::string& name);

/// The tensors in which files of this model hold divisors of the inverse frequencies: rope_freqs (Llama 3.1) or
/// rope_factors_long and rope_factors_short (Phi-3); empty where the model needs none.
std::vector<std::pair<std::string, std::vector<float>>> ropeFactors(const ModelConfig& model);

/// general.file_type of llama.h for a file whose matrices are mostly of this type.
std::uint32_t ggufFileType(DataType type);

} // namespace hilo
