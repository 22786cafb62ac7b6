// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tokenise.h"

#include "data/row_place.h"
#include "data/row_tokens.h"
#include "data/text_windows.h"

#include <algorithm>

namespace hilo {
namespace {

using Tokens = std::vector<std::int32_t>;

std::string withoutEndSpaces(const std::string& text)
{
    const auto last = text.find_last_not_of(' ');
    return last == std::string::npos ? std::string() : text.substr(0, last + 1);
}

/// A place between two bytes of a text, among the tokens of the whole text.
struct TokenPlace
{
    std::int64_t reaching = 0; ///< the first token that reaches beyond the place
    std::int64_t behind = 0;   ///< the first token that begins at the place or behind it
};

/// The place behind a prefix of the text. Where the prefix's own tokens leave those of the whole, both spell the same
/// letters, so that lengths of spellings tell which tokens of the whole lie across the place.
Result<TokenPlace> placeBehind(const Tokenizer& tokenizer, const Tokens& whole, const std::string& prefix,
                               const Example& example)
{
    HILO_TRY(const Tokens tokens, rowTokens(tokenizer, prefix, example));
    const auto lengthOf = [&](std::int32_t id) { return tokenizer.tokenText(id).size(); };
    TokenPlace place;
    place.reaching = commonPrefix(whole, tokens);
    std::size_t left = 0;
    for (std::size_t i = static_cast<std::size_t>(place.reaching); i < tokens.size(); ++i)
        left += lengthOf(tokens[i]);
    const auto count = static_cast<std::int64_t>(whole.size());
    const auto length = [&](std::int64_t at) { return lengthOf(whole[static_cast<std::size_t>(at)]); };
    while (left > 0 && place.reaching < count && length(place.reaching) <= left)
        left -= length(place.reaching++);
    place.behind = place.reaching + (left > 0 && place.reaching < count ? 1 : 0);
    return place;
}

/// Where the tokens of a prefix of the text end among the tokens of the whole.
Result<std::int64_t> boundary(const Tokenizer& tokenizer, const Tokens& whole, const std::string& prefix,
                              const Example& example)
{
    HILO_TRY(const Tokens tokens, rowTokens(tokenizer, withoutEndSpaces(prefix), example));
    return commonPrefix(whole, tokens);
}

/// Drops tokens behind the special prefix and before keptFrom so that at most limit are left, then the end; returns how
/// many of the first kind.
std::int64_t cutTokens(Tokens& tokens, std::int64_t special, std::int64_t limit, std::int64_t keptFrom)
{
    const auto tooMany = static_cast<std::int64_t>(tokens.size()) - limit;
    const std::int64_t dropped = std::clamp<std::int64_t>(tooMany, 0, std::max<std::int64_t>(0, keptFrom - special));
    tokens.erase(tokens.begin() + special, tokens.begin() + special + dropped);
    if (static_cast<std::int64_t>(tokens.size()) > limit)
        tokens.resize(static_cast<std::size_t>(limit));
    return dropped;
}

/// Makes the row at most limit tokens long.
void cutRow(TokenisedExample& row, std::int64_t limit)
{
    row.truncated = true;
    const std::int64_t keptFrom =
        row.labelTokens.empty() ? row.answerStart : std::min(row.answerStart, row.labelPosition);
    const std::int64_t special = std::min(row.special, keptFrom);
    row.special = special;
    const std::int64_t dropped = cutTokens(row.tokens, special, limit, keptFrom);
    const auto size = static_cast<std::int64_t>(row.tokens.size());
    row.dropped = dropped;
    row.promptLost = keptFrom > special && dropped >= keptFrom - special;
    row.answerStart = std::min(size, row.answerStart - dropped);
    row.labelPosition -= row.labelTokens.empty() ? 0 : dropped;
    for (auto& [begin, end] : row.answers) {
        begin = std::clamp(begin - dropped, special, std::max(special, size));
        end = std::clamp(end - dropped, special, std::max(special, size));
    }
    std::erase_if(row.answers, [](const auto& range) { return range.first >= range.second; });
}

Status addLabels(const Tokenizer& tokenizer, const Example& example, bool endOfText, TokenisedExample& result)
{
    HILO_TRY(LabelTokens labels, labelTokens(tokenizer, example, endOfText));
    if (!labels.clash.empty())
        return failure(badInput(example.file, placeText(example.line), labels.clash,
                                "label-logit compares first tokens: use the protocol choice-likelihood, which "
                                "compares whole answers, or rename a label"));
    result.labelPosition = labels.position;
    result.labelTokens = std::move(labels.tokens);
    return {};
}

/// What a model's chat template wrote.
Result<TokenisedExample> tokeniseWhole(const Tokenizer& tokenizer, const Example& example, std::int64_t maxLength)
{
    TokenisedExample result;
    result.correct = example.correct;
    const std::string text = example.prompt + example.answer + example.rest;
    HILO_TRY(result.tokens, rowTokens(tokenizer, text, example));
    const Tokens& prefix = tokenizer.specialPrefix();
    if (result.tokens.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), result.tokens.begin()))
        result.special = static_cast<std::int64_t>(prefix.size());
    else if (!result.tokens.empty() && tokenizer.bos() == result.tokens.front())
        result.special = 1;
    auto answers = example.earlierAnswers;
    answers.emplace_back(example.prompt.size(), example.prompt.size() + example.answer.size());
    for (const auto& [begin, end] : answers) {
        HILO_TRY(const TokenPlace from, placeBehind(tokenizer, result.tokens, text.substr(0, begin), example));
        HILO_TRY(const TokenPlace to, placeBehind(tokenizer, result.tokens, text.substr(0, end), example));
        // A token that holds the end of one answer and the beginning of the next one is the former's.
        const std::int64_t first = std::max(from.reaching, result.answers.empty() ? 0 : result.answers.back().second);
        if (first < to.behind)
            result.answers.emplace_back(first, to.behind);
        result.answerStart = first;
    }
    if (maxLength > 0 && static_cast<std::int64_t>(result.tokens.size()) > maxLength) {
        // What is not learnt behind the last answer goes first.
        const std::int64_t end = result.answers.empty() ? maxLength : result.answers.back().second;
        result.tokens.resize(
            static_cast<std::size_t>(std::clamp(end, maxLength, static_cast<std::int64_t>(result.tokens.size()))));
        cutRow(result, maxLength);
    }
    return result;
}

} // namespace

