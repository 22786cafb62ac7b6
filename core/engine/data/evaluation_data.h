// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/prompt_template.h"
#include "data/tokenise.h"
#include "run/run_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// The rows that a model is scored on, ready for it.
struct EvaluationData
{
    std::string split;
    Protocol protocol = Protocol::Loss; ///< that they were made for; never Auto
    TemplateKind kind = TemplateKind::Text;
    std::vector<Example> examples;
    std::vector<TokenisedExample> tokenised; ///< of the same examples
    std::int64_t rejected = 0;               ///< rows of the split that could not be used
    std::optional<AnswerMatcher> matcher;    ///< gen-match-strict only
    std::string answerEnd;                   ///< what stands behind an answer and is none of it (<|im_end|>)
};

/// What rows are needed for by a protocol; not Auto.
RowUse rowUseOf(Protocol protocol, LossOn lossOn);

} // namespace hilo
