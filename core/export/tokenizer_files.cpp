// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/tokenizer_files.h"

#include "tokenizer/gguf_pre_tokenizers.h"
#include "tokenizer/pre_tokenizer.h"

#include <algorithm>
#include <unordered_map>

namespace hilo {
namespace {

Json addedTokens(const GgufVocabulary& vocabulary)
{
    using TokenType = GgufVocabulary::TokenType;
    Json added = Json::array();
    for (std::size_t id = 0; id < vocabulary.types.size(); ++id) {
        const TokenType type = vocabulary.types[id];
        if (type != TokenType::Control && type != TokenType::UserDefined && type != TokenType::Unknown)
            continue;
        added.push_back({{"id", id},
                         {"content", vocabulary.tokens[id]},
                         {"single_word", false},
                         {"lstrip", false},
                         {"rstrip", false},
                         {"normalized", false},
                         {"special", type != TokenType::UserDefined}});
    }
    return added;
}

Json vocabularyObject(const GgufVocabulary& vocabulary)
{
    // An object built key by key would look each one up in an ordered list.
    Json::object_t ids;
    ids.reserve(vocabulary.tokens.size());
    std::unordered_map<std::string_view, bool> seen;
    for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id)
        if (seen.try_emplace(vocabulary.tokens[id], true).second)
            static_cast<std::vector<std::pair<const std::string, Json>>&>(ids).emplace_back(vocabulary.tokens[id], id);
    return Json(std::move(ids));
}

Json byteLevel(bool useRegex)
{
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", useRegex}};
}

Json textReplaced(const char* from, const char* to)
{
    return {{"type", "Replace"}, {"pattern", {{"String", from}}}, {"content", to}};
}

Status addByteLevel(const GgufVocabulary& vocabulary, const std::string& file, Json& json)
{
    const GgufPreTokenizer* chosen = ggufPreTokenizer(vocabulary.pre);
    if (!chosen)
        return failure(badInput(file, "tokenizer.ggml.pre",
                                "the pre-tokenizer \"" + vocabulary.pre + "\" cannot be written as tokenizer.json"));
    Json steps = Json::array();
    const bool endsWithGpt2 = chosen->patterns.back() == gpt2Pattern;
    for (const std::string& pattern : chosen->patterns)
        if (pattern == R"(\p{N})")
            steps.push_back({{"type", "Digits"}, {"individual_digits", true}});
        else if (!endsWithGpt2 || &pattern != &chosen->patterns.back())
            steps.push_back(
                {{"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", "Isolated"}, {"invert", false}});
    steps.push_back(byteLevel(endsWithGpt2));
    json["normalizer"] = vocabulary.pre == "qwen2" ? Json{{"type", "NFC"}} : Json();
    json["pre_tokenizer"] = {{"type", "Sequence"}, {"pretokenizers", std::move(steps)}};
    json["decoder"] = byteLevel(true);
    json["model"] = {{"type", "BPE"},
                     {"dropout", nullptr},
                     {"unk_token", nullptr},
                     {"fuse_unk", false},
                     {"byte_fallback", false},
                     {"ignore_merges", chosen->ignoreMerges},
                     {"vocab", vocabularyObject(vocabulary)},
                     {"merges", vocabulary.merges}};
    return {};
}

/// Every way to put a token together from two others; the better the token's score, the earlier.
Json mergesFromScores(const GgufVocabulary& vocabulary)
{
    std::unordered_map<std::string_view, std::size_t> ids;
    for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id)
        ids.try_emplace(vocabulary.tokens[id], id);
    struct Merge
    {
        std::size_t whole, left, right;
    };
    std::vector<Merge> merges;
    for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
        const std::string_view token = vocabulary.tokens[id];
        for (std::size_t cut = 1; cut < token.size(); ++cut) {
            const auto left = ids.find(token.substr(0, cut)), right = ids.find(token.substr(cut));
            if (left != ids.end() && right != ids.end())
                merges.push_back({id, left->second, right->second});
        }
    }
    std::stable_sort(merges.begin(), merges.end(), [&](const Merge& a, const Merge& b) {
        return vocabulary.scores[a.whole] > vocabulary.scores[b.whole];
    });
    Json list = Json::array();
    for (const Merge& merge : merges)
        list.push_back({vocabulary.tokens[merge.left], vocabulary.tokens[merge.right]});
    return list;
}

