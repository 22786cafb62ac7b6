// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/example.h"
#include "engine/evaluate/evaluation_result.h"
#include "engine/model/decoder.h"
#include "tokenizer/tokenizer.h"

#include <memory>
#include <vector>

namespace hilo {

/// The rows that a model is scored on, ready for it.
struct EvaluationData
{
    std::string split;
    std::vector<Example> examples;
    std::vector<TokenisedExample> tokenised; ///< of the same examples
    std::optional<AnswerMatcher> matcher;    ///< gen-match-strict only
};

/// Scores a model, with or without an adapter (which must be in evaluation mode). Protocols of methods section 4:
/// label-logit compares the logits of the label tokens behind the prompt; gen-match-strict generates greedily and looks
/// for the answer by the template's pattern. Errors: examples without choices (label-logit); cancelled.
Result<EvaluationResult> evaluate(const Decoder& decoder, ModuleAdapter* adapter, const Tokenizer& tokenizer,
                                  const EvaluationData& data, const EvaluationSpec& spec,
                                  const Progress& progress = {});

} // namespace hilo
