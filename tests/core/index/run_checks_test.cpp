// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_checks.h"

#include "core/project/project_fixture.h"

#include <cmath>
#include <limits>

using namespace hilo;
using namespace hilo::testing;

namespace {

Series seriesOf(const std::vector<double>& values)
{
    Series series;
    for (std::size_t i = 0; i < values.size(); ++i) {
        series.steps.push_back(static_cast<std::int64_t>(i + 1) * 10);
        series.values.push_back(values[i]);
    }
    return series;
}

/// Falls from 4 to about 1, with noise of one's own making.
std::vector<double> healthyLoss(std::size_t points = 80)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < points; ++i)
        values.push_back(1 + 3 * std::exp(-static_cast<double>(i) / 15) + 0.15 * std::sin(static_cast<double>(i * i)));
    return values;
}

RunEvaluation evaluationOf(std::int64_t step, std::optional<double> loss, std::optional<double> accuracy = {},
                           std::optional<double> floor = {})
{
    RunEvaluation evaluation;
    evaluation.step = step;
    evaluation.split = "validation";
    evaluation.score.loss = loss;
    evaluation.score.accuracy = accuracy;
    evaluation.score.majorityFloor = floor;
    return evaluation;
}

/// A run under which no rule falls.
CheckedRun healthyRun()
{
    CheckedRun run;
    run.loss = seriesOf(healthyLoss());
    run.gradientNorm = seriesOf(std::vector<double>(80, 0.5));
    run.loads = {{0, "q_proj", {0.3, 0.2, 0.25, 0.25}, {0.25, 0.25, 0.25, 0.25}}, {1, "v_proj", {1.0}, {1.0}}};
    run.loadsStep = 800;
    for (const auto& [step, loss] : {std::pair{200, 1.4}, {400, 1.1}, {600, 1.05}, {800, 1.06}})
        run.evaluations.push_back(evaluationOf(step, loss));
    run.finalEvaluations = {evaluationOf(800, 1.06, 0.7, 0.3)};
    return run;
}

std::string namesOf(const CheckedRun& run)
{
    std::string names;
    for (const RunFinding& finding : checkRun(run))
        names += (names.empty() ? "" : " ") + finding.check;
    return names;
}

} // namespace

HILO_TEST(aRunThatIsWellOrUnknownBreaksNoRule)
{
    CHECK_EQ(namesOf(healthyRun()), "");
    CHECK_EQ(namesOf({}), "");
    CheckedRun young = healthyRun();
    young.loss = seriesOf({2, 5, 3});
    young.gradientNorm = seriesOf({0, 0});
    young.evaluations = {evaluationOf(10, 1.0), evaluationOf(20, 2.0)};
    CHECK_EQ(namesOf(young), "");
}

HILO_TEST(aLossThatLeavesIsSeen)
{
    CheckedRun run = healthyRun();
    std::vector<double> values = healthyLoss();
    for (std::size_t i = 60; i < values.size(); ++i)
        values[i] += 0.2 * static_cast<double>(i - 60);
    run.loss = seriesOf(values);
    CHECK_EQ(namesOf(run), "loss-diverges");
    CHECK_CONTAINS(checkRun(run).front().detail(), "at its lowest, up to step");
    // One wild step is no rise.
    values = healthyLoss();
    values[78] = 9;
    run.loss = seriesOf(values);
    CHECK_EQ(namesOf(run), "");
    values = healthyLoss();
    for (std::size_t i = 75; i < values.size(); ++i)
        values[i] = std::numeric_limits<double>::quiet_NaN();
    run.loss = seriesOf(values);
    CHECK_EQ(namesOf(run), "loss-not-finite");
    CHECK_EQ(checkRun(run).front().detail(), "Since step 760.");
}

HILO_TEST(aGradientOfNothingIsSeen)
{
    CheckedRun run = healthyRun();
    run.gradientNorm = seriesOf({0.5, 0, 0, 0, 0});
    CHECK_EQ(namesOf(run), "gradient-zero");
    CHECK_EQ(checkRun(run).front().detail(), "At the last 4 measured steps.");
}

HILO_TEST(anAccuracyBelowTheMajorityIsSeen)
{
    CheckedRun run = healthyRun();
    run.finalEvaluations = {evaluationOf(800, {}, 0.31, 0.3)};
    CHECK_EQ(namesOf(run), "");
    run.finalEvaluations = {evaluationOf(800, {}, 0.098, 0.102)};
    CHECK_EQ(namesOf(run), "below-majority");
    CHECK_EQ(checkRun(run).front().detail(), "validation: 9.8 %, against 10.2 %.");
}

