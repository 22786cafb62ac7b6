// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/unigram_model.h"

#include "tokenizer/utf8.h"

#include <algorithm>

namespace hilo {
UnigramModel::UnigramModel(std::vector<Piece> pieces, Settings settings) : settings_(settings), firstOfByte_(257)
{
    ids_.reserve(pieces.size());
    scores_.reserve(pieces.size());
    for (std::size_t id = 0; id < pieces.size(); ++id) {
        scores_.push_back(pieces[id].score);
        ids_[pieces[id].text] = static_cast<std::int32_t>(id);
    }
    for (const auto& [text, id] : ids_)
        if (!text.empty() && !pieces[static_cast<std::size_t>(id)].unreachable)
            sorted_.push_back({text, id});
    std::sort(sorted_.begin(), sorted_.end(), [](const Entry& a, const Entry& b) { return a.text < b.text; });
    for (std::size_t byte = 0, at = 0; byte < firstOfByte_.size(); ++byte) {
        while (at < sorted_.size() && static_cast<unsigned char>(sorted_[at].text[0]) < byte)
            ++at;
        firstOfByte_[byte] = at;
    }
    byteIds_ = byteTokenIds(ids_);
}

/// For every end of a character the best way to get there; the last of pieces that are as good as others counts not.
Result<std::vector<UnigramModel::Best>> UnigramModel::bestEnds(std::string_view word) const
{
    std::vector<Best> best(word.size() + 1);
    const auto offer = [&best](std::size_t begin, std::size_t end, double score, std::int32_t id) {
        Best& target = best[end];
        const double sum = score + best[begin].score;
        if (!target.reached || sum > target.score)
            target = {sum, id, begin, true};
    };
    for (std::size_t begin = 0; begin < word.size();) {
        const std::size_t length =
            std::min(utf8::lengthFrom(static_cast<unsigned char>(word[begin])), word.size() - begin);
        bool isPiece = false;
        const auto first = static_cast<unsigned char>(word[begin]);
        std::size_t low = firstOfByte_[first];
        std::size_t high = firstOfByte_[first + 1u];
        // low to high: the pieces that begin with the first depth bytes.
        for (std::size_t depth = 1; low < high; ++depth) {
            if (sorted_[low].text.size() == depth) {
                const std::int32_t id = sorted_[low].id;
                offer(begin, begin + depth, scores_[static_cast<std::size_t>(id)], id);
                isPiece = isPiece || depth == length;
                ++low;
            }
            if (begin + depth == word.size())
                break;
            const auto byte = static_cast<unsigned char>(word[begin + depth]);
            const auto byteOf = [depth](const Entry& entry) { return static_cast<unsigned char>(entry.text[depth]); };
            const auto from = sorted_.begin() + static_cast<std::ptrdiff_t>(low);
            const auto to = sorted_.begin() + static_cast<std::ptrdiff_t>(high);
            const auto begins = std::partition_point(from, to, [&](const Entry& e) { return byteOf(e) < byte; });
            const auto ends = std::partition_point(begins, to, [&](const Entry& e) { return byteOf(e) == byte; });
            low = static_cast<std::size_t>(begins - sorted_.begin());
            high = static_cast<std::size_t>(ends - sorted_.begin());
        }
        if (!isPiece) {
            const double score = settings_.unknownScore;
            const std::size_t end = begin + length;
            if (!settings_.unknown && (!best[end].reached || score + best[begin].score > best[end].score))
                return failure(badInput({}, "model.unk_id",
                                        "the vocabulary lacks \"" + std::string(word.substr(begin, length)) +
                                            "\", and there is no unknown token"));
            offer(begin, end, score, settings_.unknown.value_or(-1));
        }
        begin += length;
    }
    return best;
}

void UnigramModel::addRun(std::string_view text, std::vector<std::int32_t>& ids) const
{
    if (settings_.looksUpUnknownRuns)
        if (const auto found = ids_.find(text); found != ids_.end()) {
            ids.push_back(found->second);
            return;
        }
    const bool bytes = settings_.byteFallback && std::all_of(text.begin(), text.end(), [this](char byte) {
                           return byteIds_[static_cast<unsigned char>(byte)] >= 0;
                       });
    if (!bytes)
        ids.push_back(*settings_.unknown);
    else
        for (const char byte : text)
            ids.push_back(byteIds_[static_cast<unsigned char>(byte)]);
}

Status UnigramModel::encode(std::string_view word, std::vector<std::int32_t>& ids) const
{
    if (word.empty())
        return {};
    HILO_TRY(const std::vector<Best> best, bestEnds(word));
    std::vector<Best> path; // each with its end in the next one's place
    for (std::size_t end = word.size(); end > 0; end = best[end].begin)
        path.push_back(best[end]);
    std::reverse(path.begin(), path.end());
    for (std::size_t i = 0; i < path.size();) {
        const std::size_t begin = path[i].begin;
        const bool unknown = settings_.unknown && path[i].id == *settings_.unknown;
        if (!unknown) {
            ids.push_back(path[i++].id);
            continue;
        }
        while (i < path.size() && path[i].id == *settings_.unknown)
            ++i;
        addRun(word.substr(begin, (i < path.size() ? path[i].begin : word.size()) - begin), ids);
    }
    return {};
}

} // namespace hilo
