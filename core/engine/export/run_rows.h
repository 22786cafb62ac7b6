// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/run_data.h"
#include "engine/data/training_batch.h"
#include "engine/export/export_job.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace hilo {

/// The data of each task of an exported run.
using TaskData = std::vector<std::pair<TaskSpec, RunData>>;

/// Wrong usage: the export did not start from a run, so there is no data.
Result<TaskData> openTaskData(const ExportJob& job);
/// The training rows of all tasks, one behind the other.
Result<TokenRows> trainingRows(const ExportJob& job, TaskData& tasks);

/// At most count row numbers (0: all), spread over all.
std::vector<std::int64_t> spreadRows(std::size_t all, std::int64_t count);

/// Gives the rows to use in batches. Cancelled.
template <class Use>
Status forEachBatch(const TokenRows& examples, const std::vector<std::int64_t>& rows, const Progress& progress,
                    const char* what, Use use)
{
    constexpr std::size_t rowsAtOnce = 16;
    for (std::size_t begin = 0; begin < rows.size(); begin += rowsAtOnce) {
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({what, static_cast<std::int64_t>(begin), static_cast<std::int64_t>(rows.size()), {}});
        const auto part = std::span(rows).subspan(begin, std::min(rowsAtOnce, rows.size() - begin));
        use(makeTrainingBatch(examples, part, LossOn::Answer));
    }
    return {};
}

} // namespace hilo
