// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_comparison.h"

#include "compare/distributions.h"
#include "compare/mcnemar.h"
#include "compare/statistics.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

std::optional<double> studentP(double value, double standardError, double degrees)
{
    if (std::abs(value) < 1e-12)
        return 1.0;
    // Two or three equal differences are no proof that there is no chance at all.
    return standardError > 0 ? std::optional(studentTwoSided(value / standardError, degrees)) : std::nullopt;
}

StudyTest testOf(double value, double standardError, double degrees, std::string method, std::size_t count)
{
    const double half = studentHalfWidth95(degrees) * standardError;
    return {{value, value - half, value + half}, studentP(value, standardError, degrees), std::move(method), count};
}

std::optional<StudyTest> seedTest(const StudyTable& table, const std::vector<TaskTerm>& terms, double value)
{
    const SeedVariance seeds = seedVarianceOf(table, terms);
    if (!seeds.isComplete)
        return std::nullopt;
    std::size_t pairs = 0;
    for (const TaskTerm& term : terms)
        pairs += term.seeds.size();
    return testOf(value, std::sqrt(seeds.variance), std::max(1.0, seeds.degrees),
                  seeds.isPooled ? "Student, paired by seed in each task (Satterthwaite)" : "Student, paired by seed",
                  pairs);
}

std::optional<StudyTest> rowTest(const StudyTable& table, const std::vector<TaskTerm>& terms, double value)
{
    if (!std::all_of(terms.begin(), terms.end(), [](const TaskTerm& term) { return term.rows; }))
        return std::nullopt;
    std::vector<double> weighted;
    std::vector<int> whole;
    double variance = 0;
    for (const TaskTerm& term : terms) {
        const std::size_t rows = table.rows(term.task);
        std::vector<int> differences(rows, 0);
        for (std::size_t seed = 0; seed < term.seeds.size(); ++seed) {
            const auto& plus = table.observation(term.plus[seed]).right;
            const auto& minus = table.observation(term.minus[seed]).right;
            for (std::size_t row = 0; row < rows; ++row)
                differences[row] += static_cast<int>(plus[row]) - static_cast<int>(minus[row]);
        }
        const double count = static_cast<double>(rows);
        const double weight = 1 / (static_cast<double>(term.seeds.size() * terms.size()) * count);
        double sum = 0, squares = 0;
        for (const int difference : differences) {
            weighted.push_back(weight * difference);
            sum += weighted.back();
            squares += weighted.back() * weighted.back();
        }
        if (rows > 1)
            variance += (squares - sum * sum / count) * count / (count - 1);
        whole.insert(whole.end(), differences.begin(), differences.end());
    }
    const RowTest test = terms.size() == 1 ? mcnemarOfRows(whole) : mcnemarOfWeightedRows(weighted);
    const double half = 1.959963984540054 * std::sqrt(std::max(0.0, variance));
    return StudyTest{{value, value - half, value + half}, test.p, test.method, whole.size()};
}

std::optional<StudyTest> taskTest(const StudyTable& table, const std::vector<TaskTerm>& terms)
{
    if (terms.size() < 3)
        return std::nullopt;
    std::vector<double> differences;
    for (const TaskTerm& term : terms)
        differences.push_back(meanInterval(term.values(table)).mean);
    const MeanInterval mean = meanInterval(differences);
    const double count = static_cast<double>(differences.size());
    const double variance = mean.deviation.value_or(0) * mean.deviation.value_or(0) / count;
    const SeedVariance seeds = seedVarianceOf(table, terms);
    if (seeds.isPooled || !seeds.isComplete || !(seeds.variance > 0))
        return testOf(mean.mean, std::sqrt(variance), count - 1, "Student over tasks", differences.size());
    // Joint runs: what a seed changes in all tasks alike, the differences between tasks do not tell.
    const double both = variance + seeds.variance;
    const double degrees =
        both * both /
        (variance * variance / (count - 1) + seeds.variance * seeds.variance / std::max(1.0, seeds.degrees));
    return testOf(mean.mean, std::sqrt(both), degrees, "Student over tasks and seeds (Satterthwaite)",
                  differences.size());
}

} // namespace

StudyInterval within(StudyInterval interval, double lowest, double highest)
{
    if (interval.low)
        interval.low = std::clamp(*interval.low, lowest, highest);
    if (interval.high)
        interval.high = std::clamp(*interval.high, lowest, highest);
    return interval;
}

StudyDifference comparisonOf(const StudyTable& table, StudyBootstrap& bootstrap, std::size_t allocation,
                             std::size_t from, bool average)
{
    StudyDifference result;
    result.from = from;
    std::vector<TaskTerm> terms;
    for (std::size_t task = 0; task < table.tasks(); ++task)
        if (auto term = termOf(table, allocation, from, task)) {
            result.tasks.push_back(task);
            result.pairs += term->seeds.size();
            terms.push_back(std::move(*term));
        }
    if (terms.empty() || !average)
        return result;
    const MeanEstimate estimate = estimateOf(table, bootstrap, terms);
    double widest = 0;
    for (const TaskTerm& term : terms) {
        const auto [lowest, highest] = table.observations().tasks[term.task].metric.range();
        widest = std::max(widest, highest - lowest);
    }
    const auto bounded = [widest](std::optional<StudyTest> test) {
        if (test)
            test->difference = within(test->difference, -widest, widest);
        return test;
    };
    result.difference = within(estimate.interval(), -widest, widest);
    result.degrees = estimate.degrees;
    result.p = estimate.p();
    result.bySeed = bounded(seedTest(table, terms, estimate.value));
    result.byTestRow = bounded(rowTest(table, terms, estimate.value));
    result.byTask = bounded(taskTest(table, terms));
    // Of single runs the test that is exact for few rows.
    if (estimate.singleSeed && result.byTestRow)
        result.p = result.byTestRow->p;
    if (estimate.standardError && *estimate.standardError <= 0 && std::abs(estimate.value) > 1e-12)
        result.verdict = StudyVerdict::NoInterval;
    else if (!estimate.standardError || !result.p)
        result.verdict = StudyVerdict::NoInterval;
    else
        result.verdict = estimate.singleSeed ? StudyVerdict::OnlyTheseRuns : StudyVerdict::NoClearDifference;
    return result;
}

} // namespace hilo
