// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/answer_tokens.h"

#include "data/row_tokens.h"
#include "tokenizer/utf8.h"

#include <algorithm>
#include <unordered_map>

namespace hilo {
namespace {

std::string answerInQuotes(const std::string& text)
{
    return "\"" + text + "\"";
}

/// Of an answer, as lm-evaluation-harness counts them for acc_norm: the space that parts it from the prompt is none of
/// them.
std::int64_t answerCharacters(const std::string& answer)
{
    const std::size_t begin = std::min(answer.find_first_not_of(' '), answer.size());
    return std::count_if(answer.begin() + static_cast<std::ptrdiff_t>(begin), answer.end(),
                         [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
}

} // namespace

Result<LabelTokens> labelTokens(const Tokenizer& tokenizer, const Example& example, bool endOfText)
{
    LabelTokens result;
    std::vector<std::vector<std::int32_t>> all;
    for (const std::string& choice : example.choices) {
        HILO_TRY(std::vector<std::int32_t> tokens, rowTokens(tokenizer, example.prompt + choice, example));
        if (endOfText)
            HILO_CHECK(addEnd(tokenizer, example, tokens));
        all.push_back(std::move(tokens));
    }
    result.position = static_cast<std::int64_t>(all.front().size());
    for (const auto& tokens : all)
        result.position = std::min(result.position, commonPrefix(all.front(), tokens));
    std::unordered_map<std::int32_t, std::size_t> seen;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (result.position >= static_cast<std::int64_t>(all[i].size())) {
            result.clash = "the answer " + answerInQuotes(example.choices[i]) + " is the beginning of another one";
            return result;
        }
        const std::int32_t token = all[i][static_cast<std::size_t>(result.position)];
        const auto [other, isNew] = seen.emplace(token, i);
        if (!isNew) {
            result.clash = "the answers " + answerInQuotes(example.choices[other->second]) + " and " +
                           answerInQuotes(example.choices[i]) + " begin with the same token " +
                           answerInQuotes(tokenizer.tokenText(token));
            return result;
        }
        result.tokens.push_back(token);
    }
    return result;
}

Result<std::vector<ChoiceTokens>> choiceTokens(const Tokenizer& tokenizer, const Example& example,
                                               std::int64_t maxLength)
{
    const std::string context = example.prompt.substr(0, example.prompt.size() - utf8::spacesAtEnd(example.prompt));
    HILO_TRY(const std::vector<std::int32_t> prompt, rowTokens(tokenizer, context, example));
    std::vector<ChoiceTokens> result;
    std::int64_t longest = 0;
    for (const std::string& choice : example.choices) {
        ChoiceTokens one;
        HILO_TRY(one.tokens, rowTokens(tokenizer, example.prompt + choice, example));
        const auto size = static_cast<std::int64_t>(one.tokens.size());
        one.start = std::min(static_cast<std::int64_t>(prompt.size()), size);
        one.characters = answerCharacters(choice);
        longest = std::max(longest, size);
        result.push_back(std::move(one));
    }
    const auto special = static_cast<std::int64_t>(tokenizer.specialPrefix().size());
    const std::int64_t dropped = maxLength > 0 ? std::max<std::int64_t>(0, longest - maxLength) : 0;
    for (ChoiceTokens& one : result) {
        const std::int64_t own = std::clamp<std::int64_t>(dropped, 0, std::max<std::int64_t>(0, one.start - special));
        one.tokens.erase(one.tokens.begin() + special, one.tokens.begin() + special + own);
        one.start -= own;
        if (maxLength > 0 && static_cast<std::int64_t>(one.tokens.size()) > maxLength)
            one.start = static_cast<std::int64_t>(one.tokens.size());
    }
    return result;
}

} // namespace hilo
