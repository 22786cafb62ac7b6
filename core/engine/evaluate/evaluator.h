// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/data/evaluation_data.h"
#include "engine/evaluate/evaluation_result.h"
#include "engine/model/decoder.h"
#include "tokenizer/tokenizer.h"

namespace hilo {

/// The label whose score is the highest: weights [labels, hidden] times hidden [hidden], in float32 whatever they are.
/// -1 when two share the highest score, or none is a number, because then nothing was chosen.
std::int64_t bestLabel(const torch::Tensor& weights, const torch::Tensor& hidden);

/// Scores a model, with or without an adapter (which must be in evaluation mode). Protocols: label-logit
/// compares the logits of the label tokens behind the prompt (as TUDB-Labs/MoE-PEFT evaluates), in float32;
/// gen-match-strict generates greedily and looks for the answer by the template's pattern (as MoLA does, 2402.08562).
/// Errors: examples without choices (label-logit), rows without a token before the answer; cancelled.
Result<EvaluationResult> evaluate(const Decoder& decoder, ModuleAdapter* adapter, const Tokenizer& tokenizer,
                                  const EvaluationData& data, const EvaluationSpec& spec,
                                  const Progress& progress = {});

} // namespace hilo
