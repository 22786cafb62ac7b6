// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_vocabulary.h"
#include "tokenizer/gguf_pre_tokenizers.h"
#include "tokenizer/tokenizer_state.h"

namespace hilo {
namespace {

enum TokenType { Normal = 1, Unknown, Control, UserDefined, Unused, Byte };

Status addByteLevel(const GgufVocabulary& vocabulary, const std::string& file, TokenizerPipeline& state)
{
    const GgufPreTokenizer* chosen = nullptr;
    std::string names;
    for (const GgufPreTokenizer& one : ggufPreTokenizers()) {
        if (vocabulary.pre == one.name)
            chosen = &one;
        names += (names.empty() ? "" : ", ") + std::string(one.name);
    }
    if (!chosen)
        return failure(badInput(file, "tokenizer.ggml.pre",
                                "the pre-tokenizer \"" + vocabulary.pre + "\" is not supported",
                                "supported are " + names));
    const auto cutBy = [&](const std::string& pattern) -> Status {
        HILO_TRY(const Regex regex, Regex::compile(pattern, file, "tokenizer.ggml.pre"));
        state.preTokenizer.push_back(isolateMatches(regex));
        return {};
    };
    if (chosen->singleDigits)
        HILO_CHECK(cutBy(R"(\p{N})"));
    HILO_CHECK(cutBy(chosen->pattern ? chosen->pattern : gpt2Pattern));
    state.preTokenizer.push_back(byteLevelStep(false));
    state.decoder = {byteLevelDecoding()};

    TokenIds ids;
    for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id)
        ids.try_emplace(vocabulary.tokens[id], static_cast<std::int32_t>(id));
    BytePairModel::Merges merges;
    for (const std::string& merge : vocabulary.merges) {
        const auto space = merge.find(' ', 1);
        if (space != std::string::npos)
            merges.emplace_back(merge.substr(0, space), merge.substr(space + 1));
    }
    if (merges.empty())
        return failure(badInput(file, "tokenizer.ggml.merges", "there are no merges; a gpt2 vocabulary needs them"));
    BytePairSettings settings;
    settings.ignoreMerges = chosen->ignoreMerges;
    state.model = BytePairModel::fromMerges(std::move(ids), merges, settings);
    return {};
}

Status addSentencePiece(const GgufVocabulary& vocabulary, const std::string& file, TokenizerPipeline& state)
{
    if (vocabulary.scores.size() != vocabulary.tokens.size())
        return failure(badInput(file, "tokenizer.ggml.scores", "there are no scores; a llama vocabulary needs them"));
    const bool prefix = vocabulary.addSpacePrefix.value_or(true);
    if (prefix)
        state.normalizer.push_back([](std::string text) { return text.empty() ? text : "▁" + text; });
    state.normalizer.push_back([](std::string text) { return replaceAll(std::move(text), " ", "▁"); });
    state.decoder = {replaceDecoding("▁", " "), byteFallbackDecoding(), fuseDecoding()};
    if (prefix)
        state.decoder.push_back(stripDecoding(" ", 1, 0));
    TokenIds ids;
    for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id)
        ids.try_emplace(vocabulary.tokens[id], static_cast<std::int32_t>(id));
    BytePairSettings settings;
    settings.byteFallback = true;
    settings.fuseUnknown = true;
    if (vocabulary.unknown)
        settings.unknown = static_cast<std::int32_t>(*vocabulary.unknown);
    state.model = BytePairModel::fromScores(std::move(ids), vocabulary.scores, settings);
    return {};
}

} // namespace

Result<std::unique_ptr<TokenizerPipeline>> loadGgufTokenizer(const std::filesystem::path& file)
{
    HILO_TRY(const GgufVocabulary vocabulary, readGgufVocabulary(file));
    auto state = std::make_unique<TokenizerPipeline>();
    if (vocabulary.model == "gpt2") {
        HILO_CHECK(addByteLevel(vocabulary, file.string(), *state));
    } else if (vocabulary.model == "llama") {
        HILO_CHECK(addSentencePiece(vocabulary, file.string(), *state));
    } else {
        return failure(badInput(file.string(), "tokenizer.ggml.model",
                                "the tokenizer \"" + vocabulary.model + "\" is not supported; expected gpt2 or llama"));
    }
    state->texts = vocabulary.tokens;
    state->special.resize(vocabulary.tokens.size(), false);
    std::vector<AddedToken> added;
    for (std::size_t id = 0; id < vocabulary.types.size(); ++id) {
        const int type = vocabulary.types[id];
        state->special[id] = type == Control || type == Unknown;
        if (type == Control || type == UserDefined)
            added.push_back({static_cast<std::int32_t>(id), vocabulary.tokens[id], type == Control});
    }
    state->added = AddedTokens(std::move(added));
    const auto asId = [](const std::optional<std::int64_t>& id) {
        return id ? std::optional(static_cast<std::int32_t>(*id)) : std::nullopt;
    };
    state->bos = asId(vocabulary.bos);
    state->eos = asId(vocabulary.eos);
    state->padding = asId(vocabulary.padding);
    state->chatTemplate = vocabulary.chatTemplate;
    // llama.cpp's defaults: SentencePiece vocabularies begin with BOS, byte-level ones do not.
    if (vocabulary.addBos.value_or(vocabulary.model == "llama") && state->bos)
        state->before.push_back(*state->bos);
    if (vocabulary.addEos.value_or(false) && state->eos)
        state->after.push_back(*state->eos);
    state->findEndTokens();
    return state;
}

} // namespace hilo
