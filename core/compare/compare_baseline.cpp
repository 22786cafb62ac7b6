// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_baseline.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace hilo {
namespace {

using Accuracies = std::map<std::int64_t, double>; ///< by seed

std::unordered_map<std::string, Accuracies> accuraciesByGroup(const std::vector<RunSummary>& runs)
{
    std::unordered_map<std::string, Accuracies> groups;
    for (const RunSummary& run : runs)
        if (run.seed && run.accuracy && !run.repeatGroup.empty())
            groups[run.repeatGroup][*run.seed] = *run.accuracy;
    return groups;
}

BaselineDifference between(const Accuracies& ours, const Accuracies& theirs, const CompareRow& row,
                           const CompareRow& baseline)
{
    BaselineDifference result;
    std::vector<double> differences;
    for (const auto& [seed, accuracy] : ours)
        if (const auto other = theirs.find(seed); other != theirs.end())
            differences.push_back(accuracy - other->second);
    result.seeds = static_cast<int>(differences.size());
    if (differences.size() > 1) {
        const MeanInterval summary = meanIntervalWithin(differences, -1, 1);
        result.difference = summary.mean;
        result.low = summary.low;
        result.high = summary.high;
        result.isClear = summary.low && summary.high && (*summary.low > 0 || *summary.high < 0);
        return result;
    }
    if (differences.size() == 1)
        result.difference = differences.front();
    else if (row.accuracy && baseline.accuracy)
        result.difference = *row.accuracy - *baseline.accuracy;
    result.isClear = result.difference && row.low && row.high && baseline.low && baseline.high &&
                     (*row.low > *baseline.high || *row.high < *baseline.low);
    return result;
}

} // namespace

std::vector<BaselineDifference> differencesTo(const std::vector<RunSummary>& runs, const std::vector<CompareRow>& rows,
                                              const std::string& baseline)
{
    std::vector<BaselineDifference> result(rows.size());
    const auto holds = [&baseline](const CompareRow& row) {
        return std::find(row.ids.begin(), row.ids.end(), baseline) != row.ids.end();
    };
    const auto found = std::find_if(rows.begin(), rows.end(), holds);
    if (baseline.empty() || found == rows.end())
        return result;
    const auto groups = accuraciesByGroup(runs);
    std::unordered_map<std::string, std::string> groupOf;
    for (const RunSummary& run : runs)
        groupOf[run.id] = run.repeatGroup;
    static const Accuracies none;
    const auto accuraciesOf = [&](const CompareRow& row) -> const Accuracies& {
        const auto group = groups.find(groupOf[row.ids.front()]);
        return group == groups.end() ? none : group->second;
    };
    const Accuracies& theirs = accuraciesOf(*found);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        // Two rows of one group repeat each other: paired by seed, the group would be subtracted from itself.
        const bool isRepetition = &accuraciesOf(rows[i]) == &theirs;
        if (&rows[i] == &*found)
            result[i].isBaseline = true;
        else
            result[i] = between(isRepetition ? none : accuraciesOf(rows[i]), theirs, rows[i], *found);
    }
    return result;
}

BaselineDifference differenceBetween(const std::vector<RunSummary>& runs, const CompareRow& row,
                                     const CompareRow& baseline)
{
    return differencesTo(runs, {row, baseline}, baseline.ids.front()).front();
}

} // namespace hilo
