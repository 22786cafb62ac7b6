// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/gguf_tokenizer.h"

#include "base/log.h"
#include "base/text_format.h"
#include "formats/gguf.h"
#include "formats/gguf_vocabulary.h"
#include "tokenizer/byte_pair_model.h"
#include "tokenizer/gguf_pre_tokenizers.h"
#include "tokenizer/gguf_unigram.h"

#include <algorithm>

namespace hilo {
namespace {

TokenIds idsOf(const GgufVocabulary& vocabulary)
{
    TokenIds ids;
    for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id)
        ids.try_emplace(vocabulary.tokens[id], static_cast<std::int32_t>(id));
    return ids;
}

Result<const GgufPreTokenizer*> preTokenizerOf(const GgufVocabulary& vocabulary, const std::string& file)
{
    const GgufPreTokenizer* chosen = ggufPreTokenizer(vocabulary.pre);
    if (!chosen) {
        std::vector<std::string> names;
        for (const GgufPreTokenizer& one : ggufPreTokenizers())
            names.push_back(one.name);
        return failure(badInput(file, "tokenizer.ggml.pre",
                                "the pre-tokenizer \"" + vocabulary.pre + "\" is not supported",
                                "supported are " + joined(names)));
    }
    if (vocabulary.pre.empty())
        logger("tokenizer")
            ->warn("{}: tokenizer.ggml.pre is missing, so how the model's texts were cut into words is a guess: "
                   "\"default\", as "
                   "llama.cpp takes it. Llama 3 would need \"llama-bpe\", Qwen 2 \"qwen2\". Convert the model again, "
                   "or the "
                   "tokens are not those that it was trained on",
                   file);
    return chosen;
}

BytePairModel::Merges mergesOf(const GgufVocabulary& vocabulary)
{
    BytePairModel::Merges merges;
    for (const std::string& merge : vocabulary.merges) {
        const auto space = merge.find(' ', 1);
        if (space != std::string::npos)
            merges.emplace_back(merge.substr(0, space), merge.substr(space + 1));
    }
    return merges;
}

Status addByteLevel(const GgufVocabulary& vocabulary, const GgufPreTokenizer& chosen, TokenizerPipeline& state)
{
    HILO_TRY(state.preTokenizer, cutSteps(chosen));
    state.preTokenizer.push_back(byteLevelStep());
    state.decoder = {byteLevelDecoding()};
    state.decodesBytes = true;
    const BytePairModel::Merges merges = mergesOf(vocabulary);
    if (merges.empty())
        return failure(
            badInput(state.file, "tokenizer.ggml.merges", "there are no merges; a gpt2 vocabulary needs them"));
    BytePairSettings settings;
    settings.ignoreMerges = chosen.ignoreMerges;
    state.model = std::make_unique<BytePairModel>(BytePairModel::fromMerges(idsOf(vocabulary), merges, settings));
    return {};
}

Status addSentencePiece(const GgufVocabulary& vocabulary, TokenizerPipeline& state)
{
    if (vocabulary.scores.size() != vocabulary.tokens.size())
        return failure(
            badInput(state.file, "tokenizer.ggml.scores", "there are no scores; a llama vocabulary needs them"));
    const bool prefix = vocabulary.addSpacePrefix.value_or(true);
    if (prefix)
        state.normalizer.push_back(rewritingStep([](std::string text) { return text.empty() ? text : "▁" + text; }));
    state.normalizer.push_back(rewritingStep([](std::string text) { return replaceAll(std::move(text), " ", "▁"); }));
    state.decoder = {replaceDecoding("▁", " "), byteFallbackDecoding(), fuseDecoding()};
    if (prefix)
        state.decoder.push_back(stripDecoding(" ", 1, 0));
    BytePairSettings settings;
    settings.byteFallback = true;
    settings.fuseUnknown = true;
    if (vocabulary.unknown)
        settings.unknown = static_cast<std::int32_t>(*vocabulary.unknown);
    state.model =
        std::make_unique<BytePairModel>(BytePairModel::fromScores(idsOf(vocabulary), vocabulary.scores, settings));
    return {};
}

/// gemma4: SentencePiece's texts, merged by a list as byte-level vocabularies are.
Status addMergedPieces(const GgufVocabulary& vocabulary, TokenizerPipeline& state)
{
    const BytePairModel::Merges merges = mergesOf(vocabulary);
    if (merges.empty())
        return failure(
            badInput(state.file, "tokenizer.ggml.merges", "there are no merges; a gemma4 vocabulary needs them"));
    state.normalizer.push_back(rewritingStep([](std::string text) { return replaceAll(std::move(text), " ", "▁"); }));
    state.decoder = {replaceDecoding("▁", " "), byteFallbackDecoding(), fuseDecoding()};
    BytePairSettings settings;
    settings.byteFallback = true;
    settings.fuseUnknown = true;
    if (vocabulary.unknown)
        settings.unknown = static_cast<std::int32_t>(*vocabulary.unknown);
    state.model = std::make_unique<BytePairModel>(BytePairModel::fromMerges(idsOf(vocabulary), merges, settings));
    return {};
}

/// Tokens that are found in a text as a whole. llama.cpp takes the ends of a turn for control tokens even where the
/// file does not mark them.
std::vector<AddedToken> addedTokens(const GgufVocabulary& vocabulary)
{
    using TokenType = GgufVocabulary::TokenType;
    std::vector<AddedToken> added;
    for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
        const auto type =
            id < vocabulary.types.size() ? static_cast<TokenType>(vocabulary.types[id]) : TokenType::Normal;
        const std::string& text = vocabulary.tokens[id];
        const auto names = namesOfTurnEnds();
        const bool endsTurn = text != "</s>" && std::find(names.begin(), names.end(), text) != names.end();
        const bool control = type == TokenType::Control || type == TokenType::Unknown || endsTurn;
        if (!control && type != TokenType::UserDefined)
            continue;
        AddedToken token;
        token.id = static_cast<std::int32_t>(id);
        token.text = text;
        token.special = control;
        added.push_back(std::move(token));
    }
    return added;
}

