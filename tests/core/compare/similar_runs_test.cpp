// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/similar_runs.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

RunSummary runOf(const std::string& id, std::int64_t trainable, std::optional<double> accuracy, std::int64_t seed = 1,
                 const std::string& group = {})
{
    RunSummary run;
    run.id = id;
    run.trainableParameters = trainable;
    run.activeParameters = trainable;
    run.accuracy = accuracy;
    run.seed = seed;
    run.repeatGroup = group.empty() ? id : group;
    return run;
}

} // namespace

HILO_TEST(theBestOfAboutTheSameSizeIsTold)
{
    const std::vector<RunSummary> runs{runOf("far", 10000, 0.9),      runOf("diverged", 1000, 0.098),
                                       runOf("short", 1000, 0.669),   runOf("full", 1100, 0.731),
                                       runOf("unfinished", 1000, {}), runOf("half", 500, 0.99)};
    const auto found = similarRuns(runs, 1000, 2);
    CHECK_EQ(found.size(), 2u);
    CHECK_EQ(found[0].run.id, "full");
    CHECK_EQ(found[1].run.id, "short");
    CHECK(similarRuns(runs, 0, 3).empty());
    CHECK(similarRuns(runs, 100, 3).empty());
}

HILO_TEST(seedsAreOneResultAndRepeatsAreNoSeeds)
{
    const std::vector<RunSummary> runs{runOf("a1", 1000, 0.70, 1, "a"), runOf("a1-again", 1000, 0.70, 1, "a"),
                                       runOf("a2", 1000, 0.80, 2, "a"), runOf("b", 1000, 0.74)};
    const auto found = similarRuns(runs, 1000, 3);
    CHECK_EQ(found.size(), 2u);
    CHECK_EQ(found[0].run.id, "a1-again");
    CHECK_EQ(found[0].seeds, 2u);
    CHECK_NEAR(found[0].value, 0.75, 1e-12);
    CHECK_EQ(found[1].seeds, 1u);
}

HILO_TEST(theMetricSaysWhichWayIsBetter)
{
    const std::vector<RunSummary> runs{runOf("a", 1000, 0.9), runOf("b", 1000, {}), runOf("c", 1000, {})};
    const FinalValues losses{{"a", {2.5, {}, {}, {}}}, {"b", {1.5, 1.25, 1.75, {}}}};
    const auto found = similarRuns(runs, 1000, 3, {"loss", ""}, &losses);
    CHECK_EQ(found.size(), 2u);
    CHECK_EQ(found[0].run.id, "b");
    CHECK_NEAR(*found[0].low, 1.25, 1e-12);
}
