// SPDX-License-Identifier: GPL-3.0-or-later
// How often the intervals of a study hold the true value, and how often its tests find what is not there: studies are
// drawn from a model whose truth is known. A row is answered rightly where
//     level(allocation, task) + run(seed) + row + noise > 0,
// all of them normal, so that the share of right answers is known exactly: over all seeds and rows, and of each run.
#include "compare/distributions.h"
#include "study/summary.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <iomanip>
#include <iostream>
#include <map>
#include <random>

using namespace hilo;

namespace {

struct Setting
{
    int tasks, seeds, rows;
    bool withRows, joint;
    double seedDeviation;
};

constexpr double rowDeviation = 1, noiseDeviation = 0.6;

/// The level at which so many of all answers are right.
double levelOf(double share, double seedDeviation)
{
    double low = -8, high = 8;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (normalCumulative(middle) < share ? low : high) = middle;
    }
    return low *
           std::sqrt(rowDeviation * rowDeviation + noiseDeviation * noiseDeviation + seedDeviation * seedDeviation);
}

struct Drawn
{
    StudyObservations study;
    std::map<std::size_t, double> runs; ///< the true share of each observation's run
};

/// shares[allocation][task]: the true values. allocations 0 to n - 1, budgets as given (0: none).
Drawn drawStudy(const Setting& setting, const std::vector<std::vector<double>>& shares,
                const std::vector<std::int64_t>& budgets, std::mt19937_64& random)
{
    std::normal_distribution<double> normal;
    Drawn drawn;
    drawn.study.joint = setting.joint;
    for (int task = 0; task < setting.tasks; ++task)
        drawn.study.tasks.push_back({"t" + std::to_string(task), {}});
    for (std::size_t i = 0; i < shares.size(); ++i) {
        StudyAllocation one;
        one.label = budgets[i] > 0 ? "a" : "a" + std::to_string(i);
        one.trainable = one.active = budgets[i] > 0 ? budgets[i] : 1000;
        if (budgets[i] > 0)
            one.budget = budgets[i];
        drawn.study.allocations.push_back(one);
    }
    std::map<std::pair<std::size_t, int>, double> joint;
    for (int task = 0; task < setting.tasks; ++task) {
        std::vector<double> hard(static_cast<std::size_t>(setting.rows));
        for (double& row : hard)
            row = rowDeviation * normal(random);
        for (std::size_t i = 0; i < shares.size(); ++i)
            for (int seed = 0; seed < setting.seeds; ++seed) {
                const auto key = std::pair(i, setting.joint ? seed : task * 1000 + seed);
                const auto shift = joint.try_emplace(key, setting.seedDeviation * normal(random)).first->second;
                const double level = levelOf(shares[i][static_cast<std::size_t>(task)], setting.seedDeviation) + shift;
                StudyObservation one;
                one.allocation = i;
                one.task = static_cast<std::size_t>(task);
                one.seed = seed;
                int right = 0;
                for (const double row : hard) {
                    const bool isRight = level + row + noiseDeviation * normal(random) > 0;
                    right += isRight ? 1 : 0;
                    if (setting.withRows)
                        one.right.push_back(isRight);
                }
                one.value = static_cast<double>(right) / setting.rows;
                one.run = std::to_string(drawn.study.values.size());
                drawn.runs[drawn.study.values.size()] =
                    normalCumulative(level / std::sqrt(rowDeviation * rowDeviation + noiseDeviation * noiseDeviation));
                drawn.study.values.push_back(std::move(one));
            }
    }
    return drawn;
}

struct Counter
{
    int held = 0, all = 0;
    double width = 0;
    void count(const StudyInterval& interval, double truth)
    {
        if (!interval.low || !interval.high)
            return;
        ++all;
        held += *interval.low <= truth && truth <= *interval.high ? 1 : 0;
        width += *interval.high - *interval.low;
    }
    void count(bool isHeld)
    {
        ++all;
        held += isHeld ? 1 : 0;
    }
    std::string text() const
    {
        std::ostringstream stream;
        stream << std::fixed << std::setprecision(1);
        if (all == 0)
            return "-";
        stream << 100.0 * held / all;
        return stream.str();
    }
};

/// True values that differ between tasks and allocations, and the same without differences.
std::vector<std::vector<double>> sharesOf(const Setting& setting, bool differ)
{
    std::vector<std::vector<double>> shares(4);
    for (std::size_t i = 0; i < shares.size(); ++i)
        for (int task = 0; task < setting.tasks; ++task)
            shares[i].push_back(0.6 + 0.05 * (task % 5) + (differ ? 0.02 * static_cast<double>(i) : 0.0));
    return shares;
}

/// The mean, by run, of a comparison's true difference given its seeds.
double givenSeeds(const Drawn& drawn, std::size_t allocation, int tasks, int seeds)
{
    double sum = 0;
    for (const auto& [index, share] : drawn.runs) {
        const StudyObservation& one = drawn.study.values[index];
        sum += one.allocation == allocation ? share : one.allocation == 0 ? -share : 0;
    }
    return sum / (tasks * seeds);
}

