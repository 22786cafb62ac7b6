// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/summary.h"

#include "base/share_interval.h"
#include "base/text_format.h"
#include "study/mean_estimate.h"
#include "study/study_comparison.h"
#include "study/study_curve.h"
#include "study/study_numbers.h"
#include "study/study_ranks.h"
#include "study/study_verdict.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace hilo {
namespace {

/// Metrics of one direction whose numbers have one scale, so that their mean over tasks says something: one metric, or
/// shares and correlations as the benchmarks' own means have it (GLUE).
bool haveAMean(const std::vector<StudyTask>& tasks)
{
    return std::all_of(tasks.begin(), tasks.end(), [&tasks](const StudyTask& task) {
        const MetricChoice &one = task.metric, &first = tasks.front().metric;
        const auto onOneScale = [](const MetricChoice& metric) {
            const auto [lowest, highest] = metric.range();
            return lowest >= -1 && highest <= 1;
        };
        return one.lowerIsBetter() == first.lowerIsBetter() &&
               (one.metric == first.metric || (onOneScale(one) && onOneScale(first)));
    });
}

void describeMetrics(const StudyObservations& observations, StudySummary& summary)
{
    std::vector<std::string> names;
    bool anyShare = false;
    for (const StudyTask& task : observations.tasks) {
        if (std::find(names.begin(), names.end(), task.metric.metric) == names.end())
            names.push_back(task.metric.metric);
        anyShare = anyShare || task.metric.isShare();
    }
    summary.metric = joined(names, " and ");
    const bool average = !observations.tasks.empty() && haveAMean(observations.tasks);
    summary.unit = average && anyShare ? "%" : "";
    summary.lowerIsBetter = average && observations.tasks.front().metric.lowerIsBetter();
    if (!observations.tasks.empty() && !average)
        summary.notes.push_back({StudyNoteKind::NoCommonScale, {summary.metric}, {}});
    else if (names.size() > 1)
        summary.notes.push_back({StudyNoteKind::SeveralMetrics, {summary.metric}, {}});
}

StudyInterval cellInterval(const StudyTable& table, StudyBootstrap& bootstrap, const TaskTerm& term)
{
    if (term.seeds.size() == 1 && term.rows && term.minus.empty()) {
        const StudyObservation& one = table.observation(term.plus.front());
        const auto right = static_cast<double>(std::count(one.right.begin(), one.right.end(), true));
        const auto [low, high] = wilsonInterval(right, static_cast<double>(one.right.size()));
        return {one.value, low, high};
    }
    return estimateOf(table, bootstrap, {term}).interval();
}

StudyCell cellOf(const StudyTable& table, StudyBootstrap& bootstrap, std::size_t allocation, std::size_t task)
{
    StudyCell cell;
    const auto [lowest, highest] = table.observations().tasks[task].metric.range();
    const auto term = termOf(table, allocation, task);
    if (!term)
        return cell;
    cell.seeds = term->seeds;
    cell.values = term->values(table);
    for (const std::size_t index : term->plus)
        cell.runs.push_back(table.observation(index).run);
    cell.rows = term->rows ? table.rows(task) : 0;
    cell.mean = within(cellInterval(table, bootstrap, *term), lowest, highest);
    if (allocation == 0)
        return cell;
    if (const auto difference = termOf(table, allocation, 0, task)) {
        const MeanEstimate estimate = estimateOf(table, bootstrap, {*difference});
        cell.difference = within(estimate.interval(), lowest - highest, highest - lowest);
        cell.differenceP = estimate.p();
    }
    return cell;
}

std::optional<StudyInterval> meanOf(const StudyTable& table, StudyBootstrap& bootstrap, std::size_t allocation)
{
    std::vector<TaskTerm> terms;
    double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
    for (std::size_t task = 0; task < table.tasks(); ++task) {
        auto term = termOf(table, allocation, task);
        if (!term)
            return std::nullopt;
        terms.push_back(std::move(*term));
        const auto [low, high] = table.observations().tasks[task].metric.range();
        lowest = std::min(lowest, low);
        highest = std::max(highest, high);
    }
    if (terms.empty())
        return std::nullopt;
    const StudyInterval interval = terms.size() == 1 ? cellInterval(table, bootstrap, terms.front())
                                                     : estimateOf(table, bootstrap, terms).interval();
    return within(interval, lowest, highest);
}

/// The allocation with the first one's label at this one's budget.
std::optional<std::size_t> baselineAtBudget(const StudyObservations& observations, std::size_t allocation)
{
    const auto& all = observations.allocations;
    for (std::size_t i = 1; i < all.size(); ++i)
        if (i != allocation && all[i].label == all.front().label && all[i].budget == all[allocation].budget)
            return i;
    return std::nullopt;
}

void noteWhatIsMissing(const StudyTable& table, StudySummary& summary)
{
    const StudyObservations& observations = table.observations();
    if (summary.finishedRuns < observations.expectedRuns)
        summary.notes.push_back(
            {StudyNoteKind::NotFinished,
             {},
             {static_cast<double>(summary.finishedRuns), static_cast<double>(observations.expectedRuns)}});
    for (std::size_t allocation = 0; allocation < table.allocations(); ++allocation) {
        std::vector<std::string> missing;
        for (std::size_t task = 0; task < table.tasks(); ++task)
            if (table.cell(allocation, task).empty())
                missing.push_back(observations.tasks[task].name);
        if (!missing.empty() && summary.finishedRuns > 0)
            summary.notes.push_back(
                {StudyNoteKind::NoValueYet, {allocationName(observations, allocation), joined(missing)}, {}});
    }
    std::set<std::string> single, bare;
    for (std::size_t task = 0; task < table.tasks(); ++task)
        for (std::size_t allocation = 0; allocation < table.allocations(); ++allocation)
            if (const auto term = termOf(table, allocation, task)) {
                if (term->seeds.size() == 1)
                    (term->rows ? single : bare).insert(observations.tasks[task].name);
            }
    const auto names = [](const std::set<std::string>& set) {
        return joined(std::vector<std::string>(set.begin(), set.end()));
    };
    if (!single.empty())
        summary.notes.push_back({StudyNoteKind::OneSeed, {names(single)}, {}});
    if (!bare.empty())
        summary.notes.push_back({StudyNoteKind::OneSeedNoRows, {names(bare)}, {}});
    if (table.tasks() > 0 && table.allocations() > 1 && summary.ranks.tasks < table.tasks())
        summary.notes.push_back({StudyNoteKind::RanksOfSomeTasks,
                                 {},
                                 {static_cast<double>(summary.ranks.tasks), static_cast<double>(table.tasks())}});
}

/// The best rate may be beyond what a search was given.
void noteRatesAtAnEnd(const StudyObservations& observations, StudySummary& summary)
{
    std::map<std::pair<StudyNoteKind, double>, std::vector<std::string>> found;
    for (std::size_t i = 0; i < observations.allocations.size(); ++i) {
        const StudyAllocation& one = observations.allocations[i];
        if (one.ratesTried.size() < 2)
            continue;
        if (one.learningRate == one.ratesTried.front())
            found[{StudyNoteKind::RateAtLowest, one.learningRate}].push_back(allocationName(observations, i));
        else if (one.learningRate == one.ratesTried.back())
            found[{StudyNoteKind::RateAtHighest, one.learningRate}].push_back(allocationName(observations, i));
    }
    for (const auto& [end, names] : found)
        summary.notes.push_back({end.first, {joined(names)}, {end.second}});
}

std::size_t finishedRuns(const StudyObservations& observations)
{
    std::set<std::string> ids;
    for (const StudyObservation& one : observations.values)
        ids.insert(one.run);
    return ids.size();
}

} // namespace

