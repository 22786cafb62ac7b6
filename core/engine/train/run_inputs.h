// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/compute.h"
#include "engine/data/run_data.h"
#include "formats/model_source.h"

#include <optional>
#include <vector>

namespace hilo {

/// Everything that a run reads, checked and ready, before anything is written.
struct RunInputs
{
    RunSpec spec; ///< with the model's hash
    ModelSource model;
    std::shared_ptr<const Tokenizer> tokenizer;
    std::vector<TokenisedExample> training;
    std::int64_t trainingRows = 0;
    EvaluationData final;                     ///< what the end is scored on
    std::optional<EvaluationData> watching;   ///< what is scored on the way; nothing when spec.evaluation.every is 0
    std::vector<RejectedRow> rejected;        ///< rows that could not be used
    std::int64_t truncatedRows = 0;           ///< of those that are trained on
    std::int64_t truncatedEvaluationRows = 0; ///< of those that are scored, at the end and on the way
    std::string rowsSha256;                   ///< rowsHash() of training and final
};

Result<RunInputs> readRunInputs(RunSpec spec, const Progress& progress);

} // namespace hilo
