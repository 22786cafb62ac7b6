// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare.h"

#include <string>
#include <vector>

namespace hilo {

/// The tasks that means go over, where they differ from row to row.
struct TaskSets
{
    struct Set
    {
        std::vector<std::string> tasks;
        std::size_t rows = 0;
    };
    std::vector<Set> sets; ///< most frequent first
    /// Whether rows are compared whose means go over different tasks.
    bool differ() const { return sets.size() > 1; }
};
TaskSets taskSetsOf(const std::vector<CompareRow>& rows);

/// What people have to know of a table: rows without the number, means over different tasks, a metric whose better side
/// is not known, runs whose numbers are not well (index/run_checks.h). A line each.
std::vector<std::string> notesOf(const std::vector<CompareRow>& rows, const MetricChoice& metric);

} // namespace hilo
