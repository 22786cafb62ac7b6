// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_vocabulary.h"

#include "formats/gguf.h"

#include <cmath>

namespace hilo {
namespace {

constexpr const char* prefix = "tokenizer.ggml.";

Status checkLength(const GgufFile& file, const std::string& key, std::size_t length, std::size_t tokens)
{
    if (length == 0 || length == tokens)
        return {};
    return failure(file.errorAt(key, "The list has " + std::to_string(length) + " entries, but there are " +
                                         std::to_string(tokens) + " tokens."));
}

} // namespace

Result<GgufVocabulary> ggufVocabulary(const GgufFile& file)
{
    const auto keyOf = [](const char* name) { return std::string(prefix) + name; };
    GgufVocabulary vocabulary;
    HILO_TRY(const auto model, file.text(keyOf("model")));
    HILO_TRY(vocabulary.tokens, file.texts(keyOf("tokens")));
    if (!model || vocabulary.tokens.empty())
        return failure(badInput(file.name, "metadata", "The file has no tokenizer (tokenizer.ggml.model and .tokens).",
                                "Convert the model again with llama.cpp's convert_hf_to_gguf.py."));
    vocabulary.model = *model;
    HILO_TRY(const auto pre, file.text(keyOf("pre")));
    vocabulary.pre = pre.value_or("");
    HILO_TRY(vocabulary.merges, file.texts(keyOf("merges")));

    HILO_TRY(const auto scores, file.numbers(keyOf("scores")));
    HILO_CHECK(checkLength(file, keyOf("scores"), scores.size(), vocabulary.tokens.size()));
    for (const double score : scores) {
        if (!std::isfinite(score))
            return failure(file.errorAt(keyOf("scores"), "A score is not a finite number."));
        vocabulary.scores.push_back(static_cast<float>(score));
    }
    HILO_TRY(const auto types, file.numbers(keyOf("token_type")));
    HILO_CHECK(checkLength(file, keyOf("token_type"), types.size(), vocabulary.tokens.size()));
    for (const double type : types) {
        // 0 is "undefined" in files of early converters.
        if (!(type >= 0 && type <= 6) || type != std::floor(type))
            return failure(file.errorAt(keyOf("token_type"), "A number from 0 to 6 was expected for every token."));
        vocabulary.types.push_back(static_cast<int>(type));
    }

    const auto lastToken = static_cast<std::int64_t>(vocabulary.tokens.size()) - 1;
    HILO_TRY(vocabulary.bos, file.integer(keyOf("bos_token_id"), 0, lastToken));
    HILO_TRY(vocabulary.eos, file.integer(keyOf("eos_token_id"), 0, lastToken));
    HILO_TRY(vocabulary.unknown, file.integer(keyOf("unknown_token_id"), 0, lastToken));
    HILO_TRY(vocabulary.padding, file.integer(keyOf("padding_token_id"), 0, lastToken));
    HILO_TRY(vocabulary.addBos, file.flag(keyOf("add_bos_token")));
    HILO_TRY(vocabulary.addEos, file.flag(keyOf("add_eos_token")));
    HILO_TRY(vocabulary.addSpacePrefix, file.flag(keyOf("add_space_prefix")));
    HILO_TRY(const auto chatTemplate, file.text("tokenizer.chat_template"));
    vocabulary.chatTemplate = chatTemplate.value_or("");
    return vocabulary;
}

Result<GgufVocabulary> readGgufVocabulary(const std::filesystem::path& path)
{
    HILO_TRY(const GgufFile file, openGguf(path));
    return ggufVocabulary(file);
}

} // namespace hilo
