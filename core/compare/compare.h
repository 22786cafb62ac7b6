// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/filter.h"
#include "compare/statistics.h"
#include "index/run_checks.h"
#include "index/run_reader.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What the front weighs the metric against.
enum class ParetoCost { Trainable, Active };

struct CompareOptions
{
    Filter filter;
    MetricChoice metric;
    bool groupSeeds = false; ///< as repetitionGroups (compare/repetitions.h)
    /// A key as in a filter: one row for all runs that have the same value of it; empty: none. Goes before groupSeeds.
    std::string groupBy;
    ParetoCost cost = ParetoCost::Trainable;
    std::vector<std::string> columns; ///< more to show: names as in a filter
};

/// What is wrong with the numbers of a run.
struct RowFinding
{
    std::string run;
    RunFinding finding;
};

/// One run, or the runs that repeat each other with other seeds.
struct CompareRow
{
    std::vector<std::string> ids;
    std::string name, state;
    std::size_t seeds = 1;           ///< of a group: how many different ones; a run made again adds none
    std::size_t settings = 1;        ///< of a group by a key: how many different settings its runs have
    std::size_t measured = 0;        ///< of how many seeds a run has the metric in its result, because it finished
    std::optional<double> value;     ///< of the metric; of a group: the mean of those that have one
    std::optional<double> low, high; ///< 95 %: of one run as evaluated, of a group from Student's t, within its range
    std::optional<double> deviation; ///< of a group
    std::vector<std::string> tasks;  ///< that the value is the mean over; of a group: those of all of its runs
    std::optional<std::int64_t> trainableParameters, activeParameters;
    std::optional<double> seconds; ///< mean
    bool onFront = false;
    std::vector<std::string> values; ///< of the options' columns; "" where a run has none
    std::vector<RowFinding> findings;
};

/// The table of runs, best first by the chosen metric; those without it follow by id.
Result<std::vector<CompareRow>> compareRuns(RunReader& reader, const CompareOptions& options);

/// A setting on which runs differ: one value a run, "" where it has none.
struct SettingDifference
{
    std::string key;
    std::vector<std::string> values;
};
/// Only the settings that are not the same for all the runs.
Result<std::vector<SettingDifference>> differingSettings(RunReader& reader, const std::vector<std::string>& ids);

/// The metric of the first group minus that of the second, seed by seed.
struct PairedDifference
{
    std::vector<std::int64_t> seeds; ///< that both have with the metric
    std::vector<double> differences;
    MeanInterval summary;
};
/// The groups are all runs that repeat a and b with other seeds. An error when they share no seed.
Result<PairedDifference> pairedDifference(RunReader& reader, const std::string& a, const std::string& b,
                                          const MetricChoice& metric = {});

/// Mean and interval of repeated measurements of a metric, within its range.
MeanInterval meanOf(const std::vector<double>& values, const MetricChoice& metric);
/// The same of differences between two.
MeanInterval meanDifference(const std::vector<double>& differences, const MetricChoice& metric);

} // namespace hilo
