// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/summary.h"

#include "base/share_interval.h"
#include "made_study.h"
#include "study/study_verdict.h"
#include "support/testing.h"

#include <limits>
#include <string>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// Two allocations, two tasks, three seeds, no rows; the second is better by 2, 3 and 4 points everywhere.
StudyObservations clearStudy(bool joint)
{
    StudyObservations study = madeStudy({"lora", "hilo"}, {"cola", "mrpc"}, {1, 2, 3});
    study.joint = joint;
    for (std::size_t task = 0; task < 2; ++task)
        for (int seed = 1; seed <= 3; ++seed) {
            const double base = 0.6 + 0.1 * static_cast<double>(task) + 0.03 * seed;
            add(study, 0, task, seed, base);
            add(study, 1, task, seed, base + 0.01 + 0.01 * seed);
        }
    return study;
}

std::string notesOf(const StudySummary& summary)
{
    std::string text;
    for (const std::string& note : inWords(summary.notes))
        text += note + "\n";
    return text;
}

} // namespace

HILO_TEST(cellsAndMeansAreStudentsWhereOnlySeedsAreKnown)
{
    const StudySummary summary = REQUIRE_OK(summarise(clearStudy(true)));
    // 0.63, 0.66, 0.69: s = 0.03, t(0.975, 2) = 4.302653, half width 0.0745241.
    const StudyCell& cell = summary.rows[0].cells[0];
    CHECK_NEAR(cell.mean->value, 0.66, 1e-12);
    CHECK_NEAR(*cell.mean->high - 0.66, 4.302652729911275 * 0.03 / std::sqrt(3.0), 1e-9);
    CHECK_EQ(cell.seeds.size(), 3u);
    CHECK_EQ(cell.rows, 0u);
    CHECK_NEAR(summary.rows[0].mean->value, 0.71, 1e-12);
    // Joint: a seed's tasks move together, so the mean is as unsure as each task.
    CHECK_NEAR(*summary.rows[0].mean->high - 0.71, 4.302652729911275 * 0.03 / std::sqrt(3.0), 1e-9);
    // Single: independent tasks with equal variances, half the variance and four degrees of freedom.
    const StudySummary single = REQUIRE_OK(summarise(clearStudy(false)));
    CHECK_NEAR(*single.rows[0].mean->high - 0.71, 2.7764451051977987 * 0.03 / std::sqrt(6.0), 1e-9);
}

HILO_TEST(aDifferenceIsPairedBySeed)
{
    const StudySummary summary = REQUIRE_OK(summarise(clearStudy(false)));
    const StudyDifference& one = *summary.rows[1].difference;
    CHECK_NEAR(one.difference->value, 0.03, 1e-12);
    CHECK_NEAR(*one.degrees, 4, 1e-9);
    CHECK_NEAR(*one.difference->high - 0.03, 2.7764451051977987 * 0.01 / std::sqrt(6.0), 1e-9);
    // t = 0.03 / 0.00408248 = 7.348469 with 4 degrees: 2 * scipy.stats.t.sf = 0.0018262607.
    CHECK_NEAR(*one.p, 0.0018262606, 1e-9);
    CHECK_EQ(*one.pHolm, *one.p);
    CHECK_EQ(one.pairs, 6u);
    CHECK(one.bySeed && !one.byTestRow && !one.byTask);
    CHECK_NEAR(*one.bySeed->p, *one.p, 1e-12);
    CHECK(one.verdict == StudyVerdict::Better);
    CHECK_CONTAINS(one.text, "hilo is better than lora: +3.00 points (+1.87 to +4.13), p 0.002.");
    CHECK_CONTAINS(summary.sentence, "Better than lora: hilo");
    CHECK_EQ(summary.comparisons, 1u);
}

HILO_TEST(theSameStudyGivesTheSameNumbers)
{
    StudyObservations study = madeStudy({"lora", "hilo"}, {"cola"}, {1, 2});
    for (const int seed : {1, 2}) {
        addRows(study, 0, 0, seed, seed == 1 ? "1101001110" : "1101101010");
        addRows(study, 1, 0, seed, seed == 1 ? "1111001110" : "1101101110");
    }
    const StudySummary first = REQUIRE_OK(summarise(study)), second = REQUIRE_OK(summarise(study));
    CHECK_EQ(*first.rows[1].difference->difference->low, *second.rows[1].difference->difference->low);
    CHECK_EQ(*first.rows[0].rank->low, *second.rows[0].rank->low);
    StudySummaryOptions other;
    other.seed = 7;
    CHECK(*REQUIRE_OK(summarise(study, other)).rows[0].mean->low != *first.rows[0].mean->low);
}

