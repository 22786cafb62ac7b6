// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf.h"
#include "formats/model_config.h"

#include <memory>

namespace hilo {

/// The Hugging Face name of a GGUF tensor ("blk.3.attn_q.weight" is "model.layers.3.self_attn.q_proj.weight"); nothing
/// for a tensor that the architecture has no place for.
std::optional<std::string> huggingFaceName(const std::string& ggufName, const ModelConfig& config);

/// The tensors under their Hugging Face names and as transformers has them, whatever the converter made of them
/// (gguf_layout.h; Gemma's norms without the 1 that it adds, Apertus's activation from the metadata). Bad input: a type
/// that cannot be read, a tensor of a layer that the architecture has no place for.
Result<std::shared_ptr<const WeightSource>> ggufWeights(const GgufFile& file, const ModelConfig& config);

} // namespace hilo
