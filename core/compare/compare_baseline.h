// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare.h"

namespace hilo {

/// A row's value of the chosen metric minus the baseline's.
struct BaselineDifference
{
    std::optional<double> difference; ///< nothing when one of them has no value
    std::optional<double> low, high;  ///< 95 %, of paired seeds; from two common seeds on
    int seeds = 0;                    ///< that both have; 0: the rows' values were subtracted
    /// With paired seeds: 0 is outside the interval. Without: the two intervals do not overlap.
    bool isClear = false;
    bool isBaseline = false;
};

/// What differences are made of: all runs of the project, and their values of the chosen metric.
struct ComparedRuns
{
    std::vector<RunSummary> runs;
    FinalValues values;
    MetricChoice metric;
};
Result<ComparedRuns> comparedRuns(RunReader& reader, const MetricChoice& metric);

/// Every row against the row that holds the run "baseline", paired by seeds as pairedDifference() does, in one pass.
/// Without such a row every difference is empty.
std::vector<BaselineDifference> differencesTo(const ComparedRuns& compared, const std::vector<CompareRow>& rows,
                                              const std::string& baseline);

/// One row against another.
BaselineDifference differenceBetween(const ComparedRuns& compared, const CompareRow& row, const CompareRow& baseline);

} // namespace hilo
