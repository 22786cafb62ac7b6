// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/task_mixture.h"
#include "engine/base/compute.h"
#include "engine/data/run_data.h"
#include "formats/model_source.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What one task of a run is measured on.
struct TaskInputs
{
    std::string name;
    double weight = 1;
    EvaluationSpec evaluation; ///< the run's, with the task's own protocol, split of the result and longest answer
    std::int64_t trainingRows = 0;
    /// Of evaluation.split: the run's result; nothing where there is no such split.
    std::optional<EvaluationData> final;
    std::optional<EvaluationData> watching; ///< what is scored on the way, and at the end where there is no `final`
    std::string notMeasured;                ///< why there is no result; empty where there is one
    bool hasOwnValidation = true; ///< false for a benchmark whose result is of its validation split: nothing selects

    /// What is watched may decide which weights are kept: it is not what the result is of.
    bool watchesValidation() const { return hasOwnValidation && watching && watching->split == "validation"; }
    /// It has the metric that evaluation.metric names.
    bool takesPartInSelection() const;
};

/// Everything that a run reads, checked and ready, before anything is written.
struct RunInputs
{
    RunSpec spec; ///< with the model's hash, and every task's name
    ModelSource model;
    std::shared_ptr<const Tokenizer> tokenizer;
    TokenRows training; ///< of all tasks, one behind the other
    std::int64_t trainingRows = 0;
    TaskMixture mixture;
    std::vector<TaskInputs> tasks;            ///< as in spec
    std::vector<RejectedRow> rejected;        ///< rows that could not be used
    std::int64_t truncatedRows = 0;           ///< of those that are trained on
    std::int64_t truncatedEvaluationRows = 0; ///< of those that are scored, at the end and on the way
    std::int64_t rowsBeyondPositions = 0;     ///< of both, longer than the model was made for (tellLongRows)
    std::string rowsSha256; ///< rowsHash() of what is trained on, of the result's rows, and of those that select
};

/// Errors beside those of reading: rows that a task's protocol cannot score; a selection that nothing could be selected
/// by. A split that is not there is none: it is logged, and said in notMeasured.
Result<RunInputs> readRunInputs(RunSpec spec, const Progress& progress);

} // namespace hilo
