// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/metric_choice.h"
#include "index/run_reader.h"

#include <optional>
#include <vector>

namespace hilo {

/// What runs of about the same size reached: one run, or those that repeat it with other seeds.
struct SimilarRun
{
    RunSummary run; ///< the one that speaks for the first seed
    std::size_t seeds = 1;
    double value = 0;                ///< mean over the seeds
    std::optional<double> low, high; ///< 95 %: of the run as evaluated, of several seeds from Student's t
};

/// The best results at a size: of runs that have the metric and at most half as many trainable parameters again, or two
/// thirds as many, best value first; of equal ones the nearest in size first. A run that was stopped early or went
/// astray stays behind those that did better. values: the metric's, by run; null: the runs' accuracies.
std::vector<SimilarRun> similarRuns(const std::vector<RunSummary>& runs, std::int64_t trainable, std::size_t most,
                                    const MetricChoice& metric = {}, const FinalValues* values = nullptr);

} // namespace hilo
