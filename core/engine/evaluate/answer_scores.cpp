// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/answer_scores.h"

#include "engine/evaluate/token_losses.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace hilo {
namespace {

/// Tokens of the last answer that something stands before: [begin, end).
std::pair<std::int64_t, std::int64_t> lastAnswer(const TokenisedExample& row)
{
    if (row.answers.empty())
        return {0, 0};
    const auto [begin, end] = row.answers.back();
    return {std::max<std::int64_t>(1, begin), end};
}

TextToScore lastAnswerOf(const TokenisedExample& row)
{
    TextToScore text;
    const auto [begin, end] = lastAnswer(row);
    text.tokens.assign(row.tokens.begin(), row.tokens.begin() + end);
    for (std::int64_t place = begin; place < end; ++place)
        text.places.push_back(place);
    return text;
}

double sumOf(const TextToScore& text)
{
    return -std::accumulate(text.losses.begin(), text.losses.end(), 0.0);
}

} // namespace

std::int64_t answerTokens(const TokenisedExample& row)
{
    const auto [begin, end] = lastAnswer(row);
    return std::max<std::int64_t>(1, end - begin);
}

Result<std::vector<AnswerLogProbabilities>> answerLogProbabilities(const Decoder& decoder, ModuleAdapter* adapter,
                                                                   std::span<const TokenisedExample* const> rows,
                                                                   std::int64_t batchSize, const std::string& what,
                                                                   const Progress& progress)
{
    std::vector<AnswerLogProbabilities> found(rows.size());
    const torch::NoGradGuard noGradient;
    // Some batches at a time, so that texts of like length meet and progress is seen.
    const auto window = static_cast<std::size_t>(std::max<std::int64_t>(1, batchSize)) * 8;
    for (std::size_t first = 0; first < rows.size(); first += window) {
        const std::size_t count = std::min(window, rows.size() - first);
        std::vector<TextToScore> texts;
        for (std::size_t i = first; i < first + count; ++i) {
            texts.push_back(lastAnswerOf(*rows[i]));
            for (const TokenisedExample& rejected : rows[i]->rejected)
                texts.push_back(lastAnswerOf(rejected));
        }
        std::vector<TextToScore*> wanted;
        for (TextToScore& text : texts)
            wanted.push_back(&text);
        HILO_CHECK(scoreTexts(decoder, adapter, wanted, batchSize));
        auto text = texts.cbegin();
        for (std::size_t i = first; i < first + count; ++i) {
            found[i].chosen = sumOf(*text++);
            if (!rows[i]->rejected.empty())
                found[i].rejected = sumOf(*text++);
        }
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({what, static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(rows.size()), {}});
    }
    return found;
}

} // namespace hilo
