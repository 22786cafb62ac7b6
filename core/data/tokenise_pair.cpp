// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tokenise_pair.h"

#include <algorithm>

namespace hilo {

Result<TokenisedExample> tokenisePair(const Tokenizer& tokenizer, const Example& example,
                                      const TokeniseSettings& settings)
{
    const Example& other = example.rejected.front();
    TokeniseSettings whole = settings;
    whole.maxLength = 0;
    HILO_TRY(TokenisedExample chosen, tokenise(tokenizer, example, whole));
    HILO_TRY(TokenisedExample rejected, tokenise(tokenizer, other, whole));
    const auto sizeOf = [](const TokenisedExample& row) { return static_cast<std::int64_t>(row.tokens.size()); };
    const std::int64_t longest = std::max(sizeOf(chosen), sizeOf(rejected));
    if (settings.maxLength > 0 && longest > settings.maxLength) {
        const std::int64_t dropped = longest - settings.maxLength;
        TokeniseSettings cut = settings;
        cut.maxLength = std::max<std::int64_t>(1, sizeOf(chosen) - dropped);
        HILO_TRY(chosen, tokenise(tokenizer, example, cut));
        cut.maxLength = std::max<std::int64_t>(1, sizeOf(rejected) - dropped);
        HILO_TRY(rejected, tokenise(tokenizer, other, cut));
    }
    chosen.rejected.push_back(std::move(rejected));
    return chosen;
}

} // namespace hilo
