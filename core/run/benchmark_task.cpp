// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/benchmark_task.h"

#include "base/shown_text.h"
#include "metrics/metric.h"
#include "run/run_spec_names.h"

#include <algorithm>

namespace hilo {

Result<Protocol> scoringOf(const Benchmark& benchmark, const Benchmark::Protocol& protocol)
{
    if (!findMetric(protocol.metric))
        return failure(badInput(benchmark.file, "protocols: " + protocol.name,
                                "The metric \"" + protocol.metric + "\" is not known.", "Known are " + metricNames()));
    std::string all;
    for (const auto& [value, name] : protocolNames) {
        if (protocol.protocol == name)
            return value;
        all += (all.empty() ? "" : ", ") + std::string(name);
    }
    return failure(badInput(benchmark.file, "protocols: " + protocol.name,
                            "\"" + protocol.protocol + "\" is no way to score rows.", "Known are " + all));
}

Status fillFromBenchmark(TaskSpec& task)
{
    if (task.data.benchmark.empty())
        return {};
    HILO_TRY(const ChosenBenchmark chosen, findBenchmark(task.data.benchmark));
    HILO_TRY(const Protocol scoring, scoringOf(*chosen.benchmark, *chosen.protocol));
    task.scoredSplit = chosen.benchmark->scored;
    if (!task.protocol)
        task.protocol = scoring;
    if (!task.maxNewTokens && chosen.protocol->maxNewTokens > 0)
        task.maxNewTokens = chosen.protocol->maxNewTokens;
    return {};
}

std::string resultSplit(const EvaluationSpec& evaluation, const TaskSpec& task)
{
    if (evaluation.split != ownSplits)
        return evaluation.split;
    return task.scoredSplit.empty() ? "test" : task.scoredSplit;
}

Status chooseResultSplit(const JsonObject& evaluation, bool isGiven, RunSpec& spec)
{
    const bool any = std::any_of(spec.tasks.begin(), spec.tasks.end(),
                                 [](const TaskSpec& task) { return !task.scoredSplit.empty(); });
    if (!any)
        return {};
    if (!isGiven) {
        spec.evaluation.split = ownSplits;
        const std::string first = resultSplit(spec.evaluation, spec.tasks.front());
        if (std::all_of(spec.tasks.begin(), spec.tasks.end(),
                        [&](const TaskSpec& task) { return resultSplit(spec.evaluation, task) == first; }))
            spec.evaluation.split = first;
        return {};
    }
    if (spec.evaluation.split == ownSplits)
        return {};
    for (const TaskSpec& task : spec.tasks)
        if (!task.scoredSplit.empty() && task.scoredSplit != spec.evaluation.split) {
            HILO_TRY(const ChosenBenchmark chosen, findBenchmark(task.data.benchmark));
            const auto split = chosen.benchmark->splits.find(spec.evaluation.split);
            const bool hasLabels = split != chosen.benchmark->splits.end() && split->second.isLabelled;
            return failure(evaluation.errorAt("split",
                                              "the task " + shown(nameOfTask(task)) + " is the benchmark " +
                                                  chosen.name + ", which is scored on its split \"" + task.scoredSplit +
                                                  "\", not on \"" + spec.evaluation.split + "\"" +
                                                  (hasLabels ? "" : ", which has no labels"),
                                              "leave evaluation.split out, or set it to \"auto\": each benchmark is "
                                              "scored on its own split"));
        }
    return {};
}

} // namespace hilo
