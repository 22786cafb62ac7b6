// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "compare/compare_model.h"
#include "compare/comparison_chart.h"
#include "runs/metric_chart.h"

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
    MetricChoice metric;
    std::string horizontal;         ///< key of the horizontal axis; empty: the parameters of cost
    std::string vertical;           ///< key of the vertical axis; empty: the metric
    std::string groupBy;            ///< key whose values are a row each; empty: none
    std::string colourBy, symbolBy; ///< keys of settings, or of a run's own
    std::vector<std::string> columns;
    std::string baseline; ///< id of a run; empty: none
};

struct CompareAnswer
{
    std::vector<ComparisonRow> rows;
    ComparedRuns compared;     ///< all runs of the project, with their values of the metric that was asked for
    std::size_t shownRuns = 0; ///< of them, in rows
    std::vector<MeasuredMetric> measured; ///< what results hold
    bool taskSetsDiffer = false;          ///< means over different tasks are compared
    std::size_t unmeasured = 0;           ///< rows that have finished without the metric
    /// Of the rows with a value and parameters.
    std::shared_ptr<const ComparisonPoints> points = std::make_shared<const ComparisonPoints>();
    std::vector<std::string> keys; ///< that a filter or a column may use
};
/// The command that prints the same table.
QString commandLineOf(const CompareQuestion& question);
/// Differs when an answer would: steps of live runs change nothing, results, names and states do.
QString fingerprintOf(const std::vector<RunSummary>& runs);
Result<CompareAnswer> askForRuns(const CompareQuestion& question);

/// Which curves are asked for.
struct CurveQuestion
{
    struct Row
    {
        QString name;
        std::vector<std::string> ids;
    };
    std::string project;
    std::vector<Row> rows; ///< a colour each
    std::string series;    ///< a metric of the steps; empty: none
    std::string metric;    ///< that was measured now and then; empty: none
    std::string task;      ///< whose; empty: of all
    bool bands = true;     ///< of a row of several runs their mean with its 95 % interval, else each of them
};
/// The rows that curves are drawn of: as many as can be told apart; a mean is one curve, whatever number of runs it is
/// of.
std::vector<CurveQuestion::Row> curveRows(const std::vector<const ComparisonRow*>& rows, bool bands);
/// One that cannot be read stays empty.
std::vector<MetricChart::Curve> readCurves(const CurveQuestion& question);

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
