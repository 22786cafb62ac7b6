// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/dataset.h"
#include "engine/evaluate/evaluation_result.h"
#include "engine/load/model_choice.h"
#include "objectives/objective.h"
#include "run/run_spec.h"

#include <optional>
#include <vector>

namespace hilo {

/// What `hilo evaluate` needs to know.
struct EvaluateRequest : ModelChoice
{
    DataSpec data;
    EvaluationSpec evaluation;
    std::int64_t maxLength = 1024;
    bool isSplitGiven = false; ///< else the validation split stands in for a test split that is not there
    bool compareBase = false;  ///< measure the model without its adapter, too
    /// What preferences are measured by; "auto": dpo for pairs and kto for judged answers, with their defaults.
    std::string objective = "auto";
    ObjectiveSettings objectiveSettings;
    std::string startFrom; ///< of the run: its reference is this adapter, with which no preferences are measured here
};

struct ModelEvaluation : EvaluationResult
{
    std::string quantisation; ///< of the base that was scored: none, nf4, int8, fp8
    std::vector<RejectedRow> rejected;
    std::int64_t truncatedRows = 0;
    std::string objective; ///< that preferences were measured by; empty: there were none
    ObjectiveSettings objectiveSettings;
    std::optional<EvaluationResult> base; ///< of the same rows without the adapter, where that was asked for
};

Result<ModelEvaluation> evaluateModel(const EvaluateRequest& request, const Progress& progress);

} // namespace hilo
