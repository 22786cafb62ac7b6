// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tokenizer_state.h"

#include "base/atomic_file.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::int64_t highestId = (1 << 24) - 1;

Result<TokenIds> parseVocabulary(const JsonObject& model, std::int64_t& highest)
{
    HILO_TRY(const JsonObject vocabulary, model.object("vocab"));
    TokenIds ids;
    ids.reserve(vocabulary.json().size());
    for (const auto& [text, id] : vocabulary.json().items()) {
        if (!id.is_number_integer() || id < 0 || id > highestId)
            return failure(vocabulary.errorAt(text, "expected a token id from 0 to " + std::to_string(highestId) +
                                                        ", found " + id.dump()));
        ids.emplace(text, id.get<std::int32_t>());
        highest = std::max<std::int64_t>(highest, id.get<std::int32_t>());
    }
    if (ids.empty())
        return failure(model.errorAt("vocab", "the vocabulary is empty"));
    return ids;
}

Result<BytePairModel::Merges> parseMerges(const JsonObject& model, const TokenIds& ids)
{
    HILO_TRY(const Json* list, model.array("merges"));
    BytePairModel::Merges merges;
    merges.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Json& merge = (*list)[i];
        std::string left;
        std::string right;
        if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string()) {
            left = merge[0].get<std::string>();
            right = merge[1].get<std::string>();
        } else if (merge.is_string() && merge.get_ref<const std::string&>().find(' ') != std::string::npos) {
            const auto& text = merge.get_ref<const std::string&>();
            left = text.substr(0, text.find(' '));
            right = text.substr(text.find(' ') + 1);
        } else {
            return failure(model.errorAt("merges[" + std::to_string(i) + "]",
                                         "expected \"left right\" or [\"left\", \"right\"], found " + merge.dump()));
        }
        if (!ids.contains(left) || !ids.contains(right) || !ids.contains(left + right))
            return failure(
                model.errorAt("merges[" + std::to_string(i) + "]",
                              "the vocabulary lacks \"" + left + "\", \"" + right + "\" or what they merge to"));
        merges.emplace_back(std::move(left), std::move(right));
    }
    return merges;
}

Result<BytePairModel> parseModel(const JsonObject& root, std::int64_t& highest)
{
    HILO_TRY(const JsonObject model, root.object("model"));
    // Old files leave the type of a BPE model out.
    HILO_TRY(const std::string type, model.textOr("type", model.has("merges") ? "BPE" : "(none)"));
    if (type != "BPE")
        return failure(model.errorAt("type", "the model type \"" + type + "\" is not supported; expected \"BPE\"",
                                     "tokenizers of llama, mistral, qwen, gemma and gpt2 models are of this type"));
    for (const char* key : {"continuing_subword_prefix", "end_of_word_suffix"}) {
        HILO_TRY(const std::string affix, model.textOr(key, ""));
        if (!affix.empty())
            return failure(model.errorAt(key, "is not supported; expected none"));
    }
    HILO_TRY(TokenIds ids, parseVocabulary(model, highest));
    HILO_TRY(const BytePairModel::Merges merges, parseMerges(model, ids));
    BytePairSettings settings;
    HILO_TRY(settings.byteFallback, model.flagOr("byte_fallback", false));
    HILO_TRY(settings.fuseUnknown, model.flagOr("fuse_unk", false));
    HILO_TRY(settings.ignoreMerges, model.flagOr("ignore_merges", false));
    HILO_TRY(const std::string unknown, model.textOr("unk_token", ""));
    if (const auto found = ids.find(unknown); !unknown.empty() && found != ids.end())
        settings.unknown = found->second;
    return BytePairModel::fromMerges(std::move(ids), merges, settings);
}

Result<std::vector<AddedToken>> parseAddedTokens(const JsonObject& root, std::int64_t& highest)
{
    std::vector<AddedToken> tokens;
    if (!root.has("added_tokens"))
        return tokens;
    HILO_TRY(const Json* list, root.array("added_tokens"));
    for (std::size_t i = 0; i < list->size(); ++i) {
        HILO_TRY(const JsonObject object,
                 JsonObject::of((*list)[i], root.file(), "added_tokens[" + std::to_string(i) + "]"));
        AddedToken token;
        HILO_TRY(const std::int64_t id, object.integer("id", 0, highestId));
        token.id = static_cast<std::int32_t>(id);
        HILO_TRY(token.text, object.text("content"));
        HILO_TRY(token.special, object.flagOr("special", false));
        HILO_TRY(token.normalized, object.flagOr("normalized", !token.special));
        HILO_TRY(token.leftStrip, object.flagOr("lstrip", false));
        HILO_TRY(token.rightStrip, object.flagOr("rstrip", false));
        HILO_TRY(token.singleWord, object.flagOr("single_word", false));
        highest = std::max(highest, id);
        tokens.push_back(std::move(token));
    }
    return tokens;
}

