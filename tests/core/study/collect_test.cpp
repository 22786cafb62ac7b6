// SPDX-License-Identifier: GPL-3.0-or-later
// What finished runs say.
#include "study_fixture.h"

#include "run/predictions.h"
#include "study/collect.h"
#include "study/study_store.h"
#include "study/study_work.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

std::string predictionLine(const std::string& task, int line, const std::string& given)
{
    Json json = {{"task", task},  {"split", "test"}, {"file", "t.jsonl"},
                 {"line", line},  {"tokens", 1},     {"place", "line " + std::to_string(line)},
                 {"right", "yes"}};
    if (!given.empty())
        json["given"] = given;
    return json.dump() + "\n";
}

} // namespace

HILO_TEST(observationsAreOfFinishedRuns)
{
    StudyFixture fixture;
    RunStore store = fixture.store();
    StudyRequest request = fixture.request();
    request.budgets = {"60k", "45k"};
    REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(request))));
    const Study study = REQUIRE_OK(readStudy(fixture.project(), "first"));
    int number = 0;
    for (const StudyRun& run : study.runs)
        if (run.seed == 1)
            fixture.finish(run.run, {nameOfTask(study.spec.tasks[*run.task])}, 0.5 + 0.01 * ++number, 1);
    REQUIRE_OK(store.scan());
    const std::string& first = study.runs[0].run;
    writeText(fixture.folder(first) / predictionsFile,
              predictionLine("kinds", 1, "yes") + predictionLine("kinds", 2, "no") + predictionLine("kinds", 3, ""));
    writeText(fixture.folder("first-lora-45000-kinds-s1") / predictionsFile,
              predictionLine("kinds", 1, "no") + predictionLine("kinds", 2, "yes") + predictionLine("kinds", 3, "yes"));
    // Other rows than those of the first run.
    writeText(fixture.folder("first-hilo-60000-kinds-s1") / predictionsFile, predictionLine("kinds", 7, "yes"));
    RunReader reader = fixture.reader();
    const StudyObservations seen = REQUIRE_OK(collectStudy(study, fixture.project(), reader));
    CHECK_EQ(seen.expectedRuns, 16u);
    CHECK_EQ(seen.values.size(), 8u);
    CHECK_EQ(seen.tasks.size(), 2u);
    CHECK_EQ(seen.tasks[1].name, "pairs");
    CHECK_EQ(seen.tasks[0].metric.metric, "accuracy");
    // In the order of the budgets and of the allocations.
    CHECK_EQ(seen.allocations[0].label, study.sources[0].label);
    CHECK_EQ(*seen.allocations[0].budget, 60000);
    CHECK_EQ(*seen.allocations[2].budget, 45000);
    CHECK_EQ(seen.allocations[0].learningRate, 0.001);
    CHECK(seen.allocations[0].scaling > 0);
    CHECK_EQ(seen.values[0].run, first);
    CHECK_NEAR(seen.values[0].value, 0.51, 1e-12);
    CHECK_EQ(seen.values[0].right, (std::vector<bool>{true, false, false}));
    for (const StudyObservation& one : seen.values) {
        if (one.run == "first-lora-45000-kinds-s1")
            CHECK_EQ(one.right, (std::vector<bool>{false, true, true}));
        if (one.run == "first-hilo-60000-kinds-s1")
            CHECK(one.right.empty());
    }
    CHECK(REQUIRE_OK(collectStudy(study, fixture.project(), reader, false)).values[0].right.empty());
    // A damaged file of predictions takes nothing from the numbers.
    writeText(fixture.folder(first) / predictionsFile, "{\"task\": 1}\n");
    CHECK_EQ(REQUIRE_OK(collectStudy(study, fixture.project(), reader)).values.size(), 8u);
}

HILO_TEST(aTasksMetricIsChosenOrMeasured)
{
    StudyFixture fixture;
    RunStore store = fixture.store();
    StudyRequest request = fixture.request();
    request.joint = true;
    request.metrics = {"pairs=loss"};
    REQUIRE_OK(addStudy(store, REQUIRE_OK(fixture.make(request))));
    const Study study = REQUIRE_OK(readStudy(fixture.project(), "first"));
    fixture.finish(study.runs[0].run, {"kinds", "pairs"}, 0.75, 1);
    REQUIRE_OK(store.scan());
    RunReader reader = fixture.reader();
    const StudyObservations seen = REQUIRE_OK(collectStudy(study, fixture.project(), reader));
    CHECK_EQ(seen.values.size(), 2u);
    CHECK_EQ(seen.tasks[0].metric.metric, "accuracy");
    CHECK_NEAR(seen.values[0].value, 0.75, 1e-12);
    CHECK_EQ(seen.tasks[1].metric.metric, "loss");
    CHECK_NEAR(seen.values[1].value, 1.0, 1e-12);
    CHECK_EQ(seen.values[0].run, seen.values[1].run);
}

HILO_TEST(rowsAreRightByTheirMetric)
{
    Prediction row;
    row.right = "b";
    row.given = "b";
    row.givenNormalised = "c";
    row.wanted = "The cat.";
    row.written = "cat";
    CHECK_EQ(*rightRows({row}, "accuracy"), (std::vector<bool>{true}));
    CHECK_EQ(*rightRows({row}, "accuracy_normalised"), (std::vector<bool>{false}));
    CHECK_EQ(*rightRows({row}, "exact_match"), (std::vector<bool>{true}));
    // A number of all rows together says nothing of one.
    CHECK(!rightRows({row}, "matthews").has_value());
    CHECK(!rightRows({row}, "loss").has_value());
    CHECK(!rightRows({}, "accuracy").has_value());
    row.given.reset();
    CHECK_EQ(*rightRows({row}, "accuracy"), (std::vector<bool>{false}));
}
