// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/similar_runs.h"

#include "compare/compare.h"
#include "compare/repetitions.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

FinalValues accuraciesOf(const std::vector<RunSummary>& runs)
{
    FinalValues values;
    for (const RunSummary& run : runs)
        if (run.accuracy)
            values[run.id] = {*run.accuracy, run.intervalLow, run.intervalHigh, {}};
    return values;
}

double distanceOf(const RunSummary& run, std::int64_t trainable)
{
    return std::abs(std::log(static_cast<double>(*run.trainableParameters) / static_cast<double>(trainable)));
}

SimilarRun resultOf(const std::vector<RunSummary>& group, const FinalValues& values, const MetricChoice& metric)
{
    SimilarRun result;
    std::vector<double> measured;
    const FinalValue* only = nullptr;
    const auto take = [&](const RunSummary& run) {
        const auto value = values.find(run.id);
        if (value == values.end())
            return;
        if (measured.empty())
            result.run = run;
        only = &value->second;
        measured.push_back(only->value);
    };
    for (const auto& [seed, run] : runsBySeed(group, values))
        take(*run);
    for (const RunSummary& run : group)
        if (!run.seed)
            take(run);
    result.seeds = measured.size();
    if (measured.size() == 1) {
        result.value = only->value;
        result.low = only->low;
        result.high = only->high;
    } else if (measured.size() > 1) {
        const MeanInterval mean = meanOf(measured, metric);
        result.value = mean.mean;
        result.low = mean.low;
        result.high = mean.high;
    }
    return result;
}

} // namespace

std::vector<SimilarRun> similarRuns(const std::vector<RunSummary>& runs, std::int64_t trainable, std::size_t most,
                                    const MetricChoice& metric, const FinalValues* values)
{
    if (trainable <= 0)
        return {};
    std::vector<RunSummary> near;
    std::copy_if(runs.begin(), runs.end(), std::back_inserter(near), [&](const RunSummary& run) {
        return run.trainableParameters.value_or(0) > 0 && distanceOf(run, trainable) <= std::log(1.5);
    });
    const FinalValues accuracies = values ? FinalValues() : accuraciesOf(near);
    const FinalValues& known = values ? *values : accuracies;
    std::vector<SimilarRun> results;
    for (const std::vector<RunSummary>& group : repetitionGroups(near))
        if (SimilarRun result = resultOf(group, known, metric); result.seeds > 0 && std::isfinite(result.value))
            results.push_back(std::move(result));
    std::stable_sort(results.begin(), results.end(), [&](const SimilarRun& a, const SimilarRun& b) {
        if (a.value != b.value)
            return metric.isBetter(a.value, b.value);
        return distanceOf(a.run, trainable) < distanceOf(b.run, trainable);
    });
    results.resize(std::min(most, results.size()));
    return results;
}

} // namespace hilo
