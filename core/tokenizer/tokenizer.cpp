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

std::optional<std::int32_t> Tokenizer::State::idOf(std::string_view token) const
{
    for (const AddedToken& one : added.tokens())
        if (one.text == token)
            return one.id;
    const auto found = model->ids().find(token);
    return found == model->ids().end() ? std::nullopt : std::optional(found->second);
}

void Tokenizer::State::findEndTokens()
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

Tokenizer::Tokenizer(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Result<std::shared_ptr<const Tokenizer>> Tokenizer::load(const std::filesystem::path& model)
{
    if (model.extension() == ".gguf")
        return loadGgufTokenizer(model);
    const bool isFile = model.extension() == ".json";
    const std::filesystem::path folder = isFile ? model.parent_path() : model;
    const std::filesystem::path file = isFile ? model : folder / "tokenizer.json";
    std::error_code code;
    if (!std::filesystem::exists(file, code))
        return failure(badInput(file.string(), "", "there is no such file; expected the model's tokenizer",
                                "copy tokenizer.json of the model beside its config.json"));
    return loadTokenizerJson(file, folder / "tokenizer_config.json");
}

std::vector<std::int32_t> Tokenizer::encode(std::string_view text, bool addSpecial, bool plainText) const
{
    const State& state = *state_;
    std::vector<std::int32_t> ids;
    if (addSpecial)
        ids = state.before;
    const std::string valid = utf8::repaired(text);
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
    for (const AddedTokens::Part& raw : state.added.cut(valid, false, !plainText)) {
        if (raw.id >= 0) {
            ids.push_back(raw.id);
            continue;
        }
        std::string normal(raw.text);
        for (const NormalizeStep& step : state.normalizer)
            normal = step(std::move(normal));
        for (const AddedTokens::Part& part : state.added.cut(normal, true, !plainText)) {
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
    const State& state = *state_;
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
    return static_cast<std::int64_t>(state_->texts.size());
}

std::optional<std::int32_t> Tokenizer::tokenId(std::string_view token) const
{
    return state_->idOf(token);
}

std::string Tokenizer::tokenText(std::int32_t id) const
{
    const auto index = static_cast<std::size_t>(id);
    return id >= 0 && index < state_->texts.size() ? state_->texts[index] : std::string();
}

bool Tokenizer::isSpecial(std::int32_t id) const
{
    const auto index = static_cast<std::size_t>(id);
    return id >= 0 && index < state_->special.size() && state_->special[index];
}

std::optional<std::int32_t> Tokenizer::bos() const
{
    return state_->bos;
}

std::optional<std::int32_t> Tokenizer::eos() const
{
    return state_->eos;
}

std::optional<std::int32_t> Tokenizer::padding() const
{
    return state_->padding;
}

const std::vector<std::int32_t>& Tokenizer::endTokens() const
{
    return state_->endTokens;
}

const std::string& Tokenizer::chatTemplate() const
{
    return state_->chatTemplate;
}

std::string StreamDecoder::push(std::int32_t id)
{
    ids_.push_back(id);
    const std::span<const std::int32_t> all(ids_);
    const std::string old = tokenizer_->decode(all.subspan(contextBegin_, shown_ - contextBegin_));
    const std::string now = tokenizer_->decode(all.subspan(contextBegin_));
    if (now.size() <= old.size() || now.ends_with(utf8::replacement))
        return {};
    contextBegin_ = shown_;
    shown_ = ids_.size();
    return now.substr(old.size());
}

} // namespace hilo
