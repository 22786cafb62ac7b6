// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/prompt_template.h"
#include "data/tokenise.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// The rows that a model is scored on, ready for it.
struct EvaluationData
{
    std::string split;
    std::vector<Example> examples;
    std::vector<TokenisedExample> tokenised; ///< of the same examples
    std::int64_t rejected = 0;               ///< rows of the split that could not be used
    std::optional<AnswerMatcher> matcher;    ///< gen-match-strict only
};

} // namespace hilo
