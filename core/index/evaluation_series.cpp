// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/evaluation_series.h"

#include <algorithm>

namespace hilo {
namespace {

EvaluationSeries& seriesFor(std::vector<EvaluationSeries>& all, const RunEvaluation& one, const std::string& metric)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const EvaluationSeries& series) {
        return series.task == one.task && series.split == one.split && series.metric == metric;
    });
    return found != all.end() ? *found : all.emplace_back(EvaluationSeries{one.task, one.split, metric, {}, {}});
}

void insert(EvaluationSeries& series, std::int64_t step, const ScoreValue& value)
{
    // A log usually counts upwards; a measurement that came late takes its place.
    const auto place = std::lower_bound(series.steps.begin(), series.steps.end(), step);
    const auto index = place - series.steps.begin();
    if (place != series.steps.end() && *place == step) {
        series.values[static_cast<std::size_t>(index)] = value;
        return;
    }
    series.steps.insert(place, step);
    series.values.insert(series.values.begin() + index, value);
}

} // namespace

std::vector<EvaluationSeries> evaluationSeries(const std::vector<RunEvaluation>& evaluations, const std::string& metric)
{
    std::vector<EvaluationSeries> all;
    for (const RunEvaluation& one : evaluations) {
        const std::vector<std::string> names =
            metric.empty() ? measuredMetrics(one.score) : std::vector<std::string>{metric};
        for (const std::string& name : names)
            if (const auto value = valueOf(one.score, name))
                insert(seriesFor(all, one, name), one.step, *value);
    }
    return all;
}

std::vector<std::string> measuredMetrics(const std::vector<RunEvaluation>& evaluations)
{
    RunScore together;
    for (const RunEvaluation& one : evaluations) {
        together.accuracy = together.accuracy ? together.accuracy : one.score.accuracy;
        together.loss = together.loss ? together.loss : one.score.loss;
        together.perplexity = together.perplexity ? together.perplexity : one.score.perplexity;
        together.metrics.insert(one.score.metrics.begin(), one.score.metrics.end());
    }
    return measuredMetrics(together);
}

} // namespace hilo
