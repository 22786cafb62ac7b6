// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/byte_pair_model.h"

#include "tokenizer/utf8.h"

#include <algorithm>
#include <queue>

namespace hilo {
namespace {

std::uint64_t pairKey(std::int32_t left, std::int32_t right)
{
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32 | static_cast<std::uint32_t>(right);
}

struct Candidate
{
    float priority;
    std::int32_t position; ///< index of the left symbol
    std::int32_t id;
    std::uint32_t length; ///< of the merged text: tells whether the symbols have changed since

    bool operator<(const Candidate& other) const
    {
        return priority != other.priority ? priority > other.priority : position > other.position;
    }
};

} // namespace

BytePairModel::BytePairModel(TokenIds ids, BytePairSettings settings)
    : ids_(std::move(ids)), settings_(std::move(settings)), byteIds_(256, -1)
{
    if (settings_.byteFallback)
        byteIds_ = byteTokenIds(ids_);
}

std::optional<std::string> BytePairModel::mergedText(const std::string& left, const std::string& right,
                                                     const std::string& continuingPrefix)
{
    if (right.size() < continuingPrefix.size())
        return std::nullopt;
    return left + right.substr(continuingPrefix.size());
}

BytePairModel BytePairModel::fromMerges(TokenIds ids, const Merges& merges, BytePairSettings settings)
{
    BytePairModel model(std::move(ids), std::move(settings));
    model.merges_.reserve(merges.size());
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
        const auto left = model.ids_.find(merges[rank].first);
        const auto right = model.ids_.find(merges[rank].second);
        const auto text = mergedText(merges[rank].first, merges[rank].second, model.settings_.continuingPrefix);
        const auto whole = text ? model.ids_.find(*text) : model.ids_.end();
        if (left != model.ids_.end() && right != model.ids_.end() && whole != model.ids_.end())
            model.merges_.try_emplace(pairKey(left->second, right->second),
                                      Merge{static_cast<float>(rank), whole->second});
    }
    return model;
}

BytePairModel BytePairModel::fromScores(TokenIds ids, std::vector<float> scores, BytePairSettings settings)
{
    BytePairModel model(std::move(ids), std::move(settings));
    model.scores_ = std::move(scores);
    return model;
}

bool BytePairModel::allBytesKnown(std::string_view text) const
{
    return settings_.byteFallback && std::all_of(text.begin(), text.end(), [this](char byte) {
               return byteIds_[static_cast<unsigned char>(byte)] >= 0;
           });
}

Result<std::vector<BytePairModel::Symbol>> BytePairModel::symbolsOf(std::string_view word) const
{
    std::vector<Symbol> symbols;
    symbols.reserve(word.size());
    const auto add = [&symbols](std::int32_t id, std::size_t begin, std::size_t length) {
        const auto index = static_cast<std::int32_t>(symbols.size());
        symbols.push_back(
            {id, index - 1, index + 1, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(length)});
    };
    // An unknown character waits for a known one, so that others can join it; tokens of bytes overtake it. That is how
    // tokenizers has it (BPE::merge_word), and seen only where some bytes have tokens and others have none.
    std::size_t waitingBegin = 0;
    std::size_t waitingLength = 0;
    const auto flush = [&] {
        if (waitingLength > 0)
            add(*settings_.unknown, waitingBegin, waitingLength);
        waitingLength = 0;
    };
    std::string affixed;
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t length = std::min(utf8::lengthFrom(static_cast<unsigned char>(word[at])), word.size() - at);
        std::string_view text = word.substr(at, length);
        const bool prefixed = at > 0 && !settings_.continuingPrefix.empty();
        const bool suffixed = at + length == word.size() && !settings_.endSuffix.empty();
        if (prefixed || suffixed) {
            affixed = prefixed ? settings_.continuingPrefix : std::string();
            affixed += text;
            affixed += suffixed ? settings_.endSuffix : std::string();
            text = affixed;
        }
        if (const auto found = ids_.find(text); found != ids_.end()) {
            flush();
            add(found->second, at, length);
        } else if (allBytesKnown(text)) {
            if (!scores_.empty())
                flush(); // merges of scores need the symbols in the word's order
            for (std::size_t i = 0; i < text.size(); ++i)
                add(byteIds_[static_cast<unsigned char>(text[i])], at + i, 1);
        } else if (settings_.unknown) {
            if (!settings_.fuseUnknown)
                flush();
            waitingBegin = waitingLength == 0 ? at : waitingBegin;
            waitingLength += length;
        } else if (!settings_.missingUnknown.empty()) {
            return failure(badInput({}, "model.unk_token",
                                    "the vocabulary lacks \"" + std::string(text) + "\", and the unknown token \"" +
                                        settings_.missingUnknown + "\" as well"));
        }
        at += length;
    }
    flush();
    if (!symbols.empty())
        symbols.back().next = -1;
    return symbols;
}

std::optional<BytePairModel::Merge> BytePairModel::mergeOf(std::string_view word, const Symbol& left,
                                                           const Symbol& right) const
{
    if (scores_.empty()) {
        const auto found = merges_.find(pairKey(left.id, right.id));
        return found == merges_.end() ? std::nullopt : std::optional(found->second);
    }
    const auto found = ids_.find(word.substr(left.begin, left.length + right.length));
    if (found == ids_.end())
        return std::nullopt;
    return Merge{-scores_[static_cast<std::size_t>(found->second)], found->second};
}

Status BytePairModel::encode(std::string_view word, std::vector<std::int32_t>& ids) const
{
    if (settings_.ignoreMerges) {
        if (const auto found = ids_.find(word); found != ids_.end()) {
            ids.push_back(found->second);
            return {};
        }
    }
    HILO_TRY(std::vector<Symbol> symbols, symbolsOf(word));
    if (symbols.empty())
        return {};
    std::priority_queue<Candidate> candidates;
    const auto propose = [&](std::int32_t left) {
        if (left < 0)
            return;
        const Symbol& symbol = symbols[static_cast<std::size_t>(left)];
        if (symbol.next < 0)
            return;
        const Symbol& right = symbols[static_cast<std::size_t>(symbol.next)];
        if (const auto merge = mergeOf(word, symbol, right))
            candidates.push({merge->priority, left, merge->id, symbol.length + right.length});
    };
    for (std::size_t i = 0; i + 1 < symbols.size(); ++i)
        propose(static_cast<std::int32_t>(i));
    while (!candidates.empty()) {
        const Candidate best = candidates.top();
        candidates.pop();
        Symbol& left = symbols[static_cast<std::size_t>(best.position)];
        if (left.length == 0 || left.next < 0)
            continue;
        Symbol& right = symbols[static_cast<std::size_t>(left.next)];
        const auto merge = mergeOf(word, left, right);
        if (!merge || merge->id != best.id || left.length + right.length != best.length)
            continue;
        left.id = best.id;
        left.length += right.length;
        right.length = 0;
        left.next = right.next;
        if (left.next >= 0)
            symbols[static_cast<std::size_t>(left.next)].previous = best.position;
        propose(left.previous);
        propose(best.position);
    }
    for (std::int32_t at = 0; at >= 0; at = symbols[static_cast<std::size_t>(at)].next)
        ids.push_back(symbols[static_cast<std::size_t>(at)].id);
    return {};
}

} // namespace hilo
