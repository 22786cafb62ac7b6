// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/database.h"
#include "run/run_result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace hilo {

/// One number of a run's result.
struct FinalScore
{
    std::string task; ///< empty in a run of one task that does not name it
    std::string metric;
    double value = 0;
    std::optional<double> low, high; ///< 95 %
    bool operator==(const FinalScore&) const = default;
};

/// A run's number of one metric: of one task, or the mean over its tasks.
struct FinalValue
{
    double value = 0;
    std::optional<double> low, high; ///< of one task; a mean over several has none
    std::vector<std::string> tasks;  ///< that the mean goes over
};
using FinalValues = std::unordered_map<std::string, FinalValue>; ///< by run id

/// A metric that runs of a project have in their results.
struct MeasuredMetric
{
    std::string metric;
    std::string task; ///< empty: the mean over tasks
    std::int64_t runs = 0;
};

/// What of a result is kept by task and metric. A mean of a run of several tasks is none of it, unless no task has it.
std::vector<FinalScore> finalScoresOf(const RunResult& result);

/// The functions below work inside run, read and change of the database.
void writeFinalScores(Database& database, std::int64_t run, const RunResult& result);
/// Of one run, by task and metric.
std::vector<FinalScore> finalScores(Database& database, const std::string& id);
/// Of all runs that have it, their own or another program's (run/imported_scores.h). task empty: the mean over the
/// tasks of a run that have the metric.
FinalValues finalValues(Database& database, const std::string& metric, const std::string& task);
/// All metrics by name: first the mean, then each named task; then those that other programs measured.
std::vector<MeasuredMetric> measuredMetrics(Database& database);

} // namespace hilo
