// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/gguf_pre_tokenizers.h"

#include <array>

namespace hilo {
namespace {

constexpr const char* llama3Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* qwen2Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* tekkenPattern =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

constexpr std::array<GgufPreTokenizer, 10> preTokenizers{{
    {"gpt-2", false, nullptr, false},
    {"gpt2", false, nullptr, false},
    {"default", false, nullptr, false},
    {"", false, nullptr, false},
    {"smollm", true, nullptr, false},
    {"starcoder", true, nullptr, false},
    {"llama-bpe", false, llama3Pattern, true},
    {"llama3", false, llama3Pattern, true},
    {"qwen2", false, qwen2Pattern, false},
    {"tekken", false, tekkenPattern, true},
}};

} // namespace

std::span<const GgufPreTokenizer> ggufPreTokenizers()
{
    return preTokenizers;
}

} // namespace hilo
