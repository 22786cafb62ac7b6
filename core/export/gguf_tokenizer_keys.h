// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/gguf_writer.h"
#include "formats/model_config.h"

#include <filesystem>

namespace hilo {

/// Adds the tokenizer of a Hugging Face folder: byte-level BPE with merges, or SentencePiece with scores by the merges'
/// order. Without tokenizer.json it says that there is none. Bad input: a pre-tokenizer that llama.cpp has no name for.
Status addTokenizerMetadata(GgufWriter& writer, const ModelConfig& model, const std::filesystem::path& folder);

} // namespace hilo