HILO_TEST(oneSeedNeverMakesAWinner)
{
    StudyObservations study = madeStudy({"lora", "hilo"}, {"cola"}, {1});
    addRows(study, 0, 0, 1, std::string(200, '1') + std::string(200, '0'));
    addRows(study, 1, 0, 1, std::string(300, '1') + std::string(100, '0'));
    const StudySummary summary = REQUIRE_OK(summarise(study));
    const auto [low, high] = wilsonInterval(200, 400);
    CHECK_EQ(*summary.rows[0].cells[0].mean->low, low);
    CHECK_EQ(*summary.rows[0].mean->high, high);
    const StudyDifference& one = *summary.rows[1].difference;
    CHECK(*one.p < 1e-20);
    CHECK_EQ(one.byTestRow->method, "McNemar, exact");
    CHECK(!one.bySeed);
    CHECK(one.verdict == StudyVerdict::OnlyTheseRuns);
    CHECK_CONTAINS(one.text, "One seed says nothing of other seeds");
    CHECK_CONTAINS(notesOf(summary), "One seed only on cola");
    // Without rows there is no interval at all.
    StudyObservations bare = madeStudy({"lora", "hilo"}, {"cola"}, {1});
    add(bare, 0, 0, 1, 0.5);
    add(bare, 1, 0, 1, 0.9);
    const StudySummary bareSummary = REQUIRE_OK(summarise(bare));
    CHECK(!bareSummary.rows[0].mean->low);
    CHECK(!bareSummary.rows[1].rank->low);
    CHECK(bareSummary.rows[1].difference->verdict == StudyVerdict::NoInterval);
    CHECK(!bareSummary.rows[1].difference->p);
    CHECK_CONTAINS(bareSummary.sentence, "Nothing says how sure the difference from lora is: hilo (+40.00 points)");
}

HILO_TEST(equalDifferencesAreNoProof)
{
    StudyObservations study = madeStudy({"lora", "hilo"}, {"cola"}, {1, 2});
    for (const int seed : {1, 2}) {
        add(study, 0, 0, seed, 0.5 + 0.1 * seed);
        add(study, 1, 0, seed, 0.6 + 0.1 * seed);
    }
    const StudySummary summary = REQUIRE_OK(summarise(study));
    CHECK(summary.rows[1].difference->verdict == StudyVerdict::NoInterval);
    CHECK(!summary.rows[1].difference->pHolm);
}

HILO_TEST(whatDoesNotDifferClearlyIsSaidSo)
{
    StudyObservations study = madeStudy({"lora", "mola", "hilo"}, {"cola", "mrpc", "rte"}, {1, 2});
    const double noise[] = {0.02, -0.01, 0.015, -0.02, 0.01, -0.015};
    for (std::size_t task = 0; task < 3; ++task)
        for (std::size_t seed = 0; seed < 2; ++seed)
            for (std::size_t allocation = 0; allocation < 3; ++allocation)
                add(study, allocation, task, static_cast<std::int64_t>(seed) + 1,
                    0.7 + noise[(task * 2 + seed * 3 + allocation) % 6]);
    const StudySummary summary = REQUIRE_OK(summarise(study));
    CHECK(summary.rows[1].difference->verdict == StudyVerdict::NoClearDifference);
    CHECK_CONTAINS(summary.rows[1].difference->text, "No clear difference between mola and lora");
    CHECK_CONTAINS(summary.sentence, "No clear difference from lora: mola");
    CHECK_CONTAINS(summary.sentence, "over 2 comparisons");
    CHECK(summary.rows[1].difference->byTask.has_value());
    CHECK(summary.ranks.criticalDifference.has_value());
    CHECK(!summary.ranks.groups.empty());
    for (const StudyRow& row : summary.rows)
        CHECK(*row.rank->low <= row.rank->value && row.rank->value <= *row.rank->high);
}

HILO_TEST(aLowerLossIsBetter)
{
    StudyObservations study = clearStudy(false);
    for (StudyTask& task : study.tasks)
        task.metric.metric = "loss";
    const StudySummary summary = REQUIRE_OK(summarise(study));
    CHECK(summary.lowerIsBetter);
    CHECK_EQ(summary.unit, "");
    CHECK(summary.rows[1].difference->verdict == StudyVerdict::Worse);
    CHECK_EQ(summary.rows[0].rank->value, 1.0);
}

