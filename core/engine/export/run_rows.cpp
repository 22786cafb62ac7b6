// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/run_rows.h"

namespace hilo {

Result<TaskData> openTaskData(const ExportJob& job)
{
    if (!job.source.run)
        return failure(wrongUsage("A static approximation needs the run's data, and this is an adapter's folder.",
                                  "give the run's folder"));
    HILO_TRY(const auto tokenizer, Tokenizer::load(job.source.modelPath));
    TaskData tasks;
    for (const TaskSpec& task : job.source.run->tasks) {
        HILO_TRY(RunData data, RunData::load(tokenizer, task.data, job.progress));
        tasks.emplace_back(task, std::move(data));
    }
    return tasks;
}

Result<TokenRows> trainingRows(const ExportJob& job, TaskData& tasks)
{
    TokenRows examples;
    for (auto& [task, data] : tasks) {
        HILO_TRY(TokenRows rows,
                 data.training("train", job.source.run->training.maxLength, job.progress, LossOn::Answer, task.limit));
        examples.append(std::move(rows));
    }
    if (examples.empty())
        return failure(
            badInput(job.source.run->tasks.front().data.path, {}, "There are no training rows to calibrate with."));
    return examples;
}

std::vector<std::int64_t> spreadRows(std::size_t all, std::int64_t count)
{
    const auto available = static_cast<std::int64_t>(all);
    const std::int64_t taken = count > 0 ? std::min(count, available) : available;
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 0; i < taken; ++i)
        rows.push_back(i * available / taken);
    return rows;
}

} // namespace hilo
