// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/example.h"

#include <algorithm>
#include <limits>
#include <span>
#include <unordered_map>

namespace hilo {
namespace {

using Tokens = std::vector<std::int32_t>;

std::string withoutEndSpaces(const std::string& text)
{
    const auto last = text.find_last_not_of(' ');
    return last == std::string::npos ? std::string() : text.substr(0, last + 1);
}

std::int64_t commonPrefix(const Tokens& a, const Tokens& b)
{
    return std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
}

/// An error of the tokenizer, told of the row.
template <class T>
Result<T> ofRow(Result<T> result, const Example& example)
{
    if (!result) {
        result.error().file = example.file;
        result.error().place = "line " + std::to_string(example.line);
    }
    return result;
}

Result<Tokens> encoded(const Tokenizer& tokenizer, const std::string& text, const Example& example)
{
    return ofRow(tokenizer.encode(text, true), example);
}

/// EOS as a row's last token; it may lie beyond the embedding, as other tokens may.
Status addEnd(const Tokenizer& tokenizer, const Example& example, Tokens& tokens)
{
    tokens.push_back(*tokenizer.eos());
    return ofRow(tokenizer.checkIds(std::span(tokens).last(1)), example);
}

/// Where the tokens of a prefix of the text end among the tokens of the whole.
Result<std::int64_t> boundary(const Tokenizer& tokenizer, const Tokens& whole, const std::string& prefix,
                              const Example& example)
{
    HILO_TRY(const Tokens tokens, encoded(tokenizer, withoutEndSpaces(prefix), example));
    return commonPrefix(whole, tokens);
}

/// Drops tokens behind the special prefix so that at most limit are left; returns how many.
std::int64_t cutFront(Tokens& tokens, std::int64_t special, std::int64_t limit, std::int64_t answerStart)
{
    const auto tooMany = static_cast<std::int64_t>(tokens.size()) - limit;
    const std::int64_t dropped = std::clamp<std::int64_t>(tooMany, 0, std::max<std::int64_t>(0, answerStart - special));
    tokens.erase(tokens.begin() + special, tokens.begin() + special + dropped);
    if (static_cast<std::int64_t>(tokens.size()) > limit)
        tokens.resize(static_cast<std::size_t>(limit));
    return dropped;
}

Status addLabels(const Tokenizer& tokenizer, const Example& example, bool endOfText, TokenisedExample& result)
{
    std::vector<Tokens> all;
    for (const std::string& choice : example.choices) {
        HILO_TRY(Tokens tokens, encoded(tokenizer, example.prompt + choice, example));
        if (endOfText)
            HILO_CHECK(addEnd(tokenizer, example, tokens));
        all.push_back(std::move(tokens));
    }
    auto shared = static_cast<std::int64_t>(all.front().size());
    for (const Tokens& tokens : all)
        shared = std::min(shared, commonPrefix(all.front(), tokens));
    const std::string place = "line " + std::to_string(example.line);
    std::unordered_map<std::int32_t, std::size_t> seen;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (shared >= static_cast<std::int64_t>(all[i].size()))
            return failure(badInput(example.file, place,
                                    "the answer \"" + example.choices[i] + "\" is the beginning of another one"));
        const std::int32_t token = all[i][static_cast<std::size_t>(shared)];
        const auto [other, isNew] = seen.emplace(token, i);
        if (!isNew)
            return failure(badInput(example.file, place,
                                    "the answers \"" + example.choices[other->second] + "\" and \"" +
                                        example.choices[i] + "\" begin with the same token \"" +
                                        tokenizer.tokenText(token) + "\"",
                                    "label-logit compares first tokens: rename a label, or use gen-match-strict"));
        result.labelTokens.push_back(token);
    }
    result.labelPosition = shared;
    return {};
}

} // namespace

Result<TokenisedExample> tokenise(const Tokenizer& tokenizer, const Example& example, const TokeniseSettings& settings)
{
    TokenisedExample result;
    result.correct = example.correct;
    HILO_TRY(result.tokens, encoded(tokenizer, example.prompt + example.answer, example));
    const auto boundaryOf = [&](const std::string& prefix) {
        return boundary(tokenizer, result.tokens, prefix, example);
    };
    result.answerStart = static_cast<std::int64_t>(tokenizer.specialPrefix().size());
    if (!example.prompt.empty()) {
        HILO_TRY(result.answerStart, boundaryOf(example.prompt));
    }
    for (const auto& [begin, end] : example.earlierAnswers) {
        HILO_TRY(const std::int64_t from, boundaryOf(example.prompt.substr(0, begin)));
        HILO_TRY(const std::int64_t to, boundaryOf(example.prompt.substr(0, end)));
        result.answers.emplace_back(from, to);
    }
    const bool hasEnd = settings.endOfText && tokenizer.eos();
    if (hasEnd && (result.tokens.empty() || result.tokens.back() != *tokenizer.eos()))
        HILO_CHECK(addEnd(tokenizer, example, result.tokens));
    if (settings.withLabels && !example.choices.empty())
        HILO_CHECK(addLabels(tokenizer, example, hasEnd, result));

    const std::int64_t limit = settings.maxLength > 0 ? settings.maxLength : std::numeric_limits<std::int64_t>::max();
    result.truncated = static_cast<std::int64_t>(result.tokens.size()) > limit;
    if (result.truncated) {
        const auto special = static_cast<std::int64_t>(tokenizer.specialPrefix().size());
        const std::int64_t dropped =
            cutFront(result.tokens, std::min(special, result.answerStart), limit, result.answerStart);
        result.answerStart -= dropped;
        result.labelPosition -= result.labelTokens.empty() ? 0 : dropped;
        for (auto& [begin, end] : result.answers) {
            begin = std::max(special, begin - dropped);
            end = std::max(special, end - dropped);
        }
        std::erase_if(result.answers, [](const auto& range) { return range.first >= range.second; });
    }
    result.answers.emplace_back(result.answerStart, static_cast<std::int64_t>(result.tokens.size()));
    return result;
}

Result<std::vector<TokenisedExample>> tokeniseAll(const Tokenizer& tokenizer, const std::vector<Example>& examples,
                                                  const TokeniseSettings& settings, const Progress& progress)
{
    std::vector<TokenisedExample> result;
    result.reserve(examples.size());
    for (const Example& example : examples) {
        HILO_TRY(TokenisedExample one, tokenise(tokenizer, example, settings));
        result.push_back(std::move(one));
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report(
            {"Tokenising", static_cast<std::int64_t>(result.size()), static_cast<std::int64_t>(examples.size()), {}});
    }
    return result;
}

} // namespace hilo
