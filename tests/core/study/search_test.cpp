// SPDX-License-Identifier: GPL-3.0-or-later
// What validation data decide: learning rates, and what gets no further seeds.
#include "study_fixture.h"

#include "queue/run_queue.h"
#include "study/collect.h"
#include "study/rate_search.h"
#include "study/study_runs.h"
#include "study/study_store.h"
#include "study/study_work.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

void end(StudyFixture& fixture, RunStore& store, const Study& study, const StudyRun& run, double validationLoss)
{
    fixture.finish(run.run, {nameOfTask(study.spec.tasks[*run.task])}, 0.5, validationLoss);
    REQUIRE_OK(dequeue(store, run.run));
}

Study now(const StudyFixture& fixture)
{
    return REQUIRE_OK(readStudy(fixture.project(), "first"));
}

} // namespace

HILO_TEST(ratesAreChosenByShortRunsOnValidationData)
{
    StudyFixture fixture;
    RunStore store = fixture.store();
    StudyRequest request = fixture.request();
    request.rates = {0.01, 0.001};
    request.rateSteps = 4;
    request.rateSeed = 7;
    // 2 allocations x 2 rates x 2 tasks; nothing else until they are over.
    CHECK_EQ(REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(request)))), 8);
    Study study = now(fixture);
    for (const StudyRun& run : study.runs) {
        const RunSpec spec = REQUIRE_OK(readRunSpec(fixture.folder(run.run) / "run.json"));
        CHECK_EQ(spec.training.steps, 4);
        CHECK_EQ(spec.training.seed, 7);
        CHECK_EQ(spec.training.learningRate, *run.rate);
        CHECK_EQ(spec.evaluation.split, "validation");
        // The first allocation does best at 0.01, the second at 0.001 in the mean over tasks.
        const double loss = run.arm == 0 ? (*run.rate == 0.01 ? 1.0 : 2.0) : (*run.rate == 0.01 ? 3.0 : 2.5);
        end(fixture, store, study, run, loss + 0.1 * static_cast<double>(*run.task));
        if (&run != &study.runs.back())
            CHECK(REQUIRE_OK(advanceStudy(store, "first", false)) <= 4);
    }
    REQUIRE_OK(advanceStudy(store, "first", false));
    study = now(fixture);
    CHECK_EQ(study.arms[0].learningRate.value_or(0), 0.01);
    CHECK_EQ(study.arms[1].learningRate.value_or(0), 0.001);
    CHECK_EQ(study.runs.size(), 16u);
    for (const StudyRun& run : study.runs)
        if (!run.rate)
            CHECK_EQ(REQUIRE_OK(readRunSpec(fixture.folder(run.run) / "run.json")).training.learningRate,
                     *study.arms[run.arm].learningRate);
    // Runs of the search are none of the result.
    RunReader reader = fixture.reader();
    CHECK(REQUIRE_OK(collectStudy(study, fixture.project(), reader)).values.empty());
    CHECK_EQ(REQUIRE_OK(collectStudy(study, fixture.project(), reader)).allocations[1].learningRate, 0.001);
}

HILO_TEST(aSearchIsAsLongAsTheRunsUnlessItIsToldOtherwise)
{
    RunSpec spec;
    spec.training.steps = 240;
    CHECK_EQ(REQUIRE_OK(rateSearch(spec, {0.01, 0.001}, 0, 1)).steps, 240);
    CHECK_EQ(REQUIRE_OK(rateSearch(spec, {0.01, 0.001}, 60, 1)).steps, 60);
    spec.training.steps = 0;
    spec.training.epochs = 2;
    const RateSearch byEpochs = REQUIRE_OK(rateSearch(spec, {0.01, 0.001}, 0, 1));
    CHECK_EQ(byEpochs.steps, 0);
    CHECK_EQ(byEpochs.epochs, 2);
}

HILO_TEST(aRateAtWhichARunFailedIsNotChosen)
{
    StudyFixture fixture;
    RunStore store = fixture.store();
    StudyRequest request = fixture.request();
    request.rates = {0.001, 1};
    REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(request))));
    const Study study = now(fixture);
    for (const StudyRun& run : study.runs) {
        if (*run.rate == 1 && *run.task == 1) {
            appendText(fixture.folder(run.run) / "events.ndjson",
                       eventLine("started", {{"steps", 3}}) + "\n" +
                           eventLine("failed", {{"code", 5}, {"message", "not finite"}}) + "\n");
            REQUIRE_OK(dequeue(store, run.run));
            continue;
        }
        end(fixture, store, study, run, *run.rate == 1 ? 0.1 : 2);
    }
    REQUIRE_OK(advanceStudy(store, "first", false));
    CHECK_EQ(now(fixture).arms[0].learningRate.value_or(0), 0.001);
}

HILO_TEST(halvingDropsTheWorseHalfAndNeverTheFirst)
{
    StudyFixture fixture;
    RunStore store = fixture.store();
    StudyRequest request = fixture.request();
    request.strategies = {"lora=lora", "hilo", "mola", "uniform"};
    request.seeds = {1, 2, 3};
    request.halving = true;
    // One seed of four allocations and two tasks.
    CHECK_EQ(REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(request)))), 8);
    Study study = now(fixture);
    CHECK_EQ(expectedRuns(study), 24u);
    // What decides is measured at the end of each run, though the run spec measures nothing on the way.
    CHECK_EQ(REQUIRE_OK(readRunSpec(fixture.folder(study.runs[0].run) / "run.json")).evaluation.every, 10);
    // The first one is the worst, and stays.
    const double losses[] = {5, 1, 2, 3};
    for (const StudyRun& run : study.runs)
        end(fixture, store, study, run, losses[run.arm]);
    CHECK_EQ(REQUIRE_OK(advanceStudy(store, "first", false)), 6);
    study = now(fixture);
    CHECK(!study.arms[0].droppedAfter.has_value());
    CHECK(!study.arms[1].droppedAfter.has_value());
    CHECK(!study.arms[2].droppedAfter.has_value());
    CHECK_EQ(study.arms[3].droppedAfter.value_or(0), 1);
    CHECK_EQ(expectedRuns(study), 20u);
    for (const StudyRun& run : study.runs)
        if (run.seed == 2)
            end(fixture, store, study, run, losses[run.arm]);
    // Of three the better two stay, and the first one.
    REQUIRE_OK(advanceStudy(store, "first", false));
    study = now(fixture);
    CHECK_EQ(expectedRuns(study), 20u);
    CHECK_EQ(study.runs.size(), 20u);
}
