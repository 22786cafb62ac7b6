// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tokenizer.h"

#include "tokenizer/tokenizer_state.h"
#include "tokenizer/utf8.h"

#include <algorithm>

namespace hilo {

bool WordCache::find(const std::string& word, std::vector<std::int32_t>& ids) const
{
    const std::lock_guard lock(mutex_);
    const auto found = words_.find(word);
    if (found == words_.end())
        return false;
    ids.insert(ids.end(), found->second.begin(), found->second.end());
    return true;
}

void WordCache::store(const std::string& word, std::span<const std::int32_t> ids) const
{
    constexpr std::size_t longestWord = 64;
    constexpr std::size_t mostWords = 100'000;
    if (word.size() > longestWord)
        return;
    const std::lock_guard lock(mutex_);
    if (words_.size() < mostWords)
        words_.emplace(word, std::vector<std::int32_t>(ids.begin(), ids.end()));
}

std::optional<std::int32_t> TokenizerPipeline::idOf(std::string_view token) const
{
    for (const AddedToken& one : added.tokens())
        if (one.text == token)
            return one.id;
    const auto found = model->ids().find(token);
    return found == model->ids().end() ? std::nullopt : std::optional(found->second);
}

void TokenizerPipeline::findEndTokens()
{
    endTokens.clear();
    if (eos)
        endTokens.push_back(*eos);
    for (const char* name : {"<|im_end|>", "<|eot_id|>", "<|end_of_text|>", "<|endoftext|>", "<end_of_turn>", "</s>"}) {
        const auto id = idOf(name);
        const bool isControl =
            id && static_cast<std::size_t>(*id) < special.size() && special[static_cast<std::size_t>(*id)];
        if (isControl && std::find(endTokens.begin(), endTokens.end(), *id) == endTokens.end())
            endTokens.push_back(*id);
    }
}

Tokenizer::Tokenizer(std::unique_ptr<const TokenizerPipeline> pipeline) : pipeline_(std::move(pipeline)) {}

Tokenizer::~Tokenizer() = default;

Result<std::shared_ptr<const Tokenizer>> Tokenizer::load(const std::filesystem::path& model)
{
    if (model.extension() == ".gguf") {
        HILO_TRY(auto pipeline, loadGgufTokenizer(model));
        return std::make_shared<const Tokenizer>(std::move(pipeline));
    }
    const bool isFile = model.extension() == ".json";
    const std::filesystem::path folder = isFile ? model.parent_path() : model;
    const std::filesystem::path file = isFile ? model : folder / "tokenizer.json";
    std::error_code code;
    if (!std::filesystem::exists(file, code))
        return failure(badInput(file.string(), "", "there is no such file; expected the model's tokenizer",
                                "copy tokenizer.json of the model beside its config.json"));
    HILO_TRY(auto pipeline, loadTokenizerJson(file, folder / "tokenizer_config.json"));
    return std::make_shared<const Tokenizer>(std::move(pipeline));
}

std::vector<std::int32_t> Tokenizer::encode(std::string_view text, bool addSpecial) const
{
    const TokenizerPipeline& state = *pipeline_;
    std::vector<std::int32_t> ids;
    const std::string valid = utf8::repaired(text);
    if (addSpecial)
        ids = state.before;
    const auto encodeWords = [&](std::string words, bool atStart) {
        std::vector<Piece> pieces;
        pieces.push_back({std::move(words), atStart});
        for (const CutStep& step : state.preTokenizer)
            pieces = step(std::move(pieces));
        for (const Piece& piece : pieces) {
            if (piece.text.empty() || state.cache.find(piece.text, ids))
                continue;
            const std::size_t before = ids.size();
            state.model->encode(piece.text, ids);
            state.cache.store(piece.text, std::span(ids).subspan(before));
        }
    };
    for (const AddedTokens::Part& raw : state.added.cut(valid, false)) {
        if (raw.id >= 0) {
            ids.push_back(raw.id);
            continue;
        }
        std::string normal(raw.text);
        for (const NormalizeStep& step : state.normalizer)
            normal = step(std::move(normal));
        for (const AddedTokens::Part& part : state.added.cut(normal, true)) {
            if (part.id >= 0)
                ids.push_back(part.id);
            else
                encodeWords(std::string(part.text), raw.atStart && part.atStart);
        }
    }
    if (addSpecial)
        ids.insert(ids.end(), state.after.begin(), state.after.end());
    return ids;
}

std::string Tokenizer::decode(std::span<const std::int32_t> ids, bool skipSpecial) const
{
    const TokenizerPipeline& state = *pipeline_;
    std::vector<std::string> parts;
    parts.reserve(ids.size());
    for (const std::int32_t id : ids) {
        const auto index = static_cast<std::size_t>(id);
        if (id < 0 || index >= state.texts.size() || (skipSpecial && state.special[index]))
            continue;
        parts.push_back(state.texts[index]);
    }
    for (const DecodeStep& step : state.decoder)
        parts = step(std::move(parts));
    std::string text;
    for (const std::string& part : parts)
        text += part;
    return text;
}

std::int64_t Tokenizer::vocabularySize() const
{
    return static_cast<std::int64_t>(pipeline_->texts.size());
}

std::optional<std::int32_t> Tokenizer::tokenId(std::string_view token) const
{
    return pipeline_->idOf(token);
}

std::string Tokenizer::tokenText(std::int32_t id) const
{
    const auto index = static_cast<std::size_t>(id);
    return id >= 0 && index < pipeline_->texts.size() ? pipeline_->texts[index] : std::string();
}

bool Tokenizer::isSpecial(std::int32_t id) const
{
    const auto index = static_cast<std::size_t>(id);
    return id >= 0 && index < pipeline_->special.size() && pipeline_->special[index];
}

std::optional<std::int32_t> Tokenizer::bos() const
{
    return pipeline_->bos;
}

std::optional<std::int32_t> Tokenizer::eos() const
{
    return pipeline_->eos;
}

std::optional<std::int32_t> Tokenizer::padding() const
{
    return pipeline_->padding;
}

std::optional<std::int32_t> Tokenizer::unknown() const
{
    return pipeline_->model->settings().unknown;
}

const std::vector<std::int32_t>& Tokenizer::specialPrefix() const
{
    return pipeline_->before;
}

const std::vector<std::int32_t>& Tokenizer::specialSuffix() const
{
    return pipeline_->after;
}

std::vector<std::int32_t> Tokenizer::endTokens() const
{
    return pipeline_->endTokens;
}

const std::string& Tokenizer::chatTemplate() const
{
    return pipeline_->chatTemplate;
}

StreamDecoder::StreamDecoder(std::shared_ptr<const Tokenizer> tokenizer, std::span<const std::int32_t> context,
                             bool skipSpecial)
    : tokenizer_(std::move(tokenizer)), skipSpecial_(skipSpecial)
{
    // A few tokens are enough to tell how the first new one continues them.
    const std::size_t kept = std::min<std::size_t>(context.size(), 8);
    ids_.assign(context.end() - static_cast<std::ptrdiff_t>(kept), context.end());
    read_ = kept;
}

std::string StreamDecoder::textOf(std::size_t end) const
{
    return tokenizer_->decode(std::span(ids_).subspan(begin_, end - begin_), skipSpecial_);
}

std::string StreamDecoder::push(std::int32_t id)
{
    ids_.push_back(id);
    const std::string old = textOf(read_);
    const std::string now = textOf(ids_.size());
    // A character that is not complete yet shows as U+FFFD at the end.
    if (now.size() <= old.size() || now.ends_with(utf8::replacement))
        return {};
    begin_ = read_;
    read_ = ids_.size();
    return now.substr(old.size());
}

std::string StreamDecoder::finish()
{
    const std::string old = textOf(read_);
    const std::string now = textOf(ids_.size());
    begin_ = read_ = ids_.size();
    return now.size() > old.size() ? now.substr(old.size()) : std::string();
}

} // namespace hilo
