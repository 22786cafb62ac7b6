// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_ranks.h"

#include "compare/mean_ranks.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

/// All allocations on one task.
struct RankedTask
{
    std::vector<TaskTerm> terms;
    std::vector<const SeedWeights*> weights;
    bool lowerIsBetter = false;
};

std::vector<RankedTask> rankedTasks(const StudyTable& table, StudyBootstrap& bootstrap)
{
    std::vector<RankedTask> tasks;
    for (std::size_t task = 0; task < table.tasks(); ++task) {
        RankedTask ranked;
        ranked.lowerIsBetter = table.lowerIsBetter(task);
        for (std::size_t allocation = 0; allocation < table.allocations(); ++allocation)
            if (auto term = termOf(table, allocation, task)) {
                ranked.weights.push_back(&bootstrap.weightsOf(task, term->seeds));
                ranked.terms.push_back(std::move(*term));
            }
        if (ranked.terms.size() == table.allocations())
            tasks.push_back(std::move(ranked));
    }
    return tasks;
}

/// Sums of seeds in other orders must not tell equal values apart.
double withoutRounding(double value)
{
    return std::round(value * 1e12) / 1e12;
}

/// The ends of an interval of 95 % of the values.
std::pair<double, double> middleOf(std::vector<double>& values)
{
    std::sort(values.begin(), values.end());
    const auto at = [&values](double share) {
        const double place = share * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, values.size() - 1);
        return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
    };
    return {at(0.025), at(0.975)};
}

} // namespace

void addRanks(const StudyTable& table, StudyBootstrap& bootstrap, StudySummary& summary)
{
    const std::vector<RankedTask> tasks = rankedTasks(table, bootstrap);
    summary.ranks.tasks = tasks.size();
    const std::size_t allocations = table.allocations();
    if (tasks.empty() || allocations < 2)
        return;
    std::vector<std::vector<double>> ranks;
    std::vector<double> means(allocations, 0.0), values(allocations);
    bool isKnown = true;
    for (const RankedTask& task : tasks) {
        for (std::size_t i = 0; i < allocations; ++i) {
            double sum = 0;
            for (const double value : task.terms[i].values(table))
                sum += value;
            values[i] = withoutRounding(sum / static_cast<double>(task.terms[i].seeds.size()));
            isKnown = isKnown && (task.terms[i].rows || task.terms[i].seeds.size() > 1);
        }
        ranks.push_back(ranksOf(values, task.lowerIsBetter));
        for (std::size_t i = 0; i < allocations; ++i)
            means[i] += ranks.back()[i] / static_cast<double>(tasks.size());
    }
    for (std::size_t i = 0; i < allocations; ++i)
        summary.rows[i].rank = StudyInterval{means[i], std::nullopt, std::nullopt};
    if (const auto test = friedman(ranks)) {
        summary.ranks.friedman = test->chiSquare;
        summary.ranks.p = test->p;
        summary.ranks.criticalDifference =
            nemenyiCriticalDifference(static_cast<int>(allocations), static_cast<int>(tasks.size()));
        summary.ranks.groups = chainsWithin(means, *summary.ranks.criticalDifference);
    }
    if (!isKnown)
        return;
    std::vector<std::vector<double>> drawn(allocations);
    for (int replicate = 0; replicate < bootstrap.replicates(); ++replicate) {
        std::vector<double> sums(allocations, 0.0);
        for (const RankedTask& task : tasks) {
            for (std::size_t i = 0; i < allocations; ++i)
                values[i] = withoutRounding(
                    replicateOf(task.terms[i], bootstrap, *task.weights[i], static_cast<std::size_t>(replicate)));
            const std::vector<double> one = ranksOf(values, task.lowerIsBetter);
            for (std::size_t i = 0; i < allocations; ++i)
                sums[i] += one[i] / static_cast<double>(tasks.size());
        }
        for (std::size_t i = 0; i < allocations; ++i)
            drawn[i].push_back(sums[i]);
    }
    for (std::size_t i = 0; i < allocations; ++i) {
        const auto [low, high] = middleOf(drawn[i]);
        summary.rows[i].rank->low = std::min(low, means[i]);
        summary.rows[i].rank->high = std::max(high, means[i]);
    }
}

} // namespace hilo
