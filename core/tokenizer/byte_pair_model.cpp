// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/byte_pair_model.h"

#include "base/text_format.h"
#include "tokenizer/utf8.h"

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
    : ids_(std::move(ids)), settings_(settings), byteIds_(256, -1)
{
    if (!settings_.byteFallback)
        return;
    for (int byte = 0; byte < 256; ++byte) {
        if (const auto found = ids_.find(printed("<0x%02X>", byte)); found != ids_.end())
            byteIds_[static_cast<std::size_t>(byte)] = found->second;
    }
}

BytePairModel BytePairModel::fromMerges(TokenIds ids, const Merges& merges, BytePairSettings settings)
{
    BytePairModel model(std::move(ids), settings);
    model.merges_.reserve(merges.size());
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
        const auto left = model.ids_.find(merges[rank].first);
        const auto right = model.ids_.find(merges[rank].second);
        const auto whole = model.ids_.find(merges[rank].first + merges[rank].second);
        if (left != model.ids_.end() && right != model.ids_.end() && whole != model.ids_.end())
            model.merges_.try_emplace(pairKey(left->second, right->second),
                                      Merge{static_cast<float>(rank), whole->second});
    }
    return model;
}

BytePairModel BytePairModel::fromScores(TokenIds ids, std::vector<float> scores, BytePairSettings settings)
{
    BytePairModel model(std::move(ids), settings);
    model.scores_ = std::move(scores);
    return model;
}

std::vector<BytePairModel::Symbol> BytePairModel::symbolsOf(std::string_view word) const
{
    std::vector<Symbol> symbols;
    symbols.reserve(word.size());
    const auto add = [&symbols](std::int32_t id, std::size_t begin, std::size_t length) {
        const auto index = static_cast<std::int32_t>(symbols.size());
        symbols.push_back(
            {id, index - 1, index + 1, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(length)});
    };
    bool afterUnknown = false;
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t length = std::min(utf8::lengthFrom(static_cast<unsigned char>(word[at])), word.size() - at);
        const auto found = ids_.find(word.substr(at, length));
        bool unknown = false;
        if (found != ids_.end()) {
            add(found->second, at, length);
        } else {
            bool allBytes = settings_.byteFallback;
            for (std::size_t i = 0; i < length && allBytes; ++i)
                allBytes = byteIds_[static_cast<unsigned char>(word[at + i])] >= 0;
            if (allBytes) {
                for (std::size_t i = 0; i < length; ++i)
                    add(byteIds_[static_cast<unsigned char>(word[at + i])], at + i, 1);
            } else if (settings_.unknown) {
                unknown = true;
                if (afterUnknown && settings_.fuseUnknown)
                    symbols.back().length += static_cast<std::uint32_t>(length);
                else
                    add(*settings_.unknown, at, length);
            }
        }
        afterUnknown = unknown;
        at += length;
    }
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

void BytePairModel::encode(std::string_view word, std::vector<std::int32_t>& ids) const
{
    if (settings_.ignoreMerges) {
        if (const auto found = ids_.find(word); found != ids_.end()) {
            ids.push_back(found->second);
            return;
        }
    }
    std::vector<Symbol> symbols = symbolsOf(word);
    if (symbols.empty())
        return;
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
}

} // namespace hilo