/// What stands before and behind the sequence in the post-processor's template for one text.
Status parsePostProcessor(const Json& value, const std::string& file, const std::string& place,
                          TokenizerPipeline& state)
{
    if (value.is_null())
        return {};
    HILO_TRY(const JsonObject object, JsonObject::of(value, file, place));
    HILO_TRY(const std::string type, object.text("type"));
    if (type == "ByteLevel")
        return {};
    if (type == "Sequence") {
        HILO_TRY(const Json* parts, object.array("processors"));
        for (std::size_t i = 0; i < parts->size(); ++i)
            HILO_CHECK(parsePostProcessor((*parts)[i], file, place + ".processors[" + std::to_string(i) + "]", state));
        return {};
    }
    const auto idOf = [&](const std::string& name, const std::string& key) -> Result<std::int32_t> {
        if (const auto id = state.idOf(name))
            return *id;
        return failure(object.errorAt(key, "the token \"" + name + "\" is not in the vocabulary"));
    };
    if (type == "BertProcessing" || type == "RobertaProcessing") {
        for (const char* key : {"cls", "sep"}) {
            HILO_TRY(const Json* pair, object.array(key));
            if (pair->size() != 2 || !(*pair)[0].is_string())
                return failure(object.errorAt(key, "expected [token, id]"));
            HILO_TRY(const std::int32_t id, idOf((*pair)[0].get<std::string>(), key));
            (key == std::string("cls") ? state.before : state.after).push_back(id);
        }
        return {};
    }
    if (type != "TemplateProcessing")
        return failure(object.errorAt("type", "the post-processor \"" + type + "\" is not supported",
                                      "supported are TemplateProcessing, ByteLevel, BertProcessing, "
                                      "RobertaProcessing, Sequence"));
    HILO_TRY(const Json* items, object.array("single"));
    bool behind = false;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const std::string key = "single[" + std::to_string(i) + "]";
        HILO_TRY(const JsonObject item, JsonObject::of((*items)[i], file, object.placeOf(key)));
        if (!item.has("SpecialToken")) {
            behind = true;
            continue;
        }
        HILO_TRY(const JsonObject special, item.object("SpecialToken"));
        HILO_TRY(const std::string name, special.text("id"));
        HILO_TRY(const std::int32_t id, idOf(name, key));
        (behind ? state.after : state.before).push_back(id);
    }
    return {};
}

/// A token's text: a string, or an object with "content".
std::string tokenName(const Json& config, const char* key)
{
    const auto found = config.find(key);
    if (found == config.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    if (found->is_object() && found->contains("content") && (*found)["content"].is_string())
        return (*found)["content"].get<std::string>();
    return {};
}

std::string chatTemplateOf(const Json& config)
{
    const auto found = config.find("chat_template");
    if (found == config.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    if (found->is_array())
        for (const Json& entry : *found)
            if (entry.is_object() && entry.value("name", Json()) == "default" && entry.contains("template") &&
                entry["template"].is_string())
                return entry["template"].get<std::string>();
    return {};
}

void applyConfig(const Json& config, TokenizerPipeline& state)
{
    const auto token = [&](const char* key) {
        const std::string name = tokenName(config, key);
        return name.empty() ? std::nullopt : state.idOf(name);
    };
    state.bos = token("bos_token");
    state.eos = token("eos_token");
    state.padding = token("pad_token");
    state.chatTemplate = chatTemplateOf(config);
    const auto wants = [&](const char* key) { return config.contains(key) && config[key] == true; };
    if (wants("add_bos_token") && state.bos && state.before.empty())
        state.before.push_back(*state.bos);
    if (wants("add_eos_token") && state.eos && state.after.empty())
        state.after.push_back(*state.eos);
}

} // namespace

Result<std::unique_ptr<TokenizerPipeline>> loadTokenizerJson(const std::filesystem::path& file,
                                                             const std::filesystem::path& configFile)
{
    HILO_TRY(const Json document, readJsonFile(file));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    auto state = std::make_unique<TokenizerPipeline>();
    std::int64_t highest = -1;
    HILO_TRY(BytePairModel model, parseModel(root, highest));
    state->model = std::move(model);
    HILO_TRY(auto added, parseAddedTokens(root, highest));
    state->added = AddedTokens(std::move(added));
    const auto part = [&document](const char* key) { return document.contains(key) ? document[key] : Json(); };
    HILO_TRY(state->normalizer, parseNormalizer(part("normalizer"), file.string(), "normalizer"));
    HILO_TRY(state->preTokenizer, parsePreTokenizer(part("pre_tokenizer"), file.string(), "pre_tokenizer"));
    HILO_TRY(state->decoder, parseTextDecoder(part("decoder"), file.string(), "decoder"));

    state->texts.resize(static_cast<std::size_t>(highest) + 1);
    state->special.resize(state->texts.size(), false);
    for (const auto& [text, id] : state->model->ids())
        state->texts[static_cast<std::size_t>(id)] = text;
    for (const AddedToken& token : state->added.tokens()) {
        state->texts[static_cast<std::size_t>(token.id)] = token.text;
        state->special[static_cast<std::size_t>(token.id)] = token.special;
    }
    HILO_CHECK(parsePostProcessor(part("post_processor"), file.string(), "post_processor", *state));
    std::error_code code;
    if (std::filesystem::exists(configFile, code)) {
        HILO_TRY(const Json config, readJsonFile(configFile));
        HILO_TRY([[maybe_unused]] const JsonObject isObject, JsonObject::of(config, configFile.string()));
        applyConfig(config, *state);
    }
    // Old templates stand beside the configuration.
    if (const auto beside = configFile.parent_path() / "chat_template.jinja";
        state->chatTemplate.empty() && std::filesystem::exists(beside, code)) {
        HILO_TRY(state->chatTemplate, readFile(beside, std::size_t{1} << 20));
    }
    state->findEndTokens();
    return state;
}

} // namespace hilo