Result<TokenisedExample> tokenise(const Tokenizer& tokenizer, const Example& example, const TokeniseSettings& settings)
{
    if (example.isWhole) {
        HILO_TRY(TokenisedExample whole, tokeniseWhole(tokenizer, example, settings.maxLength));
        whole.isGood = example.isGood;
        return whole;
    }
    TokenisedExample result;
    result.correct = example.correct;
    result.isGood = example.isGood;
    HILO_TRY(result.tokens, rowTokens(tokenizer, example.prompt + example.answer, example));
    const auto boundaryOf = [&](const std::string& prefix) {
        return boundary(tokenizer, result.tokens, prefix, example);
    };
    result.special = static_cast<std::int64_t>(tokenizer.specialPrefix().size());
    result.answerStart = result.special;
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
    if (settings.use == RowUse::CompareLabels && !example.choices.empty())
        HILO_CHECK(addLabels(tokenizer, example, hasEnd, result));
    if (settings.use == RowUse::CompareChoices) {
        HILO_TRY(result.choices, choiceTokens(tokenizer, example, settings.maxLength));
    }

    if (settings.maxLength > 0 && static_cast<std::int64_t>(result.tokens.size()) > settings.maxLength)
        cutRow(result, settings.maxLength);
    if (const auto size = static_cast<std::int64_t>(result.tokens.size()); result.answerStart < size)
        result.answers.emplace_back(result.answerStart, size);
    return result;
}