HILO_TEST(expertsThatNothingIsSentToAreSeen)
{
    CheckedRun run = healthyRun();
    run.loads = {{0, "q_proj", {0.25, 0.75}, {0.4, 0.6}}, {3, "up_proj", {0.01, 0.97, 0.02}, {0.1, 0.8, 0.1}}};
    CHECK_EQ(namesOf(run), "experts-collapsed");
    CHECK_EQ(checkRun(run).front().detail(), "1 of 2 routers, most of all in layer 3 up_proj: 97.0 % (step 800).");
    // Two chosen a token: each has at most half of the choices.
    run.loads = {{2, "k_proj", {0.5, 0.0, 0.5, 0.0}, {0.6, 0.0, 0.4, 0.0}}};
    CHECK_EQ(namesOf(run), "experts-idle");
    CHECK_EQ(checkRun(run).front().detail(), "In 1 modules, most of all 2 of 4 experts in layer 2 k_proj (step 800).");
    run.loads = {{2, "k_proj", {std::numeric_limits<double>::quiet_NaN(), 0.5}, {}}};
    CHECK_EQ(namesOf(run), "");
}

HILO_TEST(aLossThatRisesOnHeldOutRowsIsSeen)
{
    CheckedRun run = healthyRun();
    run.evaluations = {evaluationOf(200, 1.4), evaluationOf(400, 1.1), evaluationOf(600, 1.2), evaluationOf(800, 1.3)};
    CHECK_EQ(namesOf(run), "validation-loss-rises");
    CHECK_EQ(checkRun(run).front().detail(), "validation: 1.3 now, 1.1 at step 400.");
    run.takesBest = true;
    CHECK_EQ(namesOf(run), "");
}

HILO_TEST(findingsAreKeptAsTheyWere)
{
    CheckedRun run = healthyRun();
    run.gradientNorm = seriesOf({0, 0, 0});
    run.finalEvaluations = {evaluationOf(800, {}, 0.1, 0.2)};
    const std::vector<RunFinding> findings = checkRun(run);
    CHECK_EQ(findings.size(), 2u);
    CHECK(findingsOf(textOf(findings)) == findings);
    CHECK_EQ(textOf({}), "");
    for (const char* text : {"", "[", "{}", "[3]", R"([{"check":"nobody","arguments":[]}])"})
        CHECK(findingsOf(text).empty());
}

HILO_TEST(theIndexJudgesRunsAsTheirLogsGrow)
{
    ProjectFixture fixture;
    fixture.addRun("a", runDocument("a"));
    const auto log = fixture.folder("a") / "events.ndjson";
    appendText(log, eventLine("started", {{"step", 0}, {"steps", 6}, {"trainable_parameters", 1000}}) + "\n");
    for (int step = 1; step <= 5; ++step)
        appendText(log, eventLine("step", {{"step", step}, {"loss", 2.0}, {"grad_norm", 0.0}}) + "\n");
    RunStore store = fixture.store();
    REQUIRE_OK(store.update("a"));
    const auto found = [&fixture] {
        RunReader reader = fixture.reader();
        return findingsOf(REQUIRE_OK(reader.run("a")).findings);
    };
    CHECK_EQ(found().size(), 1u);
    CHECK_EQ(found().front().check, "gradient-zero");
    appendText(log, eventLine("step", {{"step", 6}, {"loss", 2.0}, {"grad_norm", 0.1}}) + "\n");
    appendText(log,
               eventLine("routing",
                         {{"step", 6}, {"modules", {{{"layer", 1}, {"module", "q_proj"}, {"load", {0.95, 0.05}}}}}}) +
                   "\n");
    appendText(log, eventLine("evaluation", {{"step", 6},
                                             {"split", "test"},
                                             {"protocol", "label-logit"},
                                             {"accuracy", 0.2},
                                             {"majority_floor", 0.5},
                                             {"final", true}}) +
                        "\n");
    appendText(log, eventLine("finished", {{"step", 6}, {"accuracy", 0.2}}) + "\n");
    REQUIRE_OK(store.update("a"));
    CHECK_EQ(found().size(), 2u);
    CHECK_EQ(found()[0].check, "below-majority");
    CHECK_EQ(found()[1].check, "experts-collapsed");
    // The same when all is read anew.
    REQUIRE_OK(store.reindex(false));
    CHECK_EQ(found().size(), 2u);
}
