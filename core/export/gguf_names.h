// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <string>

namespace hilo {

/// Whether GGUF files of this family are written here.
bool ggufKnows(const ModelConfig& model);

/// "llama" for Mistral as well: what general.architecture says of a model (llama.cpp's convert_hf_to_gguf.py).
std::string ggufArchitecture(const ModelConfig& model);
/// "blk.3.attn_q.weight" of a linear module.
std::string ggufModuleName(const ModuleShape& module, std::int64_t layer);
/// Rows of q and k are stored with the halves of each head interleaved (llama architecture).
bool ggufInterleaves(const ModelConfig& model, const std::string& module);
/// Where row of a Hugging Face tensor is stored when they are interleaved: within a head of size n, row t·n/2+j goes to
/// 2j+t.
std::int64_t ggufRow(std::int64_t row, std::int64_t headDimension);

} // namespace hilo