std::string whyUnusable(const TokenisedExample& row, const TokeniseSettings& settings)
{
    const auto size = static_cast<std::int64_t>(row.tokens.size());
    const std::string within = " within max_length " + std::to_string(settings.maxLength);
    const std::string promptLost = "the answer takes all the room, nothing of the prompt is left" + within;
    switch (settings.use) {
    case RowUse::Measure:
        return {};
    case RowUse::LearnText:
        return size >= 2       ? ""
               : row.truncated ? "nothing to predict is left" + within
                               : "the row is blank: there is no token to predict";
    case RowUse::LearnAnswer:
        // The end of an answer without what was asked teaches to answer nothing.
        if (row.promptLost)
            return promptLost;
        // The first token of a row has nothing before it that could predict it.
        if (std::any_of(row.answers.begin(), row.answers.end(), [](const auto& range) { return range.second > 1; }))
            return {};
        return row.truncated ? "nothing of the answer is left" + within
                             : "the row is blank: there is no token of an answer to predict";
    case RowUse::Prefer: {
        const auto hasAnswer = [](const TokenisedExample& one) {
            return std::any_of(one.answers.begin(), one.answers.end(),
                               [](const auto& range) { return range.second > 1; });
        };
        const auto isWhole = [](const TokenisedExample& one) { return !one.promptLost; };
        if (!isWhole(row) || !std::all_of(row.rejected.begin(), row.rejected.end(), isWhole))
            return promptLost;
        if (hasAnswer(row) && std::all_of(row.rejected.begin(), row.rejected.end(), hasAnswer))
            return {};
        return row.truncated ? "nothing of an answer is left" + within : "there is no token of an answer to predict";
    }
    case RowUse::CompareLabels:
        if (row.labelPosition < 1 && !row.labelTokens.empty())
            return row.truncated ? promptLost : "the prompt is blank: no token stands before the answers";
        if (row.labelPosition > size)
            return "the place where the answers differ does not fit" + within;
        return row.promptLost ? promptLost : "";
    case RowUse::CompareChoices:
        for (const ChoiceTokens& choice : row.choices) {
            if (choice.start < 1)
                return row.truncated ? promptLost : "the prompt is blank: no token stands before the answers";
            if (choice.start >= static_cast<std::int64_t>(choice.tokens.size()))
                return row.truncated ? promptLost : "an answer has no token of its own";
        }
        return row.promptLost ? promptLost : "";
    case RowUse::Generate:
        if (row.promptLost)
            return promptLost;
        return row.answerStart < 1 ? "the prompt is blank: there is no token to go on from" : "";
    }
    return {};
}

Error noRowToUse(const std::string& split, const RejectedRow& first)
{
    return badInput(first.file, placeText(first.line),
                    "no row of the split \"" + split + "\" can be used: " + first.reason,
                    "raise max_length, or look at the template and its fields");
}

Result<TokenisedRows> tokeniseAll(const Tokenizer& tokenizer, const std::vector<Example>& examples,
                                  const TokeniseSettings& settings, const Progress& progress)
{
    TokenisedRows result;
    result.rows.reserve(examples.size());
    for (std::size_t i = 0; i < examples.size(); ++i) {
        HILO_TRY(std::vector<TokenisedExample> parts, tokeniseFor(tokenizer, examples[i], settings));
        // Windows have something to predict each.
        if (std::string reason = whyUnusable(parts.front(), settings); reason.empty()) {
            result.inWindows += parts.size() > 1;
            result.examples.insert(result.examples.end(), parts.size(), i);
            std::move(parts.begin(), parts.end(), std::back_inserter(result.rows));
        } else {
            result.rejected.push_back({examples[i].file, examples[i].line, std::move(reason)});
        }
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report(
            {"Tokenising", static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(examples.size()), {}});
    }
    return result;
}

} // namespace hilo
