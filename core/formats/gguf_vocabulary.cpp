// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_vocabulary.h"

#include "base/log.h"
#include "formats/gguf.h"

#include <algorithm>
#include <cmath>
#include <limits>

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

/// Nothing where the file has no id or one that is no token.
Result<std::optional<std::int64_t>> specialId(const GgufFile& file, const std::string& key, std::size_t tokens)
{
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    HILO_TRY(const auto id, file.integer(key, lowest, highest));
    if (!id || (*id >= 0 && *id < static_cast<std::int64_t>(tokens)))
        return id;
    logger("formats")->warn("{}: {} is {}, but there are only {} tokens; it is ignored", file.name, key, *id, tokens);
    return std::nullopt;
}

Status readSpecialIds(const GgufFile& file, GgufVocabulary& vocabulary)
{
    const std::size_t tokens = vocabulary.tokens.size();
    const auto read = [&](const char* name) { return specialId(file, std::string(prefix) + name, tokens); };
    HILO_TRY(vocabulary.bos, read("bos_token_id"));
    HILO_TRY(vocabulary.eos, read("eos_token_id"));
    HILO_TRY(vocabulary.unknown, read("unknown_token_id"));
    HILO_TRY(vocabulary.padding, read("padding_token_id"));
    HILO_TRY(const auto endOfTurn, read("eot_token_id"));
    HILO_TRY(const auto endOfMessage, read("eom_token_id"));
    // Used for nothing; read for the warning. (The misspelling is the format's.)
    for (const char* name : {"seperator_token_id", "cls_token_id", "mask_token_id"})
        HILO_CHECK(read(name));
    const auto orDefault = [&](std::optional<std::int64_t>& id, std::int64_t usual) {
        if (!id && usual < static_cast<std::int64_t>(tokens))
            id = usual;
    };
    if (vocabulary.model == "t5") {
        orDefault(vocabulary.eos, 1);
        orDefault(vocabulary.unknown, 2);
        orDefault(vocabulary.padding, 0);
    }
    if (vocabulary.model == "llama") {
        orDefault(vocabulary.bos, 1);
        orDefault(vocabulary.eos, 2);
        orDefault(vocabulary.unknown, 0);
    }
    for (const auto& id : {vocabulary.eos, endOfTurn, endOfMessage})
        if (id && std::find(vocabulary.ends.begin(), vocabulary.ends.end(), *id) == vocabulary.ends.end())
            vocabulary.ends.push_back(*id);
    return {};
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
        vocabulary.types.push_back(static_cast<GgufVocabulary::TokenType>(static_cast<int>(type)));
    }

    HILO_CHECK(readSpecialIds(file, vocabulary));
    HILO_TRY(vocabulary.addBos, file.flag(keyOf("add_bos_token")));
    HILO_TRY(vocabulary.addEos, file.flag(keyOf("add_eos_token")));
    HILO_TRY(vocabulary.removesExtraBlanks, file.flag(keyOf("remove_extra_whitespaces")));
    HILO_TRY(const auto charsmap, file.numbers(keyOf("precompiled_charsmap")));
    for (const double byte : charsmap) {
        // Some converters write signed bytes.
        if (!(byte >= -128 && byte <= 255) || byte != std::floor(byte))
            return failure(file.errorAt(keyOf("precompiled_charsmap"), "A list of bytes was expected."));
        vocabulary.charsmap += static_cast<char>(static_cast<int>(byte));
    }
    HILO_TRY(vocabulary.addSpacePrefix, file.flag(keyOf("add_space_prefix")));
    HILO_TRY(const auto chatTemplate, file.text("tokenizer.chat_template"));
    vocabulary.chatTemplate = chatTemplate.value_or("");
    HILO_TRY(const auto names, file.texts("tokenizer.chat_templates"));
    for (const std::string& name : names) {
        HILO_TRY(const auto named, file.text("tokenizer.chat_template." + name));
        if (named)
            vocabulary.namedChatTemplates[name] = *named;
    }
    return vocabulary;
}

Result<GgufVocabulary> readGgufVocabulary(const std::filesystem::path& path)
{
    HILO_TRY(const GgufFile file, openGguf(path));
    return ggufVocabulary(file);
}

} // namespace hilo
