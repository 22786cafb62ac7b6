// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/example.h"

#include <algorithm>
#include <limits>
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

/// Where the tokens of a prefix of the text end among the tokens of the whole.
std::int64_t boundary(const Tokenizer& tokenizer, const Tokens& whole, const std::string& prefix)
{
    return commonPrefix(whole, tokenizer.encode(withoutEndSpaces(prefix), true));
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
        all.push_back(tokenizer.encode(example.prompt + choice, true));
        if (endOfText && tokenizer.eos())
            all.back().push_back(*tokenizer.eos());
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
    result.tokens = tokenizer.encode(example.prompt + example.answer, true);
    result.answerStart = example.prompt.empty() ? static_cast<std::int64_t>(tokenizer.specialPrefix().size())
                                                : boundary(tokenizer, result.tokens, example.prompt);
    for (const auto& [begin, end] : example.earlierAnswers)
        result.answers.emplace_back(boundary(tokenizer, result.tokens, example.prompt.substr(0, begin)),
                                    boundary(tokenizer, result.tokens, example.prompt.substr(0, end)));
    const bool hasEnd = settings.endOfText && tokenizer.eos();
    if (hasEnd && (result.tokens.empty() || result.tokens.back() != *tokenizer.eos()))
        result.tokens.push_back(*tokenizer.eos());
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

std::vector<std::int32_t> promptTokens(const Tokenizer& tokenizer, const std::string& prompt, std::int64_t maxLength)
{
    Tokens tokens = tokenizer.encode(withoutEndSpaces(prompt), true);
    if (maxLength > 0) {
        const auto special = static_cast<std::int64_t>(tokenizer.specialPrefix().size());
        cutFront(tokens, special, maxLength, static_cast<std::int64_t>(tokens.size()));
    }
    return tokens;
}

} // namespace hilo
