// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tokenizer_json.h"

#include "base/json.h"
#include "base/log.h"
#include "tokenizer/post_processor.h"
#include "tokenizer/token_model_json.h"
#include "tokenizer/tokenizer_configuration.h"

#include <algorithm>

namespace hilo {
namespace {

/// The tokens that are added, by the rules of Hugging Face's tokenizers: one that the vocabulary has keeps the id that
/// it has there; others count on from its end, whatever the file says. A token that is named again has the new flags.
class AddedTokenList
{
  public:
    AddedTokenList(const TokenModel& model, std::size_t size, std::string file)
        : model_(model), size_(size), file_(std::move(file))
    {
    }

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
        return token.id > highestTokenId ? failure(badInput(file_, "added_tokens", "there are too many tokens"))
                                         : Status{};
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
        auto result = static_cast<std::int32_t>(size_);
        for (const AddedToken& token : tokens_)
            result = std::max(result, token.id + 1);
        return result;
    }

    const TokenModel& model_;
    std::size_t size_; ///< tokens of its vocabulary
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
        HILO_TRY(const std::int64_t id, object.integer("id", 0, highestTokenId));
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
    HILO_TRY(TokenModelOfJson model, parseTokenModel(root));
    state->model = std::move(model.model);
    state->texts = std::move(model.texts);
    const auto part = [&document](const char* key) { return document.contains(key) ? document[key] : Json(); };
    HILO_TRY(state->normalizer, parseNormalizer(part("normalizer"), state->file, "normalizer"));
    HILO_TRY(state->preTokenizer, parsePreTokenizer(part("pre_tokenizer"), state->file, "pre_tokenizer"));
    HILO_TRY(state->decoder, parseTextDecoder(part("decoder"), state->file, "decoder"));
    state->decodesBytes = hasByteLevel(part("decoder"));

    HILO_TRY(const TokenizerConfiguration configuration, readTokenizerConfiguration(folder));
    AddedTokenList added(*state->model, std::max(state->model->ids().size(), state->texts.size()), state->file);
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