HILO_TEST(metricsWithoutACommonScaleHaveNoMean)
{
    StudyObservations study = clearStudy(false);
    study.tasks[1].metric.metric = "loss";
    const StudySummary summary = REQUIRE_OK(summarise(study));
    CHECK(!summary.rows[0].mean);
    CHECK(!summary.rows[1].difference->difference);
    CHECK(summary.rows[1].difference->verdict == StudyVerdict::NotMeasured);
    CHECK_CONTAINS(notesOf(summary), "no common scale");
    // Better on one, worse on the other.
    CHECK_EQ(summary.rows[0].rank->value, 1.5);
    study.tasks[1].metric.metric = "matthews";
    CHECK_CONTAINS(notesOf(REQUIRE_OK(summarise(study))), "The mean is over different metrics: accuracy and matthews.");
}

HILO_TEST(whatIsMissingIsLeftOutAndSaid)
{
    StudyObservations study = clearStudy(false);
    study.expectedRuns = 20;
    // Of the second allocation only the first task has finished, with two seeds.
    std::erase_if(study.values,
                  [](const StudyObservation& one) { return one.allocation == 1 && (one.task == 1 || one.seed == 3); });
    const StudySummary summary = REQUIRE_OK(summarise(study));
    CHECK(!summary.rows[1].mean);
    CHECK(!summary.rows[1].cells[1].mean);
    CHECK_EQ(summary.rows[1].difference->tasks.size(), 1u);
    CHECK_EQ(summary.rows[1].difference->pairs, 2u);
    CHECK_NEAR(summary.rows[1].difference->difference->value, 0.025, 1e-12);
    CHECK_EQ(summary.ranks.tasks, 1u);
    const std::string notes = notesOf(summary);
    CHECK_CONTAINS(notes, "8 of 20 runs have finished");
    CHECK_CONTAINS(notes, "No value yet of hilo on mrpc");
    CHECK_CONTAINS(notes, "Mean ranks are over 1 of 2 tasks");
    study.values.clear();
    const StudySummary empty = REQUIRE_OK(summarise(study));
    CHECK_EQ(empty.sentence, "Nothing is measured yet.");
    CHECK(empty.rows[1].difference->verdict == StudyVerdict::NotMeasured);
    CHECK_EQ(REQUIRE_OK(summarise(StudyObservations{})).rows.size(), 0u);
}

HILO_TEST(aSearchThatEndsAtAnEndOfItsRatesSaysSo)
{
    StudyObservations study = clearStudy(false);
    const auto isSaid = [&study] {
        return notesOf(REQUIRE_OK(summarise(study))).find("The search") != std::string::npos;
    };
    CHECK(!isSaid());
    study.allocations[0].ratesTried = study.allocations[1].ratesTried = {1e-3, 2e-3, 4e-3};
    study.allocations[0].learningRate = 2e-3;
    study.allocations[1].learningRate = 4e-3;
    CHECK_CONTAINS(notesOf(REQUIRE_OK(summarise(study))),
                   "The search chose the highest learning rate that it was given, 0.004, for hilo.");
    study.allocations[0].learningRate = study.allocations[1].learningRate = 1e-3;
    CHECK_CONTAINS(notesOf(REQUIRE_OK(summarise(study))),
                   "The search chose the lowest learning rate that it was given, 0.001, for lora, hilo.");
    // One rate alone is no search that could have gone on.
    study.allocations[0].ratesTried = study.allocations[1].ratesTried = {1e-3};
    CHECK(!isSaid());
}

HILO_TEST(whatIsNoNumberCountsAsNotMeasured)
{
    StudyObservations study = clearStudy(false);
    study.values[1].value = std::numeric_limits<double>::quiet_NaN();
    const StudySummary summary = REQUIRE_OK(summarise(study));
    CHECK_CONTAINS(notesOf(summary), "Not a number, left out: hilo, cola, seed 1 (run run-1-0-1).");
    CHECK_EQ(summary.rows[1].cells[0].seeds.size(), 2u);
    CHECK_EQ(summary.rows[1].difference->pairs, 5u);
}

