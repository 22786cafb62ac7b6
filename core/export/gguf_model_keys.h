// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/gguf_writer.h"
#include "formats/model_config.h"

#include <map>

namespace hilo {

/// Adds what a GGUF file says of a model's shape (llama.cpp's convert_hf_to_gguf.py). The model must be one that
/// judgeMergedGguf lets pass.
void addModelMetadata(GgufWriter& writer, const ModelConfig& model, const std::string& name);

/// GGUF's names of the model's tensors by their Hugging Face names.
std::map<std::string, std::string> ggufTensorNames(const ModelConfig& model);

/// Divisors of the inverse frequencies, as rope_freqs.weight holds them; empty where the model needs none.
std::vector<float> ropeFactors(const ModelConfig& model);

/// general.file_type of llama.h for a file whose matrices are mostly of this type.
std::uint32_t ggufFileType(DataType type);

} // namespace hilo
