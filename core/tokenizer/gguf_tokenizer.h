// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/tokenizer_pipeline.h"

#include <filesystem>
#include <memory>

namespace hilo {

/// The tokenizer in a GGUF file's metadata (formats/gguf_vocabulary.h), as llama.cpp reads it: "gpt2" (byte-level BPE)
/// or "llama" (SentencePiece). Another one, or a pre-tokenizer that is not known, is bad input.
Result<std::unique_ptr<TokenizerPipeline>> loadGgufTokenizer(const std::filesystem::path& file);

} // namespace hilo
