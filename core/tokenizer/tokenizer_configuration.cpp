// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tokenizer_configuration.h"

#include "tokenizer/chat_template_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace hilo {
namespace {

namespace fs = std::filesystem;
using NamedToken = TokenizerConfiguration::NamedToken;

/// The roles that every tokenizer may have; others end with "_token" as well.
constexpr std::array roles = {"bos_token", "eos_token", "unk_token", "sep_token",
                              "pad_token", "cls_token", "mask_token"};
constexpr std::array lists = {"additional_special_tokens", "extra_special_tokens"};

/// An object; an empty one where there is no such file.
Result<Json> objectIn(const fs::path& file)
{
    std::error_code code;
    if (!fs::exists(file, code))
        return Json::object();
    HILO_TRY(Json document, readJsonFile(file, pythonJson));
    HILO_TRY([[maybe_unused]] const JsonObject isObject, JsonObject::of(document, file.string()));
    return document;
}

/// A token's name: a string, or an object with "content". Nothing for other values.
Result<std::optional<NamedToken>> namedToken(const Json& value, const fs::path& file, const std::string& place)
{
    NamedToken named;
    if (value.is_string()) {
        named.token.text = value.get<std::string>();
    } else if (value.is_object() && value.contains("content")) {
        HILO_TRY(const JsonObject object, JsonObject::of(value, file.string(), place));
        HILO_TRY(named.token, parseAddedToken(object));
        named.hasFlags = true;
    }
    named.token.special = true;
    return named.token.text.empty() ? std::nullopt : std::optional(named);
}

std::optional<std::int64_t> firstId(const Json& document, const char* key)
{
    const auto found = document.find(key);
    if (found == document.end())
        return std::nullopt;
    const Json& value = found->is_array() && !found->empty() ? (*found)[0] : *found;
    return value.is_number_integer() && value >= 0 ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

void addIds(const Json& document, TokenizerConfiguration& result)
{
    const auto take = [&](const char* key, std::optional<std::int64_t>& id) {
        if (!id)
            id = firstId(document, key);
    };
    take("bos_token_id", result.bosId);
    take("eos_token_id", result.eosId);
    take("pad_token_id", result.paddingId);
    if (const auto ends = document.find("eos_token_id"); ends != document.end())
        for (const Json& id : ends->is_array() ? *ends : Json::array({*ends}))
            if (id.is_number_integer() && id >= 0)
                result.endIds.push_back(id.get<std::int64_t>());
}

/// added_tokens_decoder: id to token, in the order of the ids.
Status addDecoder(const Json& config, const fs::path& file, TokenizerConfiguration& result)
{
    HILO_TRY(const JsonObject root, JsonObject::of(config, file.string()));
    HILO_TRY(const JsonObject decoder, root.object("added_tokens_decoder"));
    std::map<std::int32_t, AddedToken> tokens;
    for (const auto& [key, value] : decoder.json().items()) {
        AddedToken token;
        std::int32_t id = 0;
        const auto [end, code] = std::from_chars(key.data(), key.data() + key.size(), id);
        if (code != std::errc() || end != key.data() + key.size() || id < 0)
            return failure(decoder.errorAt(key, "expected a token id as the key"));
        HILO_TRY(const JsonObject object, JsonObject::of(value, file.string(), decoder.placeOf(key)));
        HILO_TRY(token, parseAddedToken(object));
        token.id = id;
        tokens[id] = std::move(token);
    }
    for (auto& [id, token] : tokens)
        result.added.push_back(std::move(token));
    return {};
}

/// added_tokens.json: token to id.
Status addOldFile(const fs::path& file, const Json& config, TokenizerConfiguration& result)
{
    HILO_TRY(const Json document, objectIn(file));
    std::vector<std::string> special;
    for (const char* key : roles)
        if (config.contains(key) && config[key].is_string())
            special.push_back(config[key].get<std::string>());
    for (const NamedToken& one : result.named)
        special.push_back(one.token.text);
    std::map<std::int64_t, AddedToken> tokens;
    for (const auto& [text, id] : document.items()) {
        if (!id.is_number_integer() || id < 0 || id > INT32_MAX)
            return failure(badInput(file.string(), text, "expected a token id, found " + id.dump()));
        AddedToken token;
        token.id = id.get<std::int32_t>();
        token.text = text;
        token.special = std::find(special.begin(), special.end(), text) != special.end();
        token.normalized = !token.special;
        tokens[token.id] = std::move(token);
    }
    for (auto& [id, token] : tokens)
        result.added.push_back(std::move(token));
    return {};
}

/// The values of the roles, then other keys that end with "_token", then the lists.
Status addNamed(const Json& config, const fs::path& file, TokenizerConfiguration& result)
{
    const auto add = [&](const Json& value, const std::string& place) -> Status {
        HILO_TRY(const auto named, namedToken(value, file, place));
        if (named)
            result.named.push_back(*named);
        return {};
    };
    for (const char* role : roles)
        if (config.contains(role))
            HILO_CHECK(add(config[role], role));
    for (const auto& [key, value] : config.items())
        if (key.ends_with("_token") && std::find(roles.begin(), roles.end(), key) == roles.end())
            HILO_CHECK(add(value, key));
    for (const char* key : lists)
        if (config.contains(key) && config[key].is_structured())
            for (const auto& [name, value] : config[key].items())
                HILO_CHECK(add(value, std::string(key) + "[" + name + "]"));
    return {};
}

std::string nameIn(const Json& config, const char* role)
{
    if (!config.contains(role))
        return {};
    const Json& value = config[role];
    if (value.is_string())
        return value.get<std::string>();
    return value.is_object() && value.contains("content") && value["content"].is_string()
               ? value["content"].get<std::string>()
               : std::string();
}

} // namespace

Result<AddedToken> parseAddedToken(const JsonObject& object)
{
    AddedToken token;
    token.id = -1;
    HILO_TRY(token.text, object.text("content"));
    HILO_TRY(token.special, object.flagOr("special", false));
    HILO_TRY(token.normalized, object.flagOr("normalized", !token.special));
    HILO_TRY(token.leftStrip, object.flagOr("lstrip", false));
    HILO_TRY(token.rightStrip, object.flagOr("rstrip", false));
    HILO_TRY(token.singleWord, object.flagOr("single_word", false));
    return token;
}

Result<TokenizerConfiguration> readTokenizerConfiguration(const fs::path& folder)
{
    TokenizerConfiguration result;
    const fs::path file = folder / "tokenizer_config.json";
    HILO_TRY(Json config, objectIn(file));
    result.keepsListed = !config.contains("added_tokens_decoder") || config["added_tokens_decoder"].is_null();
    if (result.keepsListed) {
        HILO_TRY(const Json map, objectIn(folder / "special_tokens_map.json"));
        for (const auto& [key, value] : map.items())
            config[key] = value;
    } else {
        HILO_CHECK(addDecoder(config, file, result));
    }
    HILO_CHECK(addNamed(config, file, result));
    if (result.keepsListed)
        HILO_CHECK(addOldFile(folder / "added_tokens.json", config, result));
    result.bos = nameIn(config, "bos_token");
    result.eos = nameIn(config, "eos_token");
    result.padding = nameIn(config, "pad_token");
    const auto wants = [&config](const char* key) { return config.contains(key) && config[key] == true; };
    result.addBos = wants("add_bos_token");
    result.addEos = wants("add_eos_token");
    HILO_TRY(result.chatTemplates, chatTemplatesOf(config, folder));
    HILO_TRY(const Json model, objectIn(folder / "config.json"));
    HILO_TRY(const Json generation, objectIn(folder / "generation_config.json"));
    addIds(generation, result);
    addIds(model, result);
    const Json& text = model.contains("text_config") && model["text_config"].is_object() ? model["text_config"] : model;
    if (text.contains("vocab_size") && text["vocab_size"].is_number_integer())
        result.embeddingRows = std::max<std::int64_t>(0, text["vocab_size"].get<std::int64_t>());
    return result;
}

} // namespace hilo
