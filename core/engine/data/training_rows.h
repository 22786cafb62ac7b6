// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/task_mixture.h"
#include "data/token_rows.h"
#include "run/run_spec.h"
#include "tokenizer/tokenizer.h"

#include <memory>
#include <vector>

namespace hilo {

/// What a run is trained on: the rows of its tasks, one behind the other.
struct TrainingRows
{
    TokenRows examples;
    TaskMixture mixture;
};

/// How a run's tasks share its epochs; rows: those of each task.
TaskMixture mixtureOf(const RunSpec& spec, const std::vector<std::int64_t>& rows);

/// The training rows of all tasks, as a run takes them. Errors as of RunData::training.
Result<TrainingRows> readTrainingRows(const std::shared_ptr<const Tokenizer>& tokenizer, const RunSpec& spec,
                                      std::int64_t maxLength, const Progress& progress = {});

} // namespace hilo
