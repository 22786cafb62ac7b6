// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/gguf.h"
#include "formats/model_config.h"

namespace hilo {

/// The configuration that a GGUF file's metadata and tensors describe: an architecture of gguf_families.h; another one
/// is bad input that lists these. Source of keys and defaults: llama.cpp's llama-arch.cpp, llama-model.cpp.
Result<ModelConfig> ggufModelConfig(const GgufFile& file);

/// What config.json of the same model says, without "architectures". Bad input beside the above: what it cannot say,
/// which are RoPE factors that no rope_type makes (Llama 3.1's are stored as numbers alone; llama3RopeOf finds its
/// words again) and biases of some modules only.
Result<Json> ggufConfigJson(const GgufFile& file);

} // namespace hilo
