// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare.h"

namespace hilo {

/// A row's accuracy minus the baseline's.
struct BaselineDifference
{
    std::optional<double> difference; ///< nothing when one of them has no accuracy
    std::optional<double> low, high;  ///< 95 %, of paired seeds; from two common seeds on
    int seeds = 0;                    ///< that both have; 0: the rows' accuracies were subtracted
    /// With paired seeds: 0 is outside the interval. Without: the two intervals do not overlap.
    bool isClear = false;
    bool isBaseline = false;
};

/// Every row against the row that holds the run "baseline", paired by seeds as pairedDifference() does, in one pass.
/// runs: all runs of the project. Without such a row every difference is empty.
std::vector<BaselineDifference> differencesTo(const std::vector<RunSummary>& runs, const std::vector<CompareRow>& rows,
                                              const std::string& baseline);

/// One row against another.
BaselineDifference differenceBetween(const std::vector<RunSummary>& runs, const CompareRow& row,
                                     const CompareRow& baseline);

} // namespace hilo
