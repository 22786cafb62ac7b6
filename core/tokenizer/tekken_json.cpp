// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tekken_json.h"

#include "base/base64.h"
#include "base/json.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/byte_pair_model.h"
#include "tokenizer/token_model_json.h"
#include "tokenizer/tokenizer_configuration.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace hilo {
namespace {

/// What files of version 7 and before do not list.
constexpr const char* oldSpecialTokens[] = {"<unk>",
                                            "<s>",
                                            "</s>",
                                            "[INST]",
                                            "[/INST]",
                                            "[AVAILABLE_TOOLS]",
                                            "[/AVAILABLE_TOOLS]",
                                            "[TOOL_RESULTS]",
                                            "[/TOOL_RESULTS]",
                                            "[TOOL_CALLS]",
                                            "[IMG]",
                                            "<pad>",
                                            "[IMG_BREAK]",
                                            "[IMG_END]",
                                            "[PREFIX]",
                                            "[MIDDLE]",
                                            "[SUFFIX]",
                                            "[SYSTEM_PROMPT]",
                                            "[/SYSTEM_PROMPT]",
                                            "[TOOL_CONTENT]"};

struct TekkenCounts
{
    std::int64_t special = 0;
    std::int64_t ordinary = 0;
    std::int64_t version = 0;
    std::string pattern;
};

Result<TekkenCounts> parseCounts(const JsonObject& root)
{
    HILO_TRY(const JsonObject config, root.object("config"));
    TekkenCounts counts;
    HILO_TRY(counts.pattern, config.text("pattern"));
    HILO_TRY(const std::int64_t size, config.integer("default_vocab_size", 256, highestTokenId + 1));
    HILO_TRY(counts.special, config.integer("default_num_special_tokens", 0, size - 256));
    counts.ordinary = size - counts.special;
    HILO_TRY(const std::string version, config.text("version"));
    const char* end = version.data() + version.size();
    if (version.size() < 2 || version[0] != 'v' ||
        std::from_chars(version.data() + 1, end, counts.version).ptr != end || counts.version < 1)
        return failure(config.errorAt("version", "expected \"v3\" or another number, found \"" + version + "\""));
    return counts;
}

/// By rank, each byte as a letter.
Result<std::vector<std::string>> parseRanks(const JsonObject& root, const TekkenCounts& counts)
{
    HILO_TRY(const Json* list, root.array("vocab"));
    if (static_cast<std::int64_t>(list->size()) < counts.ordinary)
        return failure(root.errorAt("vocab", "there are " + std::to_string(list->size()) + " tokens, but config says " +
                                                 std::to_string(counts.ordinary) + " and " +
                                                 std::to_string(counts.special) + " special ones"));
    std::vector<std::string> tokens;
    for (std::int64_t rank = 0; rank < counts.ordinary; ++rank) {
        const std::string place = "vocab[" + std::to_string(rank) + "]";
        HILO_TRY(const JsonObject token,
                 JsonObject::of((*list)[static_cast<std::size_t>(rank)], root.file(), root.placeOf(place)));
        HILO_TRY(const std::int64_t written, token.integer("rank", 0, highestTokenId));
        if (written != rank)
            return failure(token.errorAt("rank", "expected " + std::to_string(rank) + ", found " +
                                                     std::to_string(written) + ": ranks count from 0 in their order"));
        HILO_TRY(const std::string encoded, token.text("token_bytes"));
        const auto bytes = base64Decoded(encoded);
        if (!bytes || bytes->empty())
            return failure(token.errorAt("token_bytes", "expected bytes in base64, found \"" + encoded + "\""));
        if (rank < 256 && *bytes != std::string(1, static_cast<char>(rank)))
            return failure(token.errorAt("token_bytes", "the first 256 tokens are to be the bytes in their order"));
        tokens.push_back(bytesToCharacters(*bytes));
    }
    return tokens;
}

/// By id; those that the file does not name are "<SPECIAL_20>" and so on.
Result<std::vector<std::string>> parseSpecial(const JsonObject& root, const TekkenCounts& counts)
{
    constexpr std::int64_t lastWithoutList = 7;
    std::vector<std::string> names(static_cast<std::size_t>(counts.special));
    std::set<std::string> seen;
    std::int64_t listed = 0;
    const auto add = [&](std::int64_t id, const std::string& name) {
        names[static_cast<std::size_t>(id)] = name;
        ++listed;
        return !name.empty() && seen.insert(name).second;
    };
    if (root.has("special_tokens")) {
        HILO_TRY(const Json* list, root.array("special_tokens"));
        for (std::size_t i = 0; i < list->size(); ++i) {
            HILO_TRY(const JsonObject token, JsonObject::of((*list)[i], root.file(),
                                                            root.placeOf("special_tokens[" + std::to_string(i) + "]")));
            HILO_TRY(const std::int64_t rank, token.integer("rank", 0, counts.special - 1));
            HILO_TRY(const std::string name, token.text("token_str"));
            // Names for the ranks behind the list are made up, so the list is to be without gaps.
            if (rank != static_cast<std::int64_t>(i))
                return failure(token.errorAt("rank", "expected " + std::to_string(i) + ", found " +
                                                         std::to_string(rank) + ": ranks count from 0 in their order"));
            if (!add(rank, name))
                return failure(token.errorAt("token_str", "\"" + name + "\" is empty or there twice"));
        }
    } else if (counts.version > lastWithoutList) {
        return failure(root.errorAt("special_tokens", "the list is missing; files of version 8 and later have it"));
    } else {
        for (const char* name : oldSpecialTokens)
            if (listed < counts.special)
                add(listed, name);
    }
    while (listed < counts.special)
        if (const std::string name = "<SPECIAL_" + std::to_string(listed) + ">"; !add(listed, name))
            return failure(root.errorAt("special_tokens", "\"" + name + "\" is there twice"));
    return names;
}

void fillFrame(const TokenizerConfiguration& configuration, TokenizerPipeline& state)
{
    const auto idOf = [&](const std::string& named, const char* usual) {
        const auto id = named.empty() ? std::nullopt : state.idOf(named);
        return id ? id : state.idOf(usual);
    };
    state.bos = idOf(configuration.bos, "<s>");
    state.eos = idOf(configuration.eos, "</s>");
    state.padding = idOf(configuration.padding, "<pad>");
    if (state.bos)
        state.before.push_back(*state.bos);
    state.chatTemplates = configuration.chatTemplates;
    state.embeddingRows = configuration.embeddingRows;
    state.findEndTokens(configuration.endIds);
}

} // namespace

