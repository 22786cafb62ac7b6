// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of a study: planned, made, queued, found again.
#include "study_fixture.h"

#include "queue/run_queue.h"
#include "study/study_estimate.h"
#include "study/study_runs.h"
#include "study/study_store.h"
#include "study/study_work.h"

#include <set>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::vector<std::string> idsOf(const Study& study)
{
    std::vector<std::string> ids;
    for (const StudyRun& run : study.runs)
        ids.push_back(run.run);
    return ids;
}

} // namespace

HILO_TEST(aStudysRunsAreOrdinaryOnesInTheQueue)
{
    const StudyFixture fixture;
    RunStore store = fixture.store();
    const Study made = REQUIRE_OK(fixture.make(fixture.request()));
    CHECK_EQ(REQUIRE_OK(addStudy(store, made)), 8);
    const Study study = REQUIRE_OK(readStudy(fixture.project(), "first"));
    CHECK_EQ(study.runs.size(), 8u);
    CHECK_EQ(expectedRuns(study), 8u);
    CHECK_EQ(REQUIRE_OK(queuedRuns(store.database())).size(), 8u);
    // Seed by seed, so that what is there early compares all allocations.
    CHECK_EQ(study.runs[0].run, "first-lora-60000-kinds-s1");
    CHECK_EQ(study.runs[3].seed, 1);
    CHECK_EQ(study.runs[4].seed, 2);
    for (const StudyRun& run : study.runs) {
        const RunSpec spec = REQUIRE_OK(readRunSpec(fixture.folder(run.run) / "run.json"));
        CHECK_EQ(spec.training.seed, run.seed);
        CHECK_EQ(spec.tasks.size(), 1u);
        CHECK_EQ(nameOfTask(spec.tasks[0]), nameOfTask(study.spec.tasks[*run.task]));
        CHECK(spec.map.layers == study.arms[run.arm].map.layers);
    }
    CHECK_CONTAINS(describe(REQUIRE_ERROR(addStudy(store, made))), "already");
    // Nothing is left to do, and nothing is done twice.
    CHECK_EQ(REQUIRE_OK(advanceStudy(store, "first", true)), 0);
    CHECK_EQ(REQUIRE_OK(fixture.project().runIds()).size(), 8u);
    CHECK_CONTAINS(describe(REQUIRE_ERROR(advanceStudy(store, "second", true))), "no study of this name");
    CHECK(!std::filesystem::exists(fixture.place("studies/.second.lock")));
}

HILO_TEST(aJointStudyTrainsAllTasksInOneRun)
{
    const StudyFixture fixture;
    RunStore store = fixture.store();
    StudyRequest request = fixture.request();
    request.joint = true;
    CHECK_EQ(REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(request)))), 4);
    const Study study = REQUIRE_OK(readStudy(fixture.project(), "first"));
    CHECK_EQ(REQUIRE_OK(readRunSpec(fixture.folder(study.runs[0].run) / "run.json")).tasks.size(), 2u);
}

HILO_TEST(whatWasKilledOnTheWayIsMadeGood)
{
    const StudyFixture fixture;
    RunStore store = fixture.store();
    REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(fixture.request()))));
    const Study study = REQUIRE_OK(readStudy(fixture.project(), "first"));
    const std::string before = readText(studyFile(fixture.project(), "first"));
    // Killed between the file and the runs, and between a run and its ticket.
    std::filesystem::remove_all(fixture.folder(study.runs[5].run));
    std::filesystem::remove_all(fixture.folder(study.runs[6].run));
    std::filesystem::remove(fixture.folder(study.runs[2].run) / "queue.json");
    REQUIRE_OK(dequeue(store, study.runs[2].run));
    CHECK_EQ(REQUIRE_OK(advanceStudy(store, "first", true)), 3);
    CHECK_EQ(readText(studyFile(fixture.project(), "first")), before);
    CHECK_EQ(REQUIRE_OK(fixture.project().runIds()).size(), 8u);
    CHECK_EQ(REQUIRE_OK(queuedRuns(store.database())).size(), 8u);
}

