// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/metric_choice.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// One allocation of a study at one budget: a row of its table.
struct StudyAllocation
{
    std::string label;
    std::optional<std::int64_t> budget; ///< that the study asked for; none where allocations are compared as they are
    std::int64_t trainable = 0;         ///< parameters
    std::int64_t active = 0;            ///< parameters that one token uses
    std::int64_t totalRank = 0;
    double learningRate = 0;          ///< that its runs were trained with
    double scaling = 0;               ///< mean over its experts of what their products are multiplied by
    std::vector<double> ratesTried{}; ///< that a search has chosen learningRate of, ascending; empty: none was searched
};

/// One column of a study's table.
struct StudyTask
{
    std::string name;
    MetricChoice metric; ///< that its values are of
};

/// What one finished run says of one task.
struct StudyObservation
{
    std::size_t allocation = 0; ///< in StudyObservations::allocations
    std::size_t task = 0;       ///< in StudyObservations::tasks
    std::int64_t seed = 0;
    double value = 0;
    std::string run; ///< id
    /// Whether each row of the test split was answered rightly, in the order of the split's row identities; empty
    /// where the metric is not one of single rows or the run kept no predictions.
    std::vector<bool> right;
};

/// All that was measured: the statistics and the reports of a study read nothing else.
struct StudyObservations
{
    std::string name;
    bool joint = false; ///< one run trains all tasks; without it each task has runs of its own
    std::vector<StudyTask> tasks;
    std::vector<StudyAllocation> allocations; ///< the first is what the others are compared with
    std::vector<std::int64_t> seeds;
    std::vector<StudyObservation> values;
    std::size_t expectedRuns = 0; ///< of the plan; fewer may have finished
};

} // namespace hilo
