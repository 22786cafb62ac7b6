// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf.h"
#include "formats/model_config.h"

namespace hilo {

/// The configuration that a GGUF file's metadata and tensors describe: an architecture of gguf_families.h; another one
/// is bad input that lists these. Source of keys and defaults: llama.cpp's llama-arch.cpp, llama-model.cpp.
Result<ModelConfig> ggufModelConfig(const GgufFile& file);

} // namespace hilo
