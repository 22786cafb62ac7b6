// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/data/evaluation_data.h"
#include "engine/evaluate/evaluation_result.h"
#include "engine/model/decoder.h"
#include "tokenizer/tokenizer.h"

namespace hilo {

/// Scores a model, with or without an adapter (which must be in evaluation mode). Protocols: label-logit
/// compares the logits of the label tokens behind the prompt (as TUDB-Labs/MoE-PEFT evaluates); gen-match-strict
/// generates greedily and looks for the answer by the template's pattern (as MoLA does, 2402.08562). Errors: examples
/// without choices (label-logit); cancelled.
Result<EvaluationResult> evaluate(const Decoder& decoder, ModuleAdapter* adapter, const Tokenizer& tokenizer,
                                  const EvaluationData& data, const EvaluationSpec& spec,
                                  const Progress& progress = {});

} // namespace hilo
