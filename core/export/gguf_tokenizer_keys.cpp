// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_model.h"
#include "tokenizer/gguf_pre_tokenizers.h"
#include "tokenizer/pre_tokenizer.h"
#include "tokenizer/tokenizer_state.h"

#include <unordered_map>

namespace hilo {
namespace {

enum TokenType { Normal = 1, Unknown, Control, UserDefined, Unused, Byte };

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
    bool digits = false, gpt2 = false;
    std::string pattern;
    for (const Json& step : steps) {
        const std::string type = step.value("type", "");
        if (type == "Digits" && step.value("individual_digits", false))
            digits = true;
        else if (type == "ByteLevel")
            gpt2 = gpt2 || step.value("use_regex", true);
        else if (type == "Split" && step.contains("pattern") && step["pattern"].contains("Regex"))
            pattern = step["pattern"]["Regex"].get<std::string>();
        else
            return {};
    }
    if (pattern == gpt2Pattern)
        gpt2 = true, pattern.clear();
    for (const GgufPreTokenizer& one : ggufPreTokenizers())
        if (one.singleDigits == digits && (one.pattern ? pattern == one.pattern : gpt2 && pattern.empty()))
            return one.name;
    return {};
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

void addIds(GgufWriter& writer, const ModelConfig& model, const TokenizerPipeline& state)
{
    const auto id = [&](const char* key, const std::optional<std::int32_t>& value, std::int64_t fallback) {
        if (value || fallback >= 0)
            writer.addUnsigned(std::string("tokenizer.ggml.") + key,
                               static_cast<std::uint32_t>(value ? *value : fallback));
    };
    // What the tokenizer puts before a text is its BOS, also where no configuration names it.
    const auto bos = state.bos || state.before.empty() ? state.bos : std::optional(state.before.front());
    id("bos_token_id", bos, model.bosToken);
    id("eos_token_id", state.eos, model.eosTokens.empty() ? -1 : model.eosTokens.front());
    id("padding_token_id", state.padding, -1);
    writer.addFlag("tokenizer.ggml.add_bos_token", !state.before.empty());
    writer.addFlag("tokenizer.ggml.add_eos_token", state.eos && !state.after.empty());
    if (!state.chatTemplate.empty())
        writer.addText("tokenizer.chat_template", state.chatTemplate);
}

} // namespace

Status addTokenizerMetadata(GgufWriter& writer, const ModelConfig& model, const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "tokenizer.json";
    std::error_code code;
    if (!std::filesystem::exists(file, code)) {
        writer.addText("tokenizer.ggml.model", "none");
        return {};
    }
    HILO_TRY(const Json tokenizer, readJsonFile(file));
    HILO_TRY(const auto state, loadTokenizerJson(file, folder / "tokenizer_config.json"));
    const bool sentencePiece = tokenizer["model"].value("byte_fallback", false);
    const std::string pre = sentencePiece ? "default" : preTokenizerName(tokenizer);
    if (pre.empty())
        return failure(badInput(file.string(), "pre_tokenizer", "llama.cpp has no name for this pre-tokenizer.",
                                "Export as merged and use llama.cpp's convert_hf_to_gguf.py."));
    const Json& unknown = tokenizer["model"].contains("unk_token") ? tokenizer["model"]["unk_token"] : Json();
    std::vector<std::string> tokens = state->texts;
    std::vector<std::int32_t> types;
    for (std::size_t id = 0; id < tokens.size(); ++id) {
        std::int32_t type = tokens[id].empty() ? Unused : Normal;
        if (state->special[id])
            type = Control;
        if (sentencePiece && isByteToken(tokens[id]))
            type = Byte;
        if (unknown.is_string() && tokens[id] == unknown.get<std::string>())
            type = Unknown;
        types.push_back(type);
    }
    for (const AddedToken& token : state->added.tokens())
        if (!token.special)
            types[static_cast<std::size_t>(token.id)] = UserDefined;
    // Rows of the embedding that no token uses.
    for (std::size_t id = 0; id < static_cast<std::size_t>(model.vocabulary); ++id) {
        if (id >= tokens.size()) {
            tokens.emplace_back();
            types.push_back(Unused);
        }
        if (tokens[id].empty())
            tokens[id] = "[PAD" + std::to_string(id) + "]";
    }
    const std::vector<std::string> merges = mergesOf(tokenizer);
    writer.addText("tokenizer.ggml.model", sentencePiece ? "llama" : "gpt2");
    writer.addText("tokenizer.ggml.pre", pre);
    writer.addTexts("tokenizer.ggml.tokens", tokens);
    writer.addIntegers("tokenizer.ggml.token_type", types);
    if (sentencePiece) {
        writer.addFloats("tokenizer.ggml.scores", scoresByMerges(tokens, merges));
        writer.addFlag("tokenizer.ggml.add_space_prefix", addsSpacePrefix(tokenizer.value("normalizer", Json())));
        if (unknown.is_string())
            if (const auto id = state->idOf(unknown.get<std::string>()))
                writer.addUnsigned("tokenizer.ggml.unknown_token_id", static_cast<std::uint32_t>(*id));
    } else {
        writer.addTexts("tokenizer.ggml.merges", merges);
    }
    addIds(writer, model, *state);
    return {};
}

} // namespace hilo
