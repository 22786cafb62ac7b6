// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tokenizer_pipeline.h"

#include "base/log.h"
#include "tokenizer/byte_level.h"

#include <algorithm>
#include <array>

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

std::span<const char* const> namesOfTurnEnds()
{
    static constexpr std::array<const char*, 11> names = {
        "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|end_of_text|>",       "<|endoftext|>", "<end_of_turn>",
        "<|end|>",    "<EOT>",      "[EOT]",      "<｜end▁of▁sentence｜>", "</s>"};
    return names;
}

std::optional<std::int32_t> TokenizerPipeline::idOf(std::string_view token) const
{
    for (const AddedToken& one : added.tokens())
        if (one.text == token)
            return one.id;
    const auto found = model->ids().find(token);
    return found == model->ids().end() ? std::nullopt : std::optional(found->second);
}

Result<NormalizedText> TokenizerPipeline::normalised(std::string text) const
{
    NormalizedText result{std::move(text)};
    for (const NormalizeStep& step : normalizer) {
        HILO_TRY(result, step(std::move(result)));
    }
    return result;
}

Status TokenizerPipeline::setAdded(std::vector<AddedToken> tokens)
{
    for (AddedToken& token : tokens)
        if (token.normalized) {
            HILO_TRY(NormalizedText pattern, normalised(token.text));
            // tokenizers looks for nothing at all then: it cuts every text between all of its bytes.
            if (pattern.text.empty() && !token.text.empty())
                return failure(badInput(file, "added_tokens",
                                        "The normalizer leaves nothing of the token \"" + token.text +
                                            "\", so it cannot be looked for in normalised text.",
                                        "Set the token's \"normalized\" to false, or take it out of the file."));
            token.pattern = std::move(pattern.text);
        }
    std::int32_t highest = -1;
    for (const auto& [text, id] : model->ids())
        highest = std::max(highest, id);
    for (const AddedToken& token : tokens)
        highest = std::max(highest, token.id);
    texts.resize(std::max(texts.size(), static_cast<std::size_t>(highest) + 1));
    special.resize(texts.size(), false);
    isAdded.resize(texts.size(), false);
    for (const auto& [text, id] : model->ids())
        texts[static_cast<std::size_t>(id)] = text;
    for (const AddedToken& token : tokens) {
        const auto index = static_cast<std::size_t>(token.id);
        texts[index] = token.text;
        special[index] = token.special;
        isAdded[index] = true;
        // An added token comes back as it is written: its letters stand for no bytes. What SentencePiece's normaliser
        // put into it (a blank in front) its decoder takes out.
        addedSpellings[token.id] = decodesBytes            ? bytesToCharacters(token.text)
                                   : token.pattern.empty() ? token.text
                                                           : token.pattern;
    }
    added = AddedTokens(std::move(tokens));
    return {};
}

void TokenizerPipeline::findEndTokens(const std::vector<std::int64_t>& more)
{
    endTokens.clear();
    const auto add = [this](std::int32_t id) {
        if (std::find(endTokens.begin(), endTokens.end(), id) == endTokens.end())
            endTokens.push_back(id);
    };
    if (eos)
        add(*eos);
    for (const std::int64_t id : more) {
        if (id >= 0 && id < static_cast<std::int64_t>(texts.size()))
            add(static_cast<std::int32_t>(id));
        else
            logger("tokenizer")->warn("{}: the end token {} is not in the vocabulary and is ignored", file, id);
    }
    for (const char* name : namesOfTurnEnds())
        if (const auto id = idOf(name);
            id && static_cast<std::size_t>(*id) < special.size() && special[static_cast<std::size_t>(*id)])
            add(*id);
}

} // namespace hilo
