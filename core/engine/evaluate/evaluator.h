// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/data/evaluation_data.h"
#include "engine/evaluate/evaluation_result.h"
#include "engine/model/decoder.h"
#include "tokenizer/tokenizer.h"

namespace hilo {

/// Scores a model, with or without an adapter (which must be in evaluation mode), by the protocol that the rows were
/// made for; spec.protocol must be the same or auto. Under every protocol the loss of the answers' tokens (or of the
/// whole texts, spec.lossOn) is measured beside its metrics; see row_scorer.h for what each protocol does.
/// Errors: rows that the protocol cannot score, such as those without a token before the answer; numbers that are not
/// finite, with the weight that is to blame; cancelled.
Result<EvaluationResult> evaluate(const Decoder& decoder, ModuleAdapter* adapter, const Tokenizer& tokenizer,
                                  const EvaluationData& data, const EvaluationSpec& spec,
                                  const Progress& progress = {});

} // namespace hilo
