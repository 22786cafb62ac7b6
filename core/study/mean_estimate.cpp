// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/mean_estimate.h"

#include "compare/distributions.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

/// Differences that rounding makes of equal numbers count as none.
constexpr double rounding = 1e-12;

double meanOf(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Sample variance; 0 of one value.
double varianceOf(const std::vector<double>& values)
{
    if (values.size() < 2)
        return 0;
    const double mean = meanOf(values);
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const double variance = squares / static_cast<double>(values.size() - 1);
    return variance > rounding * rounding * std::max(1.0, mean * mean) ? variance : 0;
}

/// The term with its seeds as they are and the rows drawn.
double rowReplicateOf(const TaskTerm& term, const StudyBootstrap& bootstrap, std::size_t replicate)
{
    double sum = 0;
    for (std::size_t seed = 0; seed < term.seeds.size(); ++seed) {
        sum += bootstrap.valuesOf(term.plus[seed])[replicate];
        if (!term.minus.empty())
            sum -= bootstrap.valuesOf(term.minus[seed])[replicate];
    }
    return sum / static_cast<double>(term.seeds.size());
}

} // namespace

std::vector<double> TaskTerm::values(const StudyTable& table) const
{
    std::vector<double> values;
    for (std::size_t seed = 0; seed < seeds.size(); ++seed)
        values.push_back(table.observation(plus[seed]).value -
                         (minus.empty() ? 0.0 : table.observation(minus[seed]).value));
    return values;
}

std::optional<TaskTerm> termOf(const StudyTable& table, std::size_t allocation, std::size_t task)
{
    TaskTerm term{task, {}, {}, {}, true};
    for (const auto& [seed, index] : table.cell(allocation, task)) {
        term.seeds.push_back(seed);
        term.plus.push_back(index);
        term.rows = term.rows && table.hasRows(index);
    }
    return term.seeds.empty() ? std::nullopt : std::optional(std::move(term));
}

std::optional<TaskTerm> termOf(const StudyTable& table, std::size_t allocation, std::size_t from, std::size_t task)
{
    TaskTerm term{task, {}, {}, {}, true};
    const auto& other = table.cell(from, task);
    for (const auto& [seed, index] : table.cell(allocation, task))
        if (const auto found = other.find(seed); found != other.end()) {
            term.seeds.push_back(seed);
            term.plus.push_back(index);
            term.minus.push_back(found->second);
            term.rows = term.rows && table.hasRows(index) && table.hasRows(found->second);
        }
    return term.seeds.empty() ? std::nullopt : std::optional(std::move(term));
}

double replicateOf(const TaskTerm& term, StudyBootstrap& bootstrap, const SeedWeights& weights, std::size_t replicate)
{
    double sum = 0;
    const std::size_t seeds = term.seeds.size();
    for (std::size_t seed = 0; seed < seeds; ++seed) {
        const std::uint16_t weight = weights[replicate * seeds + seed];
        if (weight == 0)
            continue;
        double value = bootstrap.valuesOf(term.plus[seed])[replicate];
        if (!term.minus.empty())
            value -= bootstrap.valuesOf(term.minus[seed])[replicate];
        sum += weight * value;
    }
    return sum / static_cast<double>(seeds);
}

SeedVariance seedVarianceOf(const StudyTable& table, const std::vector<TaskTerm>& terms)
{
    SeedVariance result;
    const double tasks = static_cast<double>(terms.size());
    const bool sameSeeds = std::all_of(terms.begin(), terms.end(),
                                       [&terms](const TaskTerm& term) { return term.seeds == terms.front().seeds; });
    if (table.observations().joint && sameSeeds) {
        std::vector<double> means(terms.front().seeds.size(), 0.0);
        for (const TaskTerm& term : terms) {
            const std::vector<double> values = term.values(table);
            for (std::size_t seed = 0; seed < means.size(); ++seed)
                means[seed] += values[seed] / tasks;
        }
        result.isComplete = means.size() > 1;
        result.variance = varianceOf(means) / static_cast<double>(means.size());
        result.degrees = static_cast<double>(means.size()) - 1;
        return result;
    }
    result.isComplete = true;
    result.isPooled = terms.size() > 1;
    double quotients = 0, mostDegrees = 0;
    for (const TaskTerm& term : terms) {
        const double seeds = static_cast<double>(term.seeds.size());
        result.isComplete = result.isComplete && term.seeds.size() > 1;
        const double part = varianceOf(term.values(table)) / seeds / (tasks * tasks);
        result.variance += part;
        mostDegrees += seeds - 1;
        if (part > 0)
            quotients += part * part / (seeds - 1);
    }
    result.degrees = quotients > 0 ? result.variance * result.variance / quotients : mostDegrees;
    return result;
}

MeanEstimate estimateOf(const StudyTable& table, StudyBootstrap& bootstrap, const std::vector<TaskTerm>& terms)
{
    MeanEstimate estimate;
    std::vector<const SeedWeights*> weights;
    std::size_t rows = 0;
    bool isKnown = true;
    const double tasks = static_cast<double>(terms.size());
    for (const TaskTerm& term : terms) {
        estimate.value += meanOf(term.values(table)) / tasks;
        estimate.singleSeed = estimate.singleSeed || term.seeds.size() < 2;
        isKnown = isKnown && (term.seeds.size() > 1 || term.rows);
        if (term.rows)
            rows = rows == 0 ? table.rows(term.task) : std::min(rows, table.rows(term.task));
        weights.push_back(&bootstrap.weightsOf(term.task, term.seeds));
    }
    if (!isKnown)
        return estimate;
    std::vector<double> replicates(static_cast<std::size_t>(bootstrap.replicates()), 0.0), ofRows = replicates;
    for (std::size_t replicate = 0; replicate < replicates.size(); ++replicate)
        for (std::size_t i = 0; i < terms.size(); ++i) {
            replicates[replicate] += replicateOf(terms[i], bootstrap, *weights[i], replicate) / tasks;
            ofRows[replicate] += rowReplicateOf(terms[i], bootstrap, replicate) / tasks;
        }
    const SeedVariance seedPart = seedVarianceOf(table, terms);
    const double rowPart = rows > 0 ? varianceOf(ofRows) : 0;
    // Without rows the variance is known without drawing.
    estimate.standardError = std::sqrt(rowPart > 0 ? varianceOf(replicates) : seedPart.variance);
    const double rowDegrees = std::max(1.0, static_cast<double>(rows) - 1);
    const double quotients = (seedPart.variance > 0 ? seedPart.variance * seedPart.variance / seedPart.degrees : 0) +
                             rowPart * rowPart / rowDegrees;
    const double total = seedPart.variance + rowPart;
    estimate.degrees = quotients > 0 ? total * total / quotients : std::max(1.0, seedPart.degrees);
    return estimate;
}

StudyInterval MeanEstimate::interval() const
{
    StudyInterval interval{value, std::nullopt, std::nullopt};
    if (standardError && degrees) {
        const double half = studentHalfWidth95(*degrees) * *standardError;
        interval.low = value - half;
        interval.high = value + half;
    }
    return interval;
}

std::optional<double> MeanEstimate::p() const
{
    if (!standardError || !degrees)
        return std::nullopt;
    if (std::abs(value) < rounding)
        return 1.0;
    if (*standardError <= 0)
        return std::nullopt;
    return studentTwoSided(value / *standardError, *degrees);
}

} // namespace hilo