Status addSentencePiece(const GgufVocabulary& vocabulary, const std::string& file, Json& json)
{
    const bool hasMerges = vocabulary.model == "gemma4";
    if (!hasMerges && vocabulary.scores.size() != vocabulary.tokens.size())
        return failure(badInput(file, "tokenizer.ggml.scores", "there are no scores; a llama vocabulary needs them"));
    const bool prefix = !hasMerges && vocabulary.addSpacePrefix.value_or(true);
    Json normalizers = Json::array();
    if (prefix)
        normalizers.push_back({{"type", "Prepend"}, {"prepend", "▁"}});
    normalizers.push_back(textReplaced(" ", "▁"));
    Json decoders = Json::array({textReplaced("▁", " "), {{"type", "ByteFallback"}}, {{"type", "Fuse"}}});
    if (prefix)
        decoders.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
    json["normalizer"] = {{"type", "Sequence"}, {"normalizers", std::move(normalizers)}};
    json["pre_tokenizer"] = nullptr;
    json["decoder"] = {{"type", "Sequence"}, {"decoders", std::move(decoders)}};
    const bool hasUnknown = vocabulary.unknown.has_value();
    json["model"] = {
        {"type", "BPE"},
        {"dropout", nullptr},
        {"unk_token", hasUnknown ? Json(vocabulary.tokens[static_cast<std::size_t>(*vocabulary.unknown)]) : Json()},
        {"fuse_unk", true},
        {"byte_fallback", true},
        {"ignore_merges", false},
        {"vocab", vocabularyObject(vocabulary)},
        {"merges", hasMerges ? Json(vocabulary.merges) : mergesFromScores(vocabulary)}};
    return {};
}

/// The tokens around a text; null when there are none.
Json postProcessor(const GgufVocabulary& vocabulary)
{
    Json single = Json::array(), pair = Json::array(), tokens = Json::object();
    const auto add = [&](std::int64_t id) {
        const std::string& text = vocabulary.tokens[static_cast<std::size_t>(id)];
        const Json item = {{"SpecialToken", {{"id", text}, {"type_id", 0}}}};
        single.push_back(item);
        pair.push_back(item);
        tokens[text] = {{"id", text}, {"ids", {id}}, {"tokens", {text}}};
    };
    const GgufPreTokenizer* pre = vocabulary.model == "gpt2" ? ggufPreTokenizer(vocabulary.pre) : nullptr;
    if (vocabulary.addBos.value_or(vocabulary.model == "llama" || vocabulary.model == "gemma4" ||
                                   (pre && pre->addsBos)) &&
        vocabulary.bos)
        add(*vocabulary.bos);
    single.push_back({{"Sequence", {{"id", "A"}, {"type_id", 0}}}});
    pair.push_back({{"Sequence", {{"id", "A"}, {"type_id", 0}}}});
    pair.push_back({{"Sequence", {{"id", "B"}, {"type_id", 1}}}});
    if (vocabulary.addEos.value_or(false) && vocabulary.eos)
        add(*vocabulary.eos);
    if (tokens.empty())
        return nullptr;
    return {{"type", "TemplateProcessing"},
            {"single", std::move(single)},
            {"pair", std::move(pair)},
            {"special_tokens", std::move(tokens)}};
}

} // namespace

Result<Json> tokenizerJson(const GgufVocabulary& vocabulary, const std::string& file)
{
    Json json = {{"version", "1.0"}, {"truncation", nullptr}, {"padding", nullptr}};
    json["added_tokens"] = addedTokens(vocabulary);
    if (vocabulary.model == "gpt2") {
        HILO_CHECK(addByteLevel(vocabulary, file, json));
    } else if (vocabulary.model == "llama" || vocabulary.model == "gemma4") {
        HILO_CHECK(addSentencePiece(vocabulary, file, json));
    } else {
        return failure(badInput(file, "tokenizer.ggml.model",
                                "the tokenizer \"" + vocabulary.model + "\" cannot be written as tokenizer.json"));
    }
    json["post_processor"] = postProcessor(vocabulary);
    return json;
}

Status writeTokenizerFiles(const GgufVocabulary& vocabulary, const std::string& file,
                           const std::filesystem::path& folder)
{
    HILO_TRY(const Json tokenizer, tokenizerJson(vocabulary, file));
    Json config = {{"tokenizer_class", "PreTrainedTokenizerFast"}, {"clean_up_tokenization_spaces", false}};
    const auto name = [&](const char* key, const std::optional<std::int64_t>& id) {
        if (id)
            config[key] = vocabulary.tokens[static_cast<std::size_t>(*id)];
    };
    name("bos_token", vocabulary.bos);
    name("eos_token", vocabulary.eos);
    name("unk_token", vocabulary.unknown);
    name("pad_token", vocabulary.padding);
    if (!vocabulary.chatTemplate.empty())
        config["chat_template"] = vocabulary.chatTemplate;
    HILO_CHECK(writeJsonFile(folder / "tokenizer.json", tokenizer));
    return writeJsonFile(folder / "tokenizer_config.json", config);
}

} // namespace hilo