std::string line(const Setting& setting, int repeats, int replicates, std::mt19937_64& random)
{
    std::map<std::string, Counter> counters;
    StudySummaryOptions options;
    options.replicates = replicates;
    const auto shares = sharesOf(setting, true), equal = sharesOf(setting, false);
    for (int repeat = 0; repeat < repeats; ++repeat) {
        const Drawn drawn = drawStudy(setting, shares, {0, 0, 0, 0}, random);
        const StudySummary summary = summarise(drawn.study, options).value();
        double mean = 0;
        for (const double share : shares[3])
            mean += share / setting.tasks;
        counters["cell"].count(*summary.rows[0].cells[0].mean, setting.seeds == 1 ? drawn.runs.at(0) : shares[0][0]);
        const StudyDifference& difference = *summary.rows[3].difference;
        const double given = givenSeeds(drawn, 3, setting.tasks, setting.seeds);
        if (setting.seeds > 1) {
            counters["mean"].count(*summary.rows[3].mean, mean);
            counters["difference"].count(*difference.difference, 0.06);
        }
        if (difference.bySeed)
            counters["seed"].count(difference.bySeed->difference, 0.06);
        if (difference.byTestRow)
            counters["row"].count(difference.byTestRow->difference, given);
        counters["rank"].count(*summary.rows[3].rank, 1);
        const StudySummary nothing = summarise(drawStudy(setting, equal, {0, 0, 0, 0}, random).study, options).value();
        bool found = false, ranks = false;
        for (std::size_t i = 1; i < nothing.rows.size(); ++i) {
            const StudyVerdict verdict = nothing.rows[i].difference->verdict;
            found = found || verdict == StudyVerdict::Better || verdict == StudyVerdict::Worse;
        }
        counters["found"].count(found);
        if (nothing.rows[3].difference->byTask)
            counters["task"].count(nothing.rows[3].difference->byTask->difference, 0);
        if (nothing.ranks.criticalDifference) {
            for (const StudyRow& one : nothing.rows)
                for (const StudyRow& other : nothing.rows)
                    ranks = ranks || one.rank->value - other.rank->value > *nothing.ranks.criticalDifference;
            counters["nemenyi"].count(ranks);
        }
        // Values that rise evenly with the logarithm of the parameters: 70 % between the second and the third budget.
        std::vector<std::vector<double>> rising;
        for (const double share : {0.62, 0.67, 0.72, 0.77})
            rising.emplace_back(static_cast<std::size_t>(setting.tasks), share);
        options.targets = {0.7};
        const StudySummary curve =
            summarise(drawStudy(setting, rising, {10000, 20000, 40000, 80000}, random).study, options).value();
        options.targets.clear();
        const StudyReach& reach = curve.curves.at(0).trainable.at(0);
        const double truth = 20000 * std::pow(2, 0.6);
        if (reach.known)
            counters["reach"].count((!reach.low || *reach.low <= truth) && (!reach.high || *reach.high >= truth));
    }
    std::ostringstream stream;
    stream << "| " << setting.tasks << " | " << setting.seeds << " | "
           << (setting.withRows ? std::to_string(setting.rows) : "unknown") << " | " << (setting.joint ? "yes" : "no")
           << " | " << setting.seedDeviation;
    for (const char* name : {"cell", "mean", "difference", "seed", "row", "task", "reach", "rank", "found", "nemenyi"})
        stream << " | " << counters[name].text();
    return stream.str() + " |";
}

} // namespace

int main(int argc, char** argv)
{
    CLI::App app("How often a study's intervals hold the true value, in percent of drawn studies (95 is right)");
    int repeats = 1000, replicates = 400;
    std::uint64_t seed = 1;
    app.add_option("--repeat", repeats, "studies drawn of each setting");
    app.add_option("--replicates", replicates, "of the bootstrap");
    app.add_option("--seed", seed, "of the drawn studies");
    CLI11_PARSE(app, argc, argv);
    std::cout
        << "| tasks | seeds | rows | joint | seeds' deviation | cell | mean | difference | by seed | by row | by task "
           "| reach | rank of the best | false winners | false by Nemenyi |\n"
           "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    std::mt19937_64 random(seed);
    for (const Setting& setting : {Setting{1, 1, 500, true, false, 0.1},
                                   {1, 2, 500, true, false, 0.1},
                                   {1, 3, 500, true, false, 0.1},
                                   {1, 3, 500, false, false, 0.1},
                                   {1, 5, 500, true, false, 0.02},
                                   {5, 2, 300, true, false, 0.1},
                                   {5, 3, 300, true, false, 0.1},
                                   {5, 3, 300, true, true, 0.1},
                                   {5, 3, 300, false, true, 0.1},
                                   {5, 5, 300, true, false, 0.1},
                                   {8, 5, 300, true, true, 0.02}})
        std::cout << line(setting, repeats, replicates, random) << std::endl;
}
