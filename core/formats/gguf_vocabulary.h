// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

class GgufFile;

/// The tokenizer of a GGUF file as it stands in its metadata (tokenizer.ggml.*, llama.cpp's docs/gguf.md). Lists that
/// the file lacks are empty; those that it has are as long as tokens (merges excepted).
struct GgufVocabulary
{
    std::string model;               ///< "gpt2": byte-level BPE with merges; "llama": SentencePiece with scores
    std::string pre;                 ///< names the pre-tokenizer's regex: "llama-bpe", "qwen2", "smollm", …
    std::vector<std::string> tokens; ///< by id, spelled as in tokenizer.json
    std::vector<float> scores;       ///< SentencePiece log-probabilities
    std::vector<int> types;          ///< 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte
    std::vector<std::string> merges; ///< "left right", best first
    std::optional<std::int64_t> bos;
    std::optional<std::int64_t> eos;
    std::optional<std::int64_t> unknown;
    std::optional<std::int64_t> padding;
    std::optional<bool> addBos;
    std::optional<bool> addEos;
    std::optional<bool> addSpacePrefix;
    std::string chatTemplate; ///< Jinja; empty when there is none
};

/// Reads a GGUF file's header and takes the vocabulary out of it. Bad input: not a GGUF file, no tokens, a list of
/// another length than tokens, an id outside of them.
Result<GgufVocabulary> readGgufVocabulary(const std::filesystem::path& path);
/// The same of a file that is open already.
Result<GgufVocabulary> ggufVocabulary(const GgufFile& file);

} // namespace hilo