HILO_TEST(extendingRepeatsNothing)
{
    StudyFixture fixture;
    RunStore store = fixture.store();
    REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(fixture.request()))));
    const Study before = REQUIRE_OK(readStudy(fixture.project(), "first"));
    for (const StudyRun& run : before.runs)
        fixture.finish(run.run, {nameOfTask(before.spec.tasks[*run.task])}, 0.5, 1);
    StudyRequest more;
    more.seeds = {1, 3};
    more.strategies = {"mola"};
    more.tasks = {"words:" + fixture.place("words").string()};
    const auto extend = [&](Study& study) { return fixture.extend(study, more); };
    // 3 tasks x 3 allocations x 3 seeds, less 8.
    CHECK_EQ(REQUIRE_OK(changeStudy(store, "first", extend)), 27 - 8);
    const Study study = REQUIRE_OK(readStudy(fixture.project(), "first"));
    const std::vector<std::string> ids = idsOf(study);
    CHECK_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 27u);
    CHECK(std::equal(before.runs.begin(), before.runs.end(), study.runs.begin(),
                     [](const StudyRun& one, const StudyRun& other) { return one.run == other.run; }));
    CHECK_EQ(REQUIRE_OK(changeStudy(store, "first", extend)), 0);

    // Another study of the same allocations and tasks takes the runs that there are, by the hash of their specs.
    StudyRequest same = fixture.request();
    same.name = "second";
    same.seeds = {2, 4};
    CHECK_EQ(REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(same)))), 4);
    const Study second = REQUIRE_OK(readStudy(fixture.project(), "second"));
    const auto taken = std::count_if(second.runs.begin(), second.runs.end(),
                                     [](const StudyRun& run) { return run.run.starts_with("first-"); });
    CHECK_EQ(taken, 4);
    // Removing it with its runs leaves those of the first one.
    REQUIRE_OK(removeStudy(store, "second", true));
    CHECK_EQ(REQUIRE_OK(fixture.project().runIds()).size(), 27u);
    REQUIRE_OK(removeStudy(store, "first", false));
    CHECK(studyNames(fixture.project()).empty());
    CHECK_EQ(REQUIRE_OK(fixture.project().runIds()).size(), 27u);
}

HILO_TEST(longAndEqualNamesGetIdsOfTheirOwn)
{
    const StudyFixture fixture;
    RunStore store = fixture.store();
    StudyRequest request = fixture.request();
    // Ids have no capitals and no blanks, and end somewhere.
    request.strategies = {"A b=lora", "a B=lora:rank=2", std::string(100, 'x') + "=mola",
                          std::string(99, 'x') + "y=hilo"};
    const Study made = REQUIRE_OK(fixture.make(request));
    CHECK_EQ(REQUIRE_OK(addStudy(store, made)), 16);
    const std::vector<std::string> ids = idsOf(REQUIRE_OK(readStudy(fixture.project(), "first")));
    CHECK_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 16u);
}

HILO_TEST(failedRunsAreTriedAgainWhenAskedTo)
{
    const StudyFixture fixture;
    RunStore store = fixture.store();
    REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(fixture.request()))));
    const Study study = REQUIRE_OK(readStudy(fixture.project(), "first"));
    const std::string failed = study.runs[0].run;
    appendText(fixture.folder(failed) / "events.ndjson", eventLine("started", {{"steps", 3}}) + "\n" +
                                                             eventLine("failed", {{"code", 3}, {"message", "no"}}) +
                                                             "\n");
    REQUIRE_OK(dequeue(store, failed));
    REQUIRE_OK(store.scan());
    RunReader reader = fixture.reader();
    CHECK_EQ(REQUIRE_OK(progressOf(study, reader)).failed, 1);
    CHECK_EQ(REQUIRE_OK(advanceStudy(store, "first", false)), 0);
    CHECK_EQ(REQUIRE_OK(advanceStudy(store, "first", true)), 1);
}

HILO_TEST(thePlanKnowsTimeFromMeasuredRunsOnly)
{
    StudyFixture fixture;
    RunStore store = fixture.store();
    REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(fixture.request()))));
    const Study study = REQUIRE_OK(readStudy(fixture.project(), "first"));
    {
        RunReader reader = fixture.reader();
        const StudyEstimate unknown = REQUIRE_OK(estimateStudy(study, studyModel(), reader));
        CHECK_EQ(unknown.missingRuns, 8);
        CHECK(!unknown.seconds.has_value());
        CHECK_CONTAINS(unknown.timeFrom, "unknown");
        CHECK(unknown.diskBytes > 8 * 60000);
        CHECK(unknown.memoryBytes > 0);
        CHECK(toJson(unknown)["seconds"].is_null());
    }
    // 6 seconds for 3 steps; seven runs of ten steps are left.
    fixture.finish(study.runs[0].run, {"kinds"}, 0.5, 1);
    REQUIRE_OK(dequeue(store, study.runs[0].run));
    REQUIRE_OK(store.scan());
    RunReader reader = fixture.reader();
    const StudyEstimate known = REQUIRE_OK(estimateStudy(study, studyModel(), reader));
    CHECK_EQ(known.missingRuns, 7);
    CHECK_NEAR(known.seconds.value_or(0), 7 * 10 * 2.0, 1e-9);
}
