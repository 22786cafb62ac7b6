// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/text_windows.h"

#include "data/tokenise_pair.h"

#include <algorithm>

namespace hilo {
namespace {

bool learnsText(RowUse use)
{
    return use == RowUse::LearnAnswer || use == RowUse::LearnText;
}

/// The windows of a text, of which the row has all tokens.
std::vector<TokenisedExample> windowsOf(const TokenisedExample& whole, std::int64_t maxLength)
{
    const auto count = static_cast<std::int64_t>(whole.tokens.size());
    const auto prefix = whole.tokens.begin();
    std::vector<TokenisedExample> windows;
    for (std::int64_t begin = 0; begin < count;) {
        const std::int64_t end =
            std::min(count, begin + (begin == 0 ? maxLength : windowStep(whole.special, maxLength)));
        TokenisedExample window;
        window.special = whole.special;
        window.answerStart = whole.special;
        if (begin > 0 && whole.special > 0)
            window.tokens.assign(prefix, prefix + whole.special);
        else if (begin > 0)
            window.tokens.push_back(whole.tokens[static_cast<std::size_t>(begin) - 1]);
        window.tokens.insert(window.tokens.end(), prefix + begin, prefix + end);
        window.answers.emplace_back(window.answerStart, static_cast<std::int64_t>(window.tokens.size()));
        windows.push_back(std::move(window));
        begin = end;
    }
    return windows;
}

} // namespace

bool isTextAlone(const Example& example)
{
    return example.prompt.empty() && example.rest.empty() && !example.isWhole && example.choices.empty() &&
           example.rejected.empty() && !example.isGood;
}

std::int64_t windowStep(std::int64_t special, std::int64_t maxLength)
{
    return std::max<std::int64_t>(0, maxLength - std::max<std::int64_t>(1, special));
}

std::int64_t windowCount(std::int64_t tokens, std::int64_t special, std::int64_t maxLength)
{
    const std::int64_t step = windowStep(special, maxLength);
    return tokens <= maxLength || step == 0 ? 1 : 1 + (tokens - maxLength + step - 1) / step;
}

Result<std::vector<TokenisedExample>> tokeniseFor(const Tokenizer& tokenizer, const Example& example,
                                                  const TokeniseSettings& settings)
{
    if (!example.rejected.empty() && settings.use == RowUse::Prefer) {
        HILO_TRY(TokenisedExample pair, tokenisePair(tokenizer, example, settings));
        return std::vector<TokenisedExample>{std::move(pair)};
    }
    const auto special = static_cast<std::int64_t>(tokenizer.specialPrefix().size());
    const bool mayHaveWindows = settings.maxLength > 0 && learnsText(settings.use) && isTextAlone(example) &&
                                windowStep(special, settings.maxLength) > 0;
    TokeniseSettings own = settings;
    if (mayHaveWindows)
        own.maxLength = 0;
    HILO_TRY(TokenisedExample row, tokenise(tokenizer, example, own));
    if (mayHaveWindows && static_cast<std::int64_t>(row.tokens.size()) > settings.maxLength)
        return windowsOf(row, settings.maxLength);
    return std::vector<TokenisedExample>{std::move(row)};
}

} // namespace hilo
