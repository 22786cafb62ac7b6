// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tokenizer_json.h"

#include "base/json.h"
#include "base/log.h"
#include "tokenizer/post_processor.h"
#include "tokenizer/tokenizer_configuration.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::int64_t highestId = (1 << 24) - 1;

Result<TokenIds> parseVocabulary(const JsonObject& model)
{
    HILO_TRY(const JsonObject vocabulary, model.object("vocab"));
    TokenIds ids;
    ids.reserve(vocabulary.json().size());
    for (const auto& [text, id] : vocabulary.json().items()) {
        if (!id.is_number_integer() || id < 0 || id > highestId)
            return failure(vocabulary.errorAt(text, "expected a token id from 0 to " + std::to_string(highestId) +
                                                        ", found " + id.dump()));
        ids.emplace(text, id.get<std::int32_t>());
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

Result<BytePairModel> parseModel(const JsonObject& root)
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
    HILO_TRY(TokenIds ids, parseVocabulary(model));
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

/// The tokens that are added, by the rules of Hugging Face's tokenizers: one that the vocabulary has keeps the id that
/// it has there; others count on from its end, whatever the file says. A token that is named again has the new flags.
class AddedTokenList
{
  public:
    AddedTokenList(const BytePairModel& model, std::string file) : model_(model), file_(std::move(file)) {}

    Status add(AddedToken token)
    {
        if (token.text.empty())
            return {};
        const auto known =
            std::find_if(tokens_.begin(), tokens_.end(), [&](const AddedToken& one) { return one.text == token.text; });
        const std::int32_t written = token.id;
        if (known != tokens_.end()) {
            token.id = known->id;
            token.special = token.special || known->special;
            *known = token;
        } else {
            const auto inVocabulary = model_.ids().find(token.text);
            token.id = inVocabulary != model_.ids().end() ? inVocabulary->second : next();
            tokens_.push_back(token);
        }
        if (written >= 0 && written != token.id)
            logger("tokenizer")
                ->warn("{}: the token \"{}\" is to have the id {}, but it counts as {}", file_, token.text, written,
                       token.id);
        return token.id > highestId ? failure(badInput(file_, "added_tokens", "there are too many tokens")) : Status{};
    }

    /// A token that a file names for a role: special, whatever else is said about it.
    Status addNamed(const TokenizerConfiguration::NamedToken& named, const TokenizerConfiguration& configuration)
    {
        const auto hasText = [&](const AddedToken& one) { return one.text == named.token.text; };
        const auto listed = std::find_if(configuration.added.begin(), configuration.added.end(), hasText);
        const auto known = std::find_if(tokens_.begin(), tokens_.end(), hasText);
        AddedToken token = named.token;
        if (listed != configuration.added.end())
            token = *listed;
        else if (known != tokens_.end() && configuration.keepsListed)
            token = *known;
        token.id = -1;
        token.special = true;
        return add(std::move(token));
    }

    std::vector<AddedToken> take() { return std::move(tokens_); }

  private:
    std::int32_t next() const
    {
        auto result = static_cast<std::int32_t>(model_.ids().size());
        for (const AddedToken& token : tokens_)
            result = std::max(result, token.id + 1);
        return result;
    }

    const BytePairModel& model_;
    std::string file_;
    std::vector<AddedToken> tokens_;
};

Status addListed(const JsonObject& root, AddedTokenList& tokens)
{
    if (!root.has("added_tokens"))
        return {};
    HILO_TRY(const Json* list, root.array("added_tokens"));
    for (std::size_t i = 0; i < list->size(); ++i) {
        HILO_TRY(const JsonObject object,
                 JsonObject::of((*list)[i], root.file(), "added_tokens[" + std::to_string(i) + "]"));
        HILO_TRY(AddedToken token, parseAddedToken(object));
        HILO_TRY(const std::int64_t id, object.integer("id", 0, highestId));
        token.id = static_cast<std::int32_t>(id);
        HILO_CHECK(tokens.add(std::move(token)));
    }
    return {};
}

/// The special ids, by name, or by the number that another file gives; and what a text begins and ends with.
void applyConfiguration(const TokenizerConfiguration& configuration, TokenizerPipeline& state)
{
    const auto token = [&](const std::string& name, const std::optional<std::int64_t>& id) {
        if (!name.empty())
            return state.idOf(name);
        return id && *id < static_cast<std::int64_t>(state.texts.size()) ? std::optional(static_cast<std::int32_t>(*id))
                                                                         : std::nullopt;
    };
    state.bos = token(configuration.bos, configuration.bosId);
    state.eos = token(configuration.eos, configuration.eosId);
    state.padding = token(configuration.padding, configuration.paddingId);
    state.chatTemplates = configuration.chatTemplates;
    state.embeddingRows = configuration.embeddingRows;
    if (configuration.addBos && state.bos && state.before.empty())
        state.before.push_back(*state.bos);
    if (configuration.addEos && state.eos && state.after.empty())
        state.after.push_back(*state.eos);
    state.findEndTokens(configuration.endIds);
}

bool hasByteLevel(const Json& decoder)
{
    if (!decoder.is_object())
        return false;
    if (decoder.value("type", Json()) == "ByteLevel")
        return true;
    return decoder.contains("decoders") &&
           std::any_of(decoder["decoders"].begin(), decoder["decoders"].end(), hasByteLevel);
}

} // namespace

Result<std::unique_ptr<TokenizerPipeline>> loadTokenizerJson(const std::filesystem::path& file,
                                                             const std::filesystem::path& folder)
{
    HILO_TRY(const Json document, readJsonFile(file, pythonJson));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    auto state = std::make_unique<TokenizerPipeline>();
    state->file = file.string();
    HILO_TRY(BytePairModel model, parseModel(root));
    state->model = std::move(model);
    const auto part = [&document](const char* key) { return document.contains(key) ? document[key] : Json(); };
    HILO_TRY(state->normalizer, parseNormalizer(part("normalizer"), state->file, "normalizer"));
    HILO_TRY(state->preTokenizer, parsePreTokenizer(part("pre_tokenizer"), state->file, "pre_tokenizer"));
    HILO_TRY(state->decoder, parseTextDecoder(part("decoder"), state->file, "decoder"));
    state->decodesBytes = hasByteLevel(part("decoder"));

    HILO_TRY(const TokenizerConfiguration configuration, readTokenizerConfiguration(folder));
    AddedTokenList added(*state->model, state->file);
    HILO_CHECK(addListed(root, added));
    for (const AddedToken& token : configuration.added)
        HILO_CHECK(added.add(token));
    for (const TokenizerConfiguration::NamedToken& named : configuration.named)
        HILO_CHECK(added.addNamed(named, configuration));
    HILO_CHECK(state->setAdded(added.take()));

    HILO_TRY(TextFrame frame, parsePostProcessor(part("post_processor"), state->file, "post_processor",
                                                 [&state](const std::string& name) { return state->idOf(name); }));
    state->before = std::move(frame.before);
    state->after = std::move(frame.after);
    applyConfiguration(configuration, *state);
    return state;
}

} // namespace hilo
