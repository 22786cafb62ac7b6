// SPDX-License-Identifier: GPL-3.0-or-later
// Maps that move: what a run spec may ask for, when it is due, and what the events tell of it afterwards.
#include "run/map_timeline.h"
#include "run/reallocation_spec.h"
#include "run/run_spec.h"

#include "compare/map_difference.h"
#include "compare/timeline_svg.h"
#include "core/project/project_fixture.h"
#include "run/idle_settings.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Result<RunSpec> parsed(const Json& reallocation, const Json& more = Json::object())
{
    Json document = runDocument("test");
    document["training"]["reallocation"] = reallocation;
    document["training"].update(more);
    document["evaluation"]["every"] = 2;
    return parseRunSpec(document, "spec.json", "/somewhere");
}

std::string refusal(const Json& reallocation, const Json& more = Json::object())
{
    return describe(REQUIRE_ERROR(parsed(reallocation, more)));
}

Json withRanks(const Json& map, std::vector<int> ranks)
{
    Json changed = map;
    changed["layers"][0]["modules"]["q_proj"]["ranks"] = std::move(ranks);
    return changed;
}

std::string line(const Json& event)
{
    return event.dump() + "\n";
}

} // namespace

HILO_TEST(mapsStayUnlessAskedToMove)
{
    const RunSpec spec = REQUIRE_OK(parseRunSpec(runDocument("test"), "spec.json", "/somewhere"));
    CHECK(!spec.training.reallocation.moves());
    CHECK_EQ(toJson(spec)["training"]["reallocation"].dump(),
             Json({{"method", "none"}, {"from", 0.1}, {"to", 0.7}, {"every", 20}, {"budget", "same"}}).dump());
    const RunSpec moving = REQUIRE_OK(parsed({{"method", "balanced-live"}, {"every", 5}}));
    CHECK(moving.training.reallocation.moves());
    CHECK_EQ(moving.training.reallocation.every, 5);
    const RunSpec again = REQUIRE_OK(parseRunSpec(toJson(moving), "spec.json", "/elsewhere"));
    CHECK_EQ(toJson(again).dump(), toJson(moving).dump());
    CHECK_EQ(REQUIRE_OK(parsed({{"method", "adalora"}, {"budget", 4000}})).training.reallocation.budget, 4000);
}

HILO_TEST(whatContradictsAMovingMapIsRefusedByName)
{
    CHECK_CONTAINS(refusal({{"method", "adaloar"}}), "balanced-live");
    CHECK_CONTAINS(refusal({{"method", "none"}, {"evry", 3}}), "evry");
    CHECK_CONTAINS(refusal({{"method", "balanced-live"}, {"from", 0.7}, {"to", 0.7}}), "training.reallocation.to");
    CHECK_CONTAINS(refusal({{"method", "balanced-live"}, {"every", 0}}), "training.reallocation.every");
    CHECK_CONTAINS(refusal({{"method", "balanced-live"}, {"budget", 100}}), "training.reallocation.budget");
    CHECK_CONTAINS(refusal({{"method", "adalora"}}), "training.reallocation.budget");
    CHECK_CONTAINS(refusal({{"method", "adalora"}, {"budget", "half"}}), "training.reallocation.budget");
    CHECK_CONTAINS(refusal({{"method", "balanced-live"}}, {{"cuda_graph", true}}), "training.cuda_graph");
    CHECK_CONTAINS(refusal({{"method", "elalora"}}, {{"start_from", "somewhere"}}), "training.start_from");
    CHECK_CONTAINS(refusal({{"method", "elalora"}, {"budget", 100}}), "training.reallocation.budget");
    const Json adalora = {{"method", "adalora"}, {"budget", 100}};
    CHECK_CONTAINS(refusal(adalora, {{"start_from", "somewhere"}}), "training.start_from");
    CHECK_CONTAINS(refusal(adalora, {{"select", "best"}}), "training.select");
    CHECK_CONTAINS(refusal(adalora, {{"early_stopping", 2}}), "training.early_stopping");
    REQUIRE_OK(parsed({{"method", "balanced-live"}}, {{"select", "best"}, {"early_stopping", 2}}));
}

HILO_TEST(settingsOfAMapThatStaysAreToldToBeIdle)
{
    const std::vector<std::string> notes = idleSettings(REQUIRE_OK(parsed({{"method", "none"}, {"every", 7}})));
    CHECK(std::any_of(notes.begin(), notes.end(),
                      [](const std::string& note) { return note.find("training.reallocation") != note.npos; }));
}

HILO_TEST(changesAreDueEverySoManyStepsAndAtTheEnd)
{
    const ReallocationSteps steps = ReallocationSteps::of({"balanced-live", 0.1, 0.7, 20, 0}, 100);
    std::vector<std::int64_t> due;
    for (std::int64_t step = 0; step <= 100; ++step)
        if (steps.isDue(step))
            due.push_back(step);
    CHECK((due == std::vector<std::int64_t>{20, 40, 60, 70}));
    CHECK_EQ(steps.changes(), 4);
    // A multiple that is the end is one change.
    const ReallocationSteps even = ReallocationSteps::of({"balanced-live", 0.2, 0.8, 20, 0}, 100);
    CHECK_EQ(even.changes(), 3);
    CHECK(!even.isDue(20) && even.isDue(40) && even.isDue(80) && !even.isDue(100));
}

HILO_TEST(theTimelineIsWhatARunCameToInTheEnd)
{
    const TemporaryFolder folder;
    Json document = runDocument("test");
    const Json map = document["map"];
    document["training"]["reallocation"] = {{"method", "balanced-live"}};
    REQUIRE_OK(writeJsonFile(folder / "run.json", document));
    const auto moved = [&](std::int64_t step, std::vector<int> ranks) {
        return line({{"t", "2026-01-01T00:00:00.000Z"},
                     {"event", "reallocation"},
                     {"step", step},
                     {"moved", 1},
                     {"trainable_parameters", 10 * step},
                     {"map", withRanks(map, std::move(ranks))}});
    };
    const auto started = [](std::int64_t step) {
        return line({{"t", "2026-01-01T00:00:00.000Z"}, {"event", "started"}, {"step", step}});
    };
    // Killed behind step 30, it goes on from a checkpoint of step 20 and moves otherwise than in a life before.
    writeText(folder / "events.ndjson",
              started(0) + moved(10, {1, 2}) + moved(20, {1, 3}) + moved(30, {1, 4}) + started(20) + moved(30, {2, 4}));
    const MapTimeline timeline = REQUIRE_OK(readMapTimeline(folder.path()));
    CHECK_EQ(timeline.method, "balanced-live");
    CHECK_EQ(timeline.changes.size(), 3u);
    CHECK_EQ(timeline.changes[2].step, 30);
    CHECK((timeline.last().layers[0].at("q_proj").ranks == std::vector<int>{2, 4}));
    CHECK((REQUIRE_OK(mapOfRun(folder.path())).layers[0].at("q_proj").ranks == std::vector<int>{2, 4}));
    CHECK_CONTAINS(timelineSvg(timeline, 40), "q_proj");
    // A finished run's is the adapter's: the best may be from before.
    std::filesystem::create_directories(folder / "adapter");
    REQUIRE_OK(writeJsonFile(folder / "adapter/adapter.json", {{"map", withRanks(map, {1, 3})}}));
    CHECK((REQUIRE_OK(mapOfRun(folder.path())).layers[0].at("q_proj").ranks == std::vector<int>{1, 3}));
}
