// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/validation_value.h"

#include "metrics/metric.h"
#include "run/objective_spec.h"
#include "run/score_values.h"

#include <map>

namespace hilo {

std::string validationMetric(const RunSpec& spec)
{
    if (spec.evaluation.metric != "auto")
        return spec.evaluation.metric;
    // An objective that is auto, too, is known by the rows alone; they decide when there is no such loss.
    const bool prefers = spec.training.objective != "auto" && objectiveOf(spec.training).rows != ObjectiveRows::Answers;
    return prefers ? "preference_loss" : "loss";
}

bool hasOwnValidation(const TaskSpec& task)
{
    return task.scoredSplit != "validation";
}

Result<ValidationValues> ValidationValues::of(const Study& study, RunReader& reader)
{
    ValidationValues values(study, reader);
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
    for (const RunSummary& run : runs)
        if (!run.queuePosition && (run.state == "finished" || run.state == "failed" || run.state == "archived"))
            values.over_.insert(run.id);
    return values;
}

Result<std::optional<double>> ValidationValues::valueOf(const StudyRun& run)
{
    const RunSpec& spec = study_->spec;
    const std::string metric = validationMetric(spec);
    HILO_TRY(const std::vector<RunEvaluation> evaluations, reader_->evaluations(run.run));
    std::map<std::string, double> byTask;
    for (const RunEvaluation& evaluation : evaluations) {
        if (evaluation.split != "validation")
            continue;
        const TaskSpec* task = run.task ? &spec.tasks[*run.task] : nullptr;
        for (const TaskSpec& one : spec.tasks)
            if (!run.task && nameOfTask(one) == evaluation.task)
                task = &one;
        if (!task || !hasOwnValidation(*task))
            continue;
        if (const auto value = hilo::valueOf(evaluation.score, metric))
            byTask[nameOfTask(*task)] = value->value;
    }
    if (byTask.empty())
        return std::optional<double>();
    double sum = 0;
    for (const auto& [task, value] : byTask)
        sum += value;
    return std::optional(sum / static_cast<double>(byTask.size()));
}

Result<std::optional<double>> ValidationValues::meanOf(const std::vector<const StudyRun*>& runs)
{
    double sum = 0;
    int count = 0;
    for (const StudyRun* run : runs) {
        HILO_TRY(const std::optional<double> value, valueOf(*run));
        if (value) {
            sum += *value;
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

bool ValidationValues::isBetter(double value, double other) const
{
    const Metric* metric = findMetric(validationMetric(study_->spec));
    return metric ? metric->isBetter(value, other) : value < other;
}

} // namespace hilo
