// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/final_scores.h"

#include <filesystem>

namespace hilo {

/// Where the numbers of a metric lie, "scores" or "imported_scores", and what a row must fulfil to count in a mean over
/// tasks: our own words, for statements.
struct ScoreTable
{
    std::string name, countsInMean;
};
ScoreTable tableOfMetric(const std::string& metric);

/// The functions below work inside change and read of the database.

/// Brings the rows in step with imported_scores.json of the run's folder, where that has changed since the last call.
/// problem: what was known to be wrong with the run's files; returns what is now. A damaged file leaves no rows.
std::string updateImportedScores(Database& database, std::int64_t run, const std::filesystem::path& runFolder,
                                 const std::string& problem);
/// Of one run, by task and metric.
std::vector<FinalScore> importedScores(Database& database, const std::string& id);
/// All metrics by name, as measuredMetrics() of the runs' own.
std::vector<MeasuredMetric> importedMetrics(Database& database);

} // namespace hilo