Result<std::unique_ptr<TokenizerPipeline>> loadTekkenJson(const std::filesystem::path& file,
                                                          const std::filesystem::path& folder)
{
    HILO_TRY(const Json document, readJsonFile(file, pythonJson));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    HILO_TRY(const TekkenCounts counts, parseCounts(root));
    HILO_TRY(const std::vector<std::string> tokens, parseRanks(root, counts));
    HILO_TRY(const std::vector<std::string> special, parseSpecial(root, counts));

    auto state = std::make_unique<TokenizerPipeline>();
    state->file = file.string();
    HILO_TRY(const Regex regex, Regex::compileOniguruma(counts.pattern, state->file, "config.pattern"));
    state->preTokenizer = {isolateMatches(regex), byteLevelStep()};
    state->decoder = {byteLevelDecoding()};
    state->decodesBytes = true;
    TokenIds ids;
    std::vector<float> scores(special.size());
    for (const std::string& token : tokens) {
        const auto rank = static_cast<std::int32_t>(ids.size());
        if (!ids.emplace(token, static_cast<std::int32_t>(counts.special) + rank).second)
            return failure(root.errorAt("vocab[" + std::to_string(rank) + "]", "the token is there twice"));
        scores.push_back(-static_cast<float>(rank));
    }
    BytePairSettings settings;
    settings.ignoreMerges = true;
    std::vector<AddedToken> added;
    for (std::size_t id = 0; id < special.size(); ++id) {
        AddedToken token;
        token.id = static_cast<std::int32_t>(id);
        token.text = special[id];
        token.special = true;
        if (token.text == "<unk>")
            settings.unknown = token.id;
        added.push_back(std::move(token));
    }
    state->model = std::make_unique<BytePairModel>(
        BytePairModel::fromScores(std::move(ids), std::move(scores), std::move(settings)));
    HILO_CHECK(state->setAdded(std::move(added)));
    HILO_TRY(const TokenizerConfiguration configuration, readTokenizerConfiguration(folder));
    fillFrame(configuration, *state);
    return state;
}

} // namespace hilo
