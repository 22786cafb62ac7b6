// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/score_values.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// One metric of one task on one split over the steps of a run.
struct EvaluationSeries
{
    std::string task, split, metric;
    std::vector<std::int64_t> steps; ///< strictly increasing
    std::vector<ScoreValue> values;  ///< one a step
    bool operator==(const EvaluationSeries&) const = default;
};

/// The evaluations of a run, in the order of its log, as series: by task, split and metric, each in the order in which
/// the log named it first. metric: only this one; empty: all. Of two measurements at one step (with two protocols) the
/// later counts.
std::vector<EvaluationSeries> evaluationSeries(const std::vector<RunEvaluation>& evaluations,
                                               const std::string& metric = {});

/// The names of all metrics that were measured, in the order of measuredMetrics().
std::vector<std::string> measuredMetrics(const std::vector<RunEvaluation>& evaluations);

} // namespace hilo
