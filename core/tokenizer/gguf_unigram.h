// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf_vocabulary.h"
#include "tokenizer/tokenizer_pipeline.h"

namespace hilo {

/// The normalizer, model and decoder of a GGUF vocabulary "t5" (SentencePiece's unigram), as llama.cpp has them
/// (llama-vocab.cpp, llm_tokenizer_ugm): the longest key of the table of characters is replaced, runs of blanks become
/// one where the file says so, a blank is put before the text. Bad input: scores or the unknown token missing, a table
/// that is broken.
Status addUnigram(const GgufVocabulary& vocabulary, TokenizerPipeline& state);

} // namespace hilo
