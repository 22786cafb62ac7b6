// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/gguf_vocabulary.h"

#include <filesystem>

namespace hilo {

/// A GGUF vocabulary as Hugging Face's tokenizer.json: BPE with merges; those of a SentencePiece vocabulary are found
/// from its scores as transformers' converter does. Bad input: a vocabulary of another model, a pre-tokenizer that is
/// not known.
Result<Json> tokenizerJson(const GgufVocabulary& vocabulary, const std::string& file);

/// tokenizer.json and tokenizer_config.json into an existing folder.
Status writeTokenizerFiles(const GgufVocabulary& vocabulary, const std::string& file,
                           const std::filesystem::path& folder);

} // namespace hilo
