// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_tokenizer_keys.h"

#include "base/log.h"
#include "formats/gguf_vocabulary.h"
#include "tokenizer/gguf_pre_tokenizers.h"
#include "tokenizer/pre_tokenizer.h"
#include "tokenizer/tokenizer_json.h"

#include <unordered_map>

namespace hilo {
namespace {

/// The steps of a pre-tokenizer, sequences taken apart.
void flatten(const Json& step, std::vector<Json>& steps)
{
    if (!step.is_object())
        return;
    if (step.value("type", "") == "Sequence" && step.contains("pretokenizers"))
        for (const Json& part : step["pretokenizers"])
            flatten(part, steps);
    else
        steps.push_back(step);
}

/// What llama.cpp calls a byte-level pre-tokenizer; empty when it has no name for it.
std::string preTokenizerName(const Json& tokenizer)
{
    std::vector<Json> steps;
    flatten(tokenizer.value("pre_tokenizer", Json()), steps);
    std::vector<std::string> patterns;
    for (const Json& step : steps) {
        const std::string type = step.value("type", "");
        if (type == "Digits" && step.value("individual_digits", false))
            patterns.push_back(R"(\p{N})");
        else if (type == "ByteLevel" && step.value("use_regex", true))
            patterns.push_back(gpt2Pattern);
        else if (type == "Split" && step.contains("pattern") && step["pattern"].contains("Regex") &&
                 step.value("behavior", "") == "Isolated" && !step.value("invert", false))
            patterns.push_back(step["pattern"]["Regex"].get<std::string>());
        else if (type != "ByteLevel")
            return {};
    }
    // Of the names for these patterns one that treats merges alike, if there is one.
    const bool ignoresMerges = tokenizer["model"].value("ignore_merges", false);
    std::string name;
    for (const GgufPreTokenizer& one : ggufPreTokenizers())
        if (one.patterns == patterns) {
            if (one.ignoreMerges == ignoresMerges)
                return one.name;
            name = name.empty() ? one.name : name;
        }
    return name;
}

std::vector<std::string> mergesOf(const Json& tokenizer)
{
    std::vector<std::string> merges;
    for (const Json& merge : tokenizer["model"]["merges"])
        merges.push_back(merge.is_string() ? merge.get<std::string>()
                                           : merge[0].get<std::string>() + " " + merge[1].get<std::string>());
    return merges;
}

/// SentencePiece's scores: 0 for what needs no merge, then one lower for each merge.
std::vector<float> scoresByMerges(const std::vector<std::string>& tokens, const std::vector<std::string>& merges)
{
    std::unordered_map<std::string, float> scores;
    for (const std::string& merge : merges) {
        std::string whole = merge;
        whole.erase(whole.find(' ', 1), 1);
        scores.try_emplace(whole, -static_cast<float>(scores.size() + 1));
    }
    std::vector<float> result;
    for (const std::string& token : tokens) {
        const auto found = scores.find(token);
        result.push_back(found == scores.end() ? 0.0f : found->second);
    }
    return result;
}

bool isByteToken(const std::string& text)
{
    return text.size() == 6 && text.starts_with("<0x") && text.back() == '>';
}

bool addsSpacePrefix(const Json& normalizer)
{
    if (!normalizer.is_object())
        return false;
    if (normalizer.value("type", "") == "Prepend")
        return true;
    if (normalizer.contains("normalizers"))
        for (const Json& part : normalizer["normalizers"])
            if (addsSpacePrefix(part))
                return true;
    return false;
}

struct NumberedTokens
{
    std::vector<std::string> texts;
    std::vector<std::int32_t> types;
};

/// One a row of the embedding: rows that no token uses get a name, tokens that have no row are left out.
NumberedTokens numberedTokens(const TokenizerPipeline& state, const Json& unknown, bool sentencePiece,
                              std::int64_t rows)
{
    using TokenType = GgufVocabulary::TokenType;
    NumberedTokens result;
    const auto count = static_cast<std::size_t>(rows);
    for (std::size_t id = count; id < state.texts.size(); ++id)
        logger("export")->warn("{}: the token \"{}\" is left out: the embedding has no row for its id {}", state.file,
                               state.texts[id], id);
    for (std::size_t id = 0; id < count; ++id) {
        const std::string text = id < state.texts.size() ? state.texts[id] : std::string();
        TokenType type = text.empty() ? TokenType::Unused : TokenType::Normal;
        if (id < state.texts.size() && state.special[id])
            type = TokenType::Control;
        else if (id < state.texts.size() && state.isAdded[id])
            type = TokenType::UserDefined;
        if (sentencePiece && isByteToken(text))
            type = TokenType::Byte;
        if (unknown.is_string() && !text.empty() && text == unknown.get<std::string>())
            type = TokenType::Unknown;
        result.texts.push_back(text.empty() ? "[PAD" + std::to_string(id) + "]" : text);
        result.types.push_back(static_cast<std::int32_t>(type));
    }
    return result;
}

void addIds(GgufWriter& writer, const ModelConfig& model, const TokenizerPipeline& state)
{
    const auto id = [&](const char* key, const std::optional<std::int32_t>& value, std::int64_t fallback) {
        const std::int64_t number = value ? *value : fallback;
        if (number >= 0 && number < model.vocabulary)
            writer.addUnsigned(std::string("tokenizer.ggml.") + key, static_cast<std::uint32_t>(number));
    };
    // What the tokenizer puts before a text is its BOS, also where no configuration names it.
    const auto bos = state.bos || state.before.empty() ? state.bos : std::optional(state.before.front());
    id("bos_token_id", bos, model.bosToken);
    id("eos_token_id", state.eos, model.eosTokens.empty() ? -1 : model.eosTokens.front());
    id("padding_token_id", state.padding, -1);
    writer.addFlag("tokenizer.ggml.add_bos_token", !state.before.empty());
    writer.addFlag("tokenizer.ggml.add_eos_token", state.eos && !state.after.empty());
    std::vector<std::string> named;
    for (const auto& [name, source] : state.chatTemplates) {
        if (name != "default")
            named.push_back(name);
        writer.addText("tokenizer.chat_template" + (name == "default" ? "" : "." + name), source);
    }
    if (!named.empty())
        writer.addTexts("tokenizer.chat_templates", named);
}

} // namespace

Status addTokenizerMetadata(GgufWriter& writer, const ModelConfig& model, const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "tokenizer.json";
    std::error_code code;
    if (!std::filesystem::exists(file, code) && std::filesystem::exists(folder / "tekken.json", code))
        return failure(
            badInput((folder / "tekken.json").string(), {},
                     "The tokenizer of a GGUF file is made from a tokenizer.json; there is only tekken.json.",
                     "Put the model's tokenizer.json beside it, or export as merged."));
    if (!std::filesystem::exists(file, code)) {
        writer.addText("tokenizer.ggml.model", "none");
        return {};
    }
    HILO_TRY(const Json tokenizer, readJsonFile(file));
    HILO_TRY(const auto state, loadTokenizerJson(file, folder));
    const Json& tokenModel = tokenizer["model"];
    if (!tokenModel.contains("merges") || tokenModel.value("type", "BPE") != "BPE")
        return failure(badInput(file.string(), "model.type",
                                "A tokenizer of the type " + tokenModel.value("type", "Unigram") +
                                    " is not written to a GGUF file; expected BPE.",
                                "Export as merged and use llama.cpp's convert_hf_to_gguf.py."));
    for (const char* key : {"continuing_subword_prefix", "end_of_word_suffix"})
        if (const Json affix = tokenModel.value(key, Json()); affix.is_string() && affix != "")
            return failure(badInput(file.string(), std::string("model.") + key,
                                    "llama.cpp knows no such marks at the borders of words.", "Export as merged."));
    const bool sentencePiece = tokenizer["model"].value("byte_fallback", false);
    const std::string pre = sentencePiece ? "default" : preTokenizerName(tokenizer);
    if (pre.empty())
        return failure(badInput(file.string(), "pre_tokenizer", "llama.cpp has no name for this pre-tokenizer.",
                                "Export as merged and use llama.cpp's convert_hf_to_gguf.py."));
    const Json unknown = tokenizer["model"].contains("unk_token") ? tokenizer["model"]["unk_token"] : Json();
    const NumberedTokens numbered = numberedTokens(*state, unknown, sentencePiece, model.vocabulary);
    const std::vector<std::string>& tokens = numbered.texts;
    const std::vector<std::string> merges = mergesOf(tokenizer);
    // llama.cpp has a kind of its own for gemma4: SentencePiece's texts, merged by a list.
    const bool hasMerges = sentencePiece && model.family == Family::Gemma4;
    writer.addText("tokenizer.ggml.model", hasMerges ? "gemma4" : sentencePiece ? "llama" : "gpt2");
    writer.addText("tokenizer.ggml.pre", hasMerges ? "gemma4" : pre);
    writer.addTexts("tokenizer.ggml.tokens", tokens);
    writer.addIntegers("tokenizer.ggml.token_type", numbered.types);
    if (sentencePiece) {
        writer.addFloats("tokenizer.ggml.scores", scoresByMerges(tokens, merges));
        writer.addFlag("tokenizer.ggml.add_space_prefix", addsSpacePrefix(tokenizer.value("normalizer", Json())));
        if (unknown.is_string())
            if (const auto id = state->idOf(unknown.get<std::string>()))
                writer.addUnsigned("tokenizer.ggml.unknown_token_id", static_cast<std::uint32_t>(*id));
    }
    if (hasMerges || !sentencePiece)
        writer.addTexts("tokenizer.ggml.merges", merges);
    addIds(writer, model, *state);
    return {};
}

} // namespace hilo