HILO_TEST(rowsThatDoNotFitAreNotCompared)
{
    StudyObservations study = madeStudy({"lora", "hilo"}, {"cola"}, {1, 2});
    for (const int seed : {1, 2}) {
        addRows(study, 0, 0, seed, "1101");
        addRows(study, 1, 0, seed, seed == 1 ? "11011" : "1111");
    }
    const StudySummary summary = REQUIRE_OK(summarise(study));
    CHECK_CONTAINS(notesOf(summary), "different numbers of test rows");
    CHECK_EQ(summary.rows[0].cells[0].rows, 0u);
    CHECK(!summary.rows[1].difference->byTestRow);
    // Rows that do not give the value are of something else.
    StudyObservations other = madeStudy({"lora", "hilo"}, {"cola"}, {1, 2});
    for (const int seed : {1, 2})
        for (const std::size_t allocation : {0u, 1u})
            add(other, allocation, 0, seed, 0.5, {true, true, false});
    CHECK_CONTAINS(notesOf(REQUIRE_OK(summarise(other))), "do not give its accuracy");
}

HILO_TEST(budgetsAreComparedWithTheBaselineOfTheirOwn)
{
    StudyObservations study = madeStudy({"lora", "hilo", "lora", "hilo"}, {"cola", "rte"}, {1, 2, 3});
    for (std::size_t i = 0; i < 4; ++i) {
        study.allocations[i].budget = i < 2 ? 20000 : 60000;
        study.allocations[i].trainable = i < 2 ? 19000 : 59000;
        for (std::size_t task = 0; task < 2; ++task)
            for (int seed = 1; seed <= 3; ++seed)
                add(study, i, task, seed,
                    0.6 + (i >= 2 ? 0.1 : 0.0) + (i % 2 == 1 ? 0.01 * seed : 0.0) +
                        0.002 * seed * (task == 0 ? 1 : -1));
    }
    const StudySummary summary = REQUIRE_OK(summarise(study));
    CHECK(!summary.rows[1].differenceAtBudget);
    CHECK(!summary.rows[2].differenceAtBudget);
    CHECK_EQ(summary.rows[3].differenceAtBudget->from, 2u);
    CHECK_NEAR(summary.rows[3].differenceAtBudget->difference->value, 0.02, 1e-12);
    CHECK_NEAR(summary.rows[3].difference->difference->value, 0.12, 1e-12);
    // More parameters change lora by the same in all runs: nothing says how sure that is, so it is not tested.
    CHECK(summary.rows[2].difference->verdict == StudyVerdict::NoInterval);
    CHECK_EQ(summary.comparisons, 3u);
    CHECK_EQ(summary.curves.size(), 2u);
    CHECK_NEAR(summary.targets.at(0), 0.7, 1e-12);
    CHECK(summary.curves[0].trainable[0].where == StudyReach::Where::Within);
    CHECK_NEAR(*summary.curves[0].trainable[0].parameters, 59000, 1e-6);
    CHECK(*summary.curves[1].trainable[0].parameters < 59000);
    CHECK_CONTAINS(summary.sentence, "hilo at 60 k");
}

HILO_TEST(observationsThatContradictOneAnotherAreRefused)
{
    StudyObservations study = clearStudy(false);
    add(study, 0, 0, 1, 0.3);
    CHECK(!summarise(study));
    study = clearStudy(false);
    add(study, 7, 0, 1, 0.3);
    CHECK(!summarise(study));
    StudySummaryOptions options;
    options.replicates = 3;
    CHECK(summarise(clearStudy(false), options).error().code == ErrorCode::WrongUsage);
}

HILO_TEST(whatASeedChangesInAllTasksIsChanceOverTasksToo)
{
    StudyObservations study = madeStudy({"a", "b"}, {"x", "y", "z"}, {1, 2, 3});
    study.joint = true;
    for (std::size_t task = 0; task < 3; ++task)
        for (int seed = 1; seed <= 3; ++seed) {
            add(study, 0, task, seed, 0.5);
            // A tenth more or less in all tasks of a run, hardly anything between tasks.
            add(study, 1, task, seed, 0.52 + 0.1 * (seed - 2) + 0.001 * static_cast<double>(task));
        }
    const StudySummary summary = REQUIRE_OK(summarise(study));
    const StudyTest joint = summary.rows[1].difference->byTask.value();
    CHECK(*joint.difference.high - *joint.difference.low > 0.4);
    CHECK(joint.p.value() > 0.5);
    // Single runs have seeds of their own: tasks tell all of it.
    study.joint = false;
    const StudyTest single = REQUIRE_OK(summarise(study)).rows[1].difference->byTask.value();
    CHECK(*single.difference.high - *single.difference.low < 0.01);
    CHECK(single.p.value() < 0.01);
}
