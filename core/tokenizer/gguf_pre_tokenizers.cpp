// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/gguf_pre_tokenizers.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr const char* oneDigit = R"(\p{N})";
constexpr const char* llama3Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* qwen2Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* qwen35Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* tekkenPattern =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* o200kPattern =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* bailingPattern =
    R"('(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+)";
constexpr const char* seedPattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* deepseekPattern =
    R"([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

/// Names for one way.
struct PreTokenizerFamily
{
    std::vector<const char*> names;
    std::vector<std::string> patterns;
    bool ignoreMerges = false;
    bool addsBos = false;
};

std::vector<GgufPreTokenizer> allPreTokenizers()
{
    const std::vector<PreTokenizerFamily> families = {
        {{"gpt-2", "phi-2", "jina-es", "jina-de", "gigachat", "jina-v2-es", "jina-v2-de", "a.x-4.0", "mellum",
          "modern-bert", "jina-v1-en", "jina-v2-code", "roberta-bpe", "exaone4", "mpt", "olmo", "jais", "trillion",
          "granite-docling"},
         {gpt2Pattern}},
        {{"smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b", "mellum2"},
         {oneDigit, gpt2Pattern}},
        {{"llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2", "jina-v5-nano"},
         {llama3Pattern},
         true,
         true},
        {{"dbrx", "smaug-bpe", "glm4", "chatglm-bpe"}, {llama3Pattern}},
        {{"qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "stablelm2", "hunyuan", "solar-open", "grok-2"},
         {qwen2Pattern}},
        {{"qwen35"}, {qwen35Pattern}},
        {{"tekken"}, {tekkenPattern}, true, true},
        {{"gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"}, {o200kPattern}},
        {{"deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4"},
         {R"(\p{N}{1,3})", "[一-龥぀-ゟ゠-ヿ]+", deepseekPattern}},
        {{"bailingmoe", "bailingmoe2", "llada-moe"}, {bailingPattern}},
        {{"seed-coder"}, {seedPattern}},
        {{"falcon"}, {R"([\p{P}\$\+<=>\^~\|`]+)", gpt2Pattern, "[0-9][0-9][0-9]"}},
        {{"default"}, {R"([\p{P}\$\+<=>\^~\|]+)", gpt2Pattern, R"(\p{N}+)", "[0-9][0-9][0-9]"}},
    };
    std::vector<GgufPreTokenizer> all;
    for (const PreTokenizerFamily& family : families)
        for (const char* name : family.names)
            all.push_back({name, family.patterns, family.ignoreMerges, family.addsBos});
    return all;
}

} // namespace

std::span<const GgufPreTokenizer> ggufPreTokenizers()
{
    static const std::vector<GgufPreTokenizer> all = allPreTokenizers();
    return all;
}

const GgufPreTokenizer* ggufPreTokenizer(const std::string& name)
{
    const auto known = ggufPreTokenizers();
    const auto found = std::find_if(known.begin(), known.end(), [&](const GgufPreTokenizer& one) {
        return one.name == (name.empty() ? "default" : name);
    });
    return found == known.end() ? nullptr : &*found;
}

Result<std::vector<CutStep>> cutSteps(const GgufPreTokenizer& preTokenizer)
{
    std::vector<CutStep> steps;
    for (const std::string& pattern : preTokenizer.patterns) {
        HILO_TRY(const Regex regex, Regex::compileOniguruma(pattern, preTokenizer.name, "tokenizer.ggml.pre"));
        steps.push_back(isolateMatches(regex));
    }
    return steps;
}

} // namespace hilo
