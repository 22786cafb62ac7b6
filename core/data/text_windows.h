// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/tokenise.h"

#include <vector>

namespace hilo {

/// Texts without a prompt, of which all is learnt (continued pretraining), go through whole: one that is longer than a
/// row may be becomes several rows, its windows. Any other row that is too long is cut, because an answer without its
/// prompt would teach something else.

/// Whether the row is a text alone.
bool isTextAlone(const Example& example);

/// Tokens of a text that each window behind the first one adds. A window has maxLength tokens at most: the special
/// prefix and as many tokens of the text as fit behind it; without a special prefix the last token of the window before
/// stands in its place, so that every token of the text is predicted once. 0 where maxLength leaves no room.
std::int64_t windowStep(std::int64_t special, std::int64_t maxLength);

/// How many windows a text of so many tokens, the special prefix among them, has. 1 where it fits into one.
std::int64_t windowCount(std::int64_t tokens, std::int64_t special, std::int64_t maxLength);

/// tokenise() for what a row is needed for: the windows of a text that is too long; of a pair whose preference is
/// learnt one row of both; else one row, cut where it is too long.
Result<std::vector<TokenisedExample>> tokeniseFor(const Tokenizer& tokenizer, const Example& example,
                                                  const TokeniseSettings& settings);

} // namespace hilo
