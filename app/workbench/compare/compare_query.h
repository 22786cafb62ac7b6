// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "compare/compare_model.h"
#include "compare/comparison_chart.h"
#include "runs/run_history.h"

#include <QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hilo {

/// What the page Compare asks the store for. Everything here runs away from the interface thread.
struct CompareQuestion
{
    std::string project;
    std::string filter;
    bool groupSeeds = true;
    ParetoCost cost = ParetoCost::Trainable;
    std::string colourBy, symbolBy; ///< keys of settings, or of a run's own
    std::vector<std::string> columns;
    std::string baseline; ///< id of a run; empty: none
};

struct CompareAnswer
{
    std::vector<ComparisonRow> rows;
    std::vector<RunSummary> runs; ///< all of the project
    std::size_t shownRuns = 0;    ///< of them, in rows
    /// Of the rows with an accuracy and parameters.
    std::shared_ptr<const ComparisonPoints> points = std::make_shared<const ComparisonPoints>();
    std::vector<std::string> keys; ///< that a filter or a column may use
};
Result<CompareAnswer> askForRuns(const CompareQuestion& question);

/// The curves of one run from the index.
Result<std::shared_ptr<RunHistory>> readCurves(const std::string& project, const std::string& id,
                                               const std::string& metric);

/// What two rows have to tell of each other.
struct PairAnswer
{
    std::vector<SettingDifference> differences;
    std::vector<AllocationMap> maps; ///< of each run that still has its folder, in order
    std::vector<std::size_t> mapOf;  ///< which run each map is of
    std::string problem;             ///< why a map is missing
};
Result<PairAnswer> askAboutRuns(const std::string& project, const std::vector<std::string>& ids);

} // namespace hilo
