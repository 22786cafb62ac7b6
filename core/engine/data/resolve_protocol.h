// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/example.h"
#include "data/prompt_template.h"
#include "run/run_spec.h"
#include "tokenizer/tokenizer.h"

#include <vector>

namespace hilo {

/// The place of errors of resolveProtocol().
inline constexpr const char* protocolKey = "evaluation.protocol";

/// The protocol that rows of a template are scored by. Auto becomes label-logit where the rows have choices that one
/// token tells apart, in every row; choice-likelihood where it does not; loss where they have no choices. Any other one
/// stays. Errors, in the words of a run spec's reader: a protocol that cannot score such rows, with those that can;
/// texts that cannot be tokenised.
Result<Protocol> resolveProtocol(Protocol asked, const PromptTemplate& promptTemplate,
                                 const std::vector<Example>& examples, const Tokenizer& tokenizer);

} // namespace hilo
