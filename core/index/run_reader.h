// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/database.h"
#include "index/evaluation_series.h"
#include "index/final_scores.h"
#include "index/series.h"
#include "index/sql_condition.h"
#include "project/project.h"
#include "run/run_event.h"
#include "run/run_settings.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// One row of the list of runs.
struct RunSummary
{
    std::string id, name;
    std::string
        state; ///< new, queued, running, paused, interrupted, stopped, finished, failed, missing, archived, damaged
    std::optional<std::int64_t> seed;
    std::string repeatGroup;                                     ///< equal for runs that differ in name and seed only
    std::optional<std::int64_t> startedAt, endedAt, lastEventAt; ///< milliseconds since 1970, UTC, as the events say
    std::optional<std::int64_t> resumedAt, resumedStep;          ///< of the last start: when, and from which step on
    std::optional<std::int64_t> lastStep, totalSteps;
    /// Of a run that has finished, from its final evaluations on its split (run/run_result.h); means over its tasks.
    std::optional<double> accuracy, intervalLow, intervalHigh, loss;
    std::optional<std::int64_t> trainableParameters, activeParameters;
    std::optional<double> seconds;
    std::optional<std::int64_t> peakMemoryBytes;
    std::optional<std::int64_t> errorCode;
    std::string errorMessage, errorHint;
    std::string problem;                 ///< what is wrong with its files
    std::string findings;                ///< what is wrong with its numbers, for findingsOf (index/run_checks.h)
    std::string tags, note;              ///< of its notes (run/run_notes.h); tags as "a, b"
    std::int64_t starred = 0;            ///< 1: a person has starred it
    std::optional<double> queuePosition; ///< when it is queued
    std::optional<std::int64_t>
        silentMilliseconds; ///< of a running run: since its log grew last, by a clock that never jumps
};

/// The reading side of workbench.db: never changes it, and is never in the way of whoever does. Give each thread its
/// own.
class RunReader
{
  public:
    static Result<RunReader> open(const Project& project);
    explicit RunReader(Database database) : database_(std::move(database)) {}

    /// All runs that fulfil the condition, by id. A Filter (compare/filter.h) is one.
    Result<std::vector<RunSummary>> runs(const RunCondition& condition = {});
    /// One run; an error when the index does not know it.
    Result<RunSummary> run(const std::string& id);
    /// The settings of a run, by key.
    Result<std::vector<Setting>> settings(const std::string& id);
    /// The names of the metrics of a run: "loss", "lr", …, and "time" (milliseconds since 1970).
    Result<std::vector<std::string>> seriesNames(const std::string& id);
    /// All points of one metric; empty when the run has none.
    Result<Series> series(const std::string& id, const std::string& name);
    /// All measurements that hold, in the order of the log; those during training, too.
    Result<std::vector<RunEvaluation>> evaluations(const std::string& id);
    /// The same as series over the steps, one a task, split and metric; metric empty: all.
    Result<std::vector<EvaluationSeries>> evaluationSeries(const std::string& id, const std::string& metric = {});
    /// The numbers of a finished run's result, by task and metric.
    Result<std::vector<FinalScore>> finalScores(const std::string& id);
    /// What other programs measured of a run, by task and metric; no part of its result.
    Result<std::vector<FinalScore>> importedScores(const std::string& id);
    /// The number of a metric for every run that has it in its result, or imported. task empty: the mean over the tasks
    /// of a run that have the metric.
    Result<FinalValues> finalValues(const std::string& metric, const std::string& task = {});
    /// Every metric that results hold, by name: the mean over tasks, then each task; imported ones behind them.
    Result<std::vector<MeasuredMetric>> measuredMetrics();
    /// The events of a kind ("started", "routing", "checkpoint", …) in the order of the log.
    Result<std::vector<Json>> documents(const std::string& id, const std::string& event);
    /// Every key that a filter or a column may use.
    Result<std::vector<std::string>> keys();
    /// Differs from the last call's number when another process has changed the database since.
    Result<std::int64_t> changeNumber();

    Database& database() { return database_; }

  private:
    Database database_;
};

} // namespace hilo