std::int64_t embeddingRowsOf(const GgufFile& file)
{
    const GgufTensor* embedding = file.find("token_embd.weight");
    return embedding && embedding->info.shape.size() == 2 ? embedding->info.shape[0] : 0;
}

} // namespace

Result<std::unique_ptr<TokenizerPipeline>> loadGgufTokenizer(const std::filesystem::path& path)
{
    HILO_TRY(const GgufFile file, openGguf(path));
    HILO_TRY(const GgufVocabulary vocabulary, ggufVocabulary(file));
    auto state = std::make_unique<TokenizerPipeline>();
    state->file = path.string();
    // Where the file says nothing: SentencePiece vocabularies begin with BOS, and so do some byte-level ones.
    bool addsBos = true;
    if (vocabulary.model == "gpt2") {
        HILO_TRY(const GgufPreTokenizer* chosen, preTokenizerOf(vocabulary, state->file));
        HILO_CHECK(addByteLevel(vocabulary, *chosen, *state));
        addsBos = chosen->addsBos;
    } else if (vocabulary.model == "llama") {
        HILO_CHECK(addSentencePiece(vocabulary, *state));
    } else if (vocabulary.model == "gemma4") {
        HILO_CHECK(addMergedPieces(vocabulary, *state));
    } else if (vocabulary.model == "t5") {
        HILO_CHECK(addUnigram(vocabulary, *state));
        addsBos = false;
    } else {
        return failure(badInput(state->file, "tokenizer.ggml.model",
                                "the tokenizer \"" + vocabulary.model +
                                    "\" is not supported; expected gpt2, llama, gemma4 or t5"));
    }
    state->texts = vocabulary.tokens;
    HILO_CHECK(state->setAdded(addedTokens(vocabulary)));
    state->embeddingRows = embeddingRowsOf(file);
    const auto asId = [](const std::optional<std::int64_t>& id) {
        return id ? std::optional(static_cast<std::int32_t>(*id)) : std::nullopt;
    };
    state->bos = asId(vocabulary.bos);
    state->eos = asId(vocabulary.eos);
    state->padding = asId(vocabulary.padding);
    state->chatTemplates = vocabulary.namedChatTemplates;
    if (!vocabulary.chatTemplate.empty())
        state->chatTemplates["default"] = vocabulary.chatTemplate;
    if (vocabulary.addBos.value_or(addsBos) && state->bos)
        state->before.push_back(*state->bos);
    if (vocabulary.addEos.value_or(vocabulary.model == "t5") && state->eos)
        state->after.push_back(*state->eos);
    state->findEndTokens(vocabulary.ends);
    return state;
}

} // namespace hilo
