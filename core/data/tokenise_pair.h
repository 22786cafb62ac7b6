// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/tokenise.h"

namespace hilo {

/// An example with a rejected answer as two rows of tokens: the chosen one, and in its `rejected` the other. Both keep
/// the same tokens of the prompt: what the longer one must drop of it to fit into maxLength the shorter one drops, too,
/// because answers to different prompts say nothing of one another. Errors: as tokenise().
Result<TokenisedExample> tokenisePair(const Tokenizer& tokenizer, const Example& example,
                                      const TokeniseSettings& settings);

} // namespace hilo
