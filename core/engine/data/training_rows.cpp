// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/training_rows.h"

#include "engine/data/run_data.h"

namespace hilo {

TaskMixture mixtureOf(const RunSpec& spec, const std::vector<std::int64_t>& rows)
{
    std::vector<MixedTask> tasks;
    for (std::size_t task = 0; task < rows.size(); ++task)
        tasks.push_back({rows[task], spec.tasks[task].weight});
    return {spec.training.mixing, spec.training.mixingTemperature, std::move(tasks)};
}

Result<TrainingRows> readTrainingRows(const std::shared_ptr<const Tokenizer>& tokenizer, const RunSpec& spec,
                                      std::int64_t maxLength, const Progress& progress)
{
    TrainingRows all;
    std::vector<std::int64_t> counts;
    for (const TaskSpec& task : spec.tasks) {
        HILO_TRY(RunData data, RunData::load(tokenizer, task.data, progress));
        HILO_TRY(TokenRows rows, data.training("train", maxLength, progress, spec.training.lossOn, task.limit));
        counts.push_back(static_cast<std::int64_t>(rows.size()));
        all.examples.append(std::move(rows));
    }
    all.mixture = mixtureOf(spec, counts);
    return all;
}

} // namespace hilo
