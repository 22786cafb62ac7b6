// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

class GgufFile;

/// The tokenizer of a GGUF file as it stands in its metadata (tokenizer.ggml.*, llama.cpp's docs/gguf.md). Lists that
/// the file lacks are empty; those that it has are as long as tokens (merges excepted).
struct GgufVocabulary
{
    enum class TokenType { Undefined, Normal, Unknown, Control, UserDefined, Unused, Byte };

    std::string model;               ///< "gpt2": byte-level BPE with merges; "llama": SentencePiece with scores;
                                     ///< "t5": SentencePiece's unigram
    std::string pre;                 ///< names the pre-tokenizer's regex: "llama-bpe", "qwen2", "smollm", …
    std::vector<std::string> tokens; ///< by id, spelled as in tokenizer.json
    std::vector<float> scores;       ///< SentencePiece log-probabilities
    std::vector<TokenType> types;
    std::vector<std::string> merges; ///< "left right", best first
    std::vector<std::int64_t> ends;  ///< ids that end a turn: eos, eot and eom
    std::optional<std::int64_t> bos;
    std::optional<std::int64_t> eos;
    std::optional<std::int64_t> unknown;
    std::optional<std::int64_t> padding;
    std::optional<bool> addBos;
    std::optional<bool> addEos;
    std::optional<bool> addSpacePrefix;
    std::optional<bool> removesExtraBlanks;
    std::string charsmap;     ///< SentencePiece's table of characters (tokenizer/charsmap.h), as bytes
    std::string chatTemplate; ///< Jinja; empty when there is none
    std::map<std::string, std::string> namedChatTemplates; ///< further ones: tokenizer.chat_template.NAME
};

/// Reads a GGUF file's header and takes the vocabulary out of it. A special id outside of the tokens (converters write
/// -1 as 4294967295) is ignored with a warning. Where a SentencePiece vocabulary has no id of its own, BOS is 1, EOS 2
/// and unknown 0 as in llama.cpp; in a "t5" one EOS is 1, unknown 2 and padding 0. Bad input: not a GGUF file, no
/// tokens, a list of another length than tokens, a table of characters that is no list of bytes.
Result<GgufVocabulary> readGgufVocabulary(const std::filesystem::path& path);
/// The same of a file that is open already.
Result<GgufVocabulary> ggufVocabulary(const GgufFile& file);

} // namespace hilo
