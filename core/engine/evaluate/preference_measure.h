// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/data/evaluation_data.h"
#include "engine/evaluate/evaluation_result.h"
#include "engine/model/decoder.h"
#include "objectives/objective.h"

namespace hilo {

/// Adds to the result of rows of preferences what an objective makes of them: preference_loss and reward_margin, and of
/// pairs reward_accuracy with its interval. The margin of judged answers is that between the means of good and bad
/// ones, absent where one kind is missing; their divergence is taken as 0. reference: nullptr for the base alone. Both
/// adapters are in evaluation mode. Errors: a log-probability that is not finite, cancelled.
Status measurePreferences(const Decoder& decoder, ModuleAdapter* adapter, ModuleAdapter* reference,
                          const EvaluationData& data, const Objective& objective, const ObjectiveSettings& settings,
                          std::int64_t batchSize, const Progress& progress, EvaluationResult& result);

/// Whether there are rows, and all are answers that somebody judged, each of them good (isGood) or each of them bad.
bool areJudgedAlike(const std::vector<TokenisedExample>& rows, bool isGood);

/// Why something is not measured on such rows, and what to do. what: "the loss is one of good answers".
std::string whyJudgedAlike(const std::vector<TokenisedExample>& rows, const std::string& what);

} // namespace hilo
