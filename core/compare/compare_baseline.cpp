// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_baseline.h"

#include "compare/repetitions.h"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

namespace hilo {
namespace {

using Accuracies = std::map<std::int64_t, double>; ///< by seed

/// The accuracies of each run's group, by the id of the run.
std::unordered_map<std::string, std::shared_ptr<const Accuracies>> accuraciesOfRuns(const std::vector<RunSummary>& runs)
{
    std::unordered_map<std::string, std::shared_ptr<const Accuracies>> found;
    for (const std::vector<RunSummary>& group : repetitionGroups(runs)) {
        const auto accuracies = std::make_shared<Accuracies>();
        for (const RunSummary& run : group) {
            found[run.id] = accuracies;
            if (run.seed && run.accuracy)
                (*accuracies)[*run.seed] = *run.accuracy;
        }
    }
    return found;
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
    const auto groups = accuraciesOfRuns(runs);
    static const Accuracies none;
    const auto accuraciesOf = [&](const CompareRow& row) -> const Accuracies& {
        const auto group = groups.find(row.ids.front());
        return group == groups.end() || group->second->empty() ? none : *group->second;
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
