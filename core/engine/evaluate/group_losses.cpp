// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/group_losses.h"

#include "data/row_tokens.h"
#include "engine/model/key_value_cache.h"

#include <algorithm>

namespace hilo {
namespace {

using torch::Tensor;
using Group = std::vector<TextToScore>;

std::int64_t tokensOf(const TextToScore& text)
{
    return static_cast<std::int64_t>(text.tokens.size());
}

/// Tokens that all texts of a group begin with, so that at least one of each is left.
std::int64_t sharedTokens(const Group& group)
{
    std::int64_t shared = tokensOf(group.front()) - 1;
    for (const TextToScore& text : group)
        shared = std::min({shared, tokensOf(text) - 1, commonPrefix(group.front().tokens, text.tokens)});
    return std::max<std::int64_t>(0, shared);
}

constexpr std::int64_t mostScoreBytes = std::int64_t{256} << 20;

/// A text of a group behind the beginning that was read.
struct Continuation
{
    TextToScore* text;
    std::int64_t sequence; ///< of the cache
    std::int64_t shared;
};

class SharedPass
{
  public:
    SharedPass(const Decoder& decoder, ModuleAdapter* adapter) : decoder_(decoder) { options_.adapter = adapter; }

    Status score(std::span<Group* const> groups, std::span<const std::int64_t> shared, std::int64_t batchSize) const
    {
        KeyValueCache cache(decoder_.config(), static_cast<std::int64_t>(groups.size()), decoder_.dtype(),
                            decoder_.device());
        std::vector<Continuation> continuations;
        HILO_CHECK(readBeginnings(groups, shared, cache, continuations));
        for (std::size_t first = 0; first < continuations.size(); first += static_cast<std::size_t>(batchSize)) {
            const std::size_t count = std::min(static_cast<std::size_t>(batchSize), continuations.size() - first);
            HILO_CHECK(readContinuations(std::span(continuations).subspan(first, count), cache));
        }
        return {};
    }

  private:
    /// The places that the beginning's states decide on, which are the first ones of each text.
    Status readBeginnings(std::span<Group* const> groups, std::span<const std::int64_t> shared, KeyValueCache& cache,
                          std::vector<Continuation>& continuations) const
    {
        std::vector<std::span<const std::int32_t>> parts;
        std::vector<std::int64_t> at;
        std::vector<std::int64_t> next;
        std::int64_t begin = 0;
        for (std::size_t g = 0; g < groups.size(); ++g) {
            parts.emplace_back(groups[g]->front().tokens.data(), static_cast<std::size_t>(shared[g]));
            for (TextToScore& text : *groups[g]) {
                text.losses.clear();
                for (const std::int64_t place : text.places)
                    if (place <= shared[g]) {
                        at.push_back(begin + place - 1);
                        next.push_back(text.tokens[static_cast<std::size_t>(place)]);
                    }
                if (!text.places.empty() && text.places.back() > shared[g])
                    continuations.push_back({&text, static_cast<std::int64_t>(g), shared[g]});
            }
            begin += shared[g];
        }
        const Tensor hidden = decoder_.hiddenCached(packTexts(parts, {}), cache, options_);
        HILO_TRY(const std::vector<double> losses, lossesBehind(decoder_, hidden, at, next));
        auto loss = losses.begin();
        for (std::size_t g = 0; g < groups.size(); ++g)
            for (TextToScore& text : *groups[g])
                for (const std::int64_t place : text.places)
                    if (place <= shared[g])
                        text.losses.push_back(*loss++);
        return {};
    }

    Status readContinuations(std::span<const Continuation> continuations, const KeyValueCache& cache) const
    {
        KeyValueCache copies = cache;
        std::vector<std::int64_t> sequences;
        std::vector<std::span<const std::int32_t>> parts;
        std::vector<std::int64_t> firstPlaces;
        std::vector<std::int64_t> at;
        std::vector<std::int64_t> next;
        std::int64_t begin = 0;
        for (const Continuation& one : continuations) {
            const TextToScore& text = *one.text;
            sequences.push_back(one.sequence);
            // The last token predicts nothing.
            const std::int64_t count = text.places.back() - one.shared;
            parts.emplace_back(text.tokens.data() + one.shared, static_cast<std::size_t>(count));
            firstPlaces.push_back(one.shared);
            for (const std::int64_t place : text.places)
                if (place > one.shared) {
                    at.push_back(begin + place - 1 - one.shared);
                    next.push_back(text.tokens[static_cast<std::size_t>(place)]);
                }
            begin += count;
        }
        copies.keep(sequences);
        const Tensor hidden = decoder_.hiddenCached(packTexts(parts, firstPlaces), copies, options_);
        HILO_TRY(const std::vector<double> losses, lossesBehind(decoder_, hidden, at, next));
        auto loss = losses.begin();
        for (const Continuation& one : continuations)
            for (const std::int64_t place : one.text->places)
                if (place > one.shared)
                    one.text->losses.push_back(*loss++);
        return {};
    }

    const Decoder& decoder_;
    ForwardOptions options_;
};

} // namespace

bool isWorthSharing(std::int64_t heads, std::int64_t shared, std::int64_t texts, std::int64_t tokens)
{
    return shared > 0 && shared * (texts - 1) * 3 >= tokens && heads * shared * shared * 4 <= mostScoreBytes;
}

std::size_t beginningsAtOnce(std::int64_t heads, std::span<const std::int64_t> shared, std::size_t first,
                             std::int64_t batchSize)
{
    std::int64_t longest = 0;
    std::size_t count = 0;
    while (first + count < shared.size() && static_cast<std::int64_t>(count) < batchSize) {
        longest = std::max(longest, shared[first + count]);
        const auto rows = static_cast<std::int64_t>(count) + 1;
        if (count > 0 && rows * heads * longest * longest * 4 > mostScoreBytes)
            break;
        ++count;
    }
    return count;
}

Status scoreGroups(const Decoder& decoder, ModuleAdapter* adapter, std::vector<Group>& groups, std::int64_t batchSize)
{
    std::vector<Group*> sharing;
    std::vector<std::int64_t> shared;
    std::vector<TextToScore*> whole;
    for (Group& group : groups) {
        if (group.empty())
            continue;
        const std::int64_t beginning = sharedTokens(group);
        std::int64_t tokens = 0;
        for (const TextToScore& text : group)
            tokens += tokensOf(text);
        if (isWorthSharing(decoder.config().heads, beginning, static_cast<std::int64_t>(group.size()), tokens)) {
            sharing.push_back(&group);
            shared.push_back(beginning);
        } else {
            for (TextToScore& text : group)
                whole.push_back(&text);
        }
    }
    const SharedPass pass(decoder, adapter);
    for (std::size_t first = 0; first < sharing.size();) {
        const std::size_t count = beginningsAtOnce(decoder.config().heads, shared, first, batchSize);
        HILO_CHECK(
            pass.score(std::span(sharing).subspan(first, count), std::span(shared).subspan(first, count), batchSize));
        first += count;
    }
    return scoreTexts(decoder, adapter, whole, batchSize);
}

} // namespace hilo
