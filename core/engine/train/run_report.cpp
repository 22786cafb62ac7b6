// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/run_report.h"

#include "base/text_format.h"
#include "base/version.h"
#include "engine/train/local_ranks.h"
#include "formats/expected_tensors.h"
#include "formats/module_grid.h"

namespace hilo {
namespace {

/// The mean of a metric over the tasks that have it.
std::optional<double> meanOf(const std::vector<TaskResult>& results, const std::string& metric)
{
    double sum = 0;
    int count = 0;
    for (const TaskResult& one : results)
        if (const auto value = one.result.valueOf(metric)) {
            sum += *value;
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

} // namespace

Json notMeasured(const RunInputs& inputs)
{
    Json missing = Json::object();
    for (const TaskInputs& task : inputs.tasks)
        if (!task.notMeasured.empty())
            missing[task.name] = task.notMeasured;
    return missing;
}

Json loadsAsJson(const std::vector<ExpertLoad>& loads, const std::vector<std::string>& columns)
{
    Json modules = Json::array();
    for (const ExpertLoad& load : loads)
        modules.push_back({{"layer", load.layer},
                           {"module", columns[static_cast<std::size_t>(load.module)]},
                           {"load", load.load},
                           {"weight", load.weight}});
    return modules;
}

std::string describedResult(const EvaluationResult& result)
{
    std::string text;
    for (const char* name : {"loss", "accuracy"})
        if (const auto value = result.valueOf(name))
            text += (text.empty() ? "" : ", ") + printed("%s %.4f", name, *value);
    return text;
}

Json startedFields(const RunInputs& inputs, const Compute& compute, const ParameterCount& parameters,
                   std::int64_t processes)
{
    const ModelConfig& config = inputs.model.config;
    Json fields = {{"model", config.architecture},
                   {"model_sha256", inputs.spec.modelSha256},
                   {"map", inputs.spec.map.name},
                   {"base_parameters", parameterCount(config)},
                   {"trainable_parameters", parameters.trainable()},
                   {"active_parameters", parameters.active},
                   {"device", compute.device},
                   {"dtype", compute.dtype},
                   {"quantisation", inputs.spec.training.quantisation},
                   {"processes", processes},
                   {"threads", compute.threads},
                   {"peak_flops", compute.peakFlops},
                   {"training_rows", inputs.trainingRows},
                   {"rejected_rows", inputs.rejected.size()},
                   {"truncated_rows", inputs.truncatedRows},
                   {"truncated_evaluation_rows", inputs.truncatedEvaluationRows},
                   {"rows_beyond_positions", inputs.rowsBeyondPositions},
                   {"rows_sha256", inputs.rowsSha256},
                   {"version", programVersion()},
                   {"libtorch", torchVersion()}};
    if (const std::string devices = devicesOfRanks(); !devices.empty())
        fields["devices"] = devices;
    if (inputs.tasks.size() > 1) {
        fields["tasks"] = Json::object();
        for (std::size_t i = 0; i < inputs.tasks.size(); ++i)
            fields["tasks"][inputs.tasks[i].name] = {{"training_rows", inputs.tasks[i].trainingRows},
                                                     {"rows_of_epoch", inputs.mixture.rowsOfEpoch()[i]}};
    }
    if (const Json missing = notMeasured(inputs); !missing.empty())
        fields["not_measured"] = missing;
    return fields;
}

Json reallocationFields(const Reallocated& moved, const ParameterCount& count)
{
    Json fields = {{"moved", moved.moved},
                   {"trainable_parameters", count.trainable()},
                   {"active_parameters", count.active},
                   {"map", toJson(moved.map)}};
    fields.update(moved.details);
    return fields;
}

Json finishedFields(const RunOutcome& outcome, const RunInputs& inputs, const BestSoFar& best)
{
    Json fields = {{"step", outcome.step}};
    for (const char* metric : {"loss", "accuracy"})
        if (const auto mean = meanOf(outcome.results, metric))
            fields[metric] = *mean;
    Json tasks = Json::object();
    for (const TaskResult& one : outcome.results) {
        tasks[one.task] = toJson(one.result);
        tasks[one.task].erase("task");
    }
    if (inputs.tasks.size() == 1 && !outcome.results.empty()) {
        const Json& only = tasks.begin().value();
        for (const char* key : {"interval", "correct", "total", "unparsable", "majority_floor", "perplexity"})
            if (only.contains(key))
                fields[key] = only[key];
    }
    fields["tasks"] = std::move(tasks);
    const bool isBest = inputs.spec.training.select == Selection::Best && best.bestStep().has_value();
    const bool isAverage = inputs.spec.training.variants.averages();
    fields["selected"] = isAverage ? "average" : isBest ? "best" : "last";
    fields["selected_step"] = outcome.selectedStep;
    if (isAverage)
        fields["averaged_steps"] = averagedSteps(inputs.spec.training, outcome.step);
    if (isBest) {
        fields["metric"] = inputs.spec.evaluation.metric;
        fields["value"] = *best.bestValue();
    }
    if (outcome.stoppedEarly)
        fields["stopped_early"] = true;
    if (const Json missing = notMeasured(inputs); !missing.empty())
        fields["not_measured"] = missing;
    if (inputs.spec.training.reallocation.moves())
        fields["map"] = toJson(outcome.map);
    fields["trainable_parameters"] = outcome.parameters.trainable();
    fields["active_parameters"] = outcome.parameters.active;
    fields["seconds"] = outcome.seconds;
    fields["tokens"] = outcome.tokens;
    fields["peak_memory_bytes"] = outcome.peakMemory;
    return fields;
}

} // namespace hilo