Result<StudySummary> summarise(const StudyObservations& observations, const StudySummaryOptions& options)
{
    if (options.replicates < 100 || options.replicates > 1000000)
        return failure(wrongUsage("A bootstrap of " + std::to_string(options.replicates) +
                                  " replicates was asked for; 100 to 1000000 are possible."));
    for (const double target : options.targets)
        if (!std::isfinite(target))
            return failure(wrongUsage("A value that a curve should reach is no number."));
    HILO_TRY(const StudyTable table, StudyTable::of(observations));
    StudyBootstrap bootstrap(table, options.replicates, options.seed);
    StudySummary summary;
    summary.finishedRuns = finishedRuns(observations);
    describeMetrics(observations, summary);
    const bool average = !observations.tasks.empty() && haveAMean(observations.tasks);
    summary.rows.resize(table.allocations());
    for (std::size_t i = 0; i < table.allocations(); ++i) {
        StudyRow& row = summary.rows[i];
        for (std::size_t task = 0; task < table.tasks(); ++task)
            row.cells.push_back(cellOf(table, bootstrap, i, task));
        if (average)
            row.mean = meanOf(table, bootstrap, i);
        if (i == 0)
            continue;
        row.difference = comparisonOf(table, bootstrap, i, 0, average);
        if (const auto other = baselineAtBudget(observations, i))
            row.differenceAtBudget = comparisonOf(table, bootstrap, i, *other, average);
    }
    addRanks(table, bootstrap, summary);
    summary.comparisons = judge(observations, summary);
    addCurves(observations, summary, options.targets);
    summary.notes.insert(summary.notes.end(), table.notes().begin(), table.notes().end());
    noteWhatIsMissing(table, summary);
    noteRatesAtAnEnd(observations, summary);
    summary.sentence = sentenceOf(observations, summary);
    return summary;
}

} // namespace hilo
