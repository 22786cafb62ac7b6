// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_baseline.h"

#include "compare/repetitions.h"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

namespace hilo {
namespace {

using SeedValues = std::map<std::int64_t, double>; ///< by seed

/// The values of each run's group, by the id of the run.
std::unordered_map<std::string, std::shared_ptr<const SeedValues>> valuesOfRuns(const ComparedRuns& compared)
{
    std::unordered_map<std::string, std::shared_ptr<const SeedValues>> found;
    for (const std::vector<RunSummary>& group : repetitionGroups(compared.runs)) {
        const auto bySeed = std::make_shared<SeedValues>(valuesBySeed(group, compared.values));
        for (const RunSummary& run : group)
            found[run.id] = bySeed;
    }
    return found;
}

BaselineDifference between(const SeedValues& ours, const SeedValues& theirs, const CompareRow& row,
                           const CompareRow& baseline, const MetricChoice& metric)
{
    BaselineDifference result;
    std::vector<double> differences;
    for (const auto& [seed, value] : ours)
        if (const auto other = theirs.find(seed); other != theirs.end())
            differences.push_back(value - other->second);
    result.seeds = static_cast<int>(differences.size());
    if (differences.size() > 1) {
        const MeanInterval summary = meanDifference(differences, metric);
        result.difference = summary.mean;
        result.low = summary.low;
        result.high = summary.high;
        result.isClear = summary.low && summary.high && (*summary.low > 0 || *summary.high < 0);
        return result;
    }
    if (differences.size() == 1)
        result.difference = differences.front();
    else if (row.value && baseline.value)
        result.difference = *row.value - *baseline.value;
    result.isClear = result.difference && row.low && row.high && baseline.low && baseline.high &&
                     (*row.low > *baseline.high || *row.high < *baseline.low);
    return result;
}

} // namespace

Result<ComparedRuns> comparedRuns(RunReader& reader, const MetricChoice& metric)
{
    ComparedRuns compared{{}, {}, metric};
    HILO_TRY(compared.runs, reader.runs());
    HILO_TRY(compared.values, reader.finalValues(metric.metric, metric.task));
    return compared;
}

std::vector<BaselineDifference> differencesTo(const ComparedRuns& compared, const std::vector<CompareRow>& rows,
                                              const std::string& baseline)
{
    std::vector<BaselineDifference> result(rows.size());
    const auto holds = [&baseline](const CompareRow& row) {
        return std::find(row.ids.begin(), row.ids.end(), baseline) != row.ids.end();
    };
    const auto found = std::find_if(rows.begin(), rows.end(), holds);
    if (baseline.empty() || found == rows.end())
        return result;
    const auto groups = valuesOfRuns(compared);
    static const SeedValues none;
    const auto valuesOfRow = [&](const CompareRow& row) -> const SeedValues& {
        const auto group = groups.find(row.ids.front());
        return group == groups.end() || group->second->empty() ? none : *group->second;
    };
    const SeedValues& theirs = valuesOfRow(*found);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        // Two rows of one group repeat each other: paired by seed, the group would be subtracted from itself. Rows of
        // several kinds of settings have several values a seed: their means are compared.
        const bool isPaired = &valuesOfRow(rows[i]) != &theirs && rows[i].settings == 1 && found->settings == 1;
        if (&rows[i] == &*found)
            result[i].isBaseline = true;
        else
            result[i] = between(isPaired ? valuesOfRow(rows[i]) : none, theirs, rows[i], *found, compared.metric);
    }
    return result;
}

BaselineDifference differenceBetween(const ComparedRuns& compared, const CompareRow& row, const CompareRow& baseline)
{
    return differencesTo(compared, {row, baseline}, baseline.ids.front()).front();
}

} // namespace hilo
