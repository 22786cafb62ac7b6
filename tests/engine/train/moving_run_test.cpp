// SPDX-License-Identifier: GPL-3.0-or-later
// Whole runs whose map moves: events, checkpoints, going on from any of them, and several processes.
#include "tiny_run.h"

#include "allocation/parameters.h"
#include "compare/map_difference.h"
#include "engine/train/train_run.h"
#include "formats/model_source.h"
#include "run/map_timeline.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string program = std::string(HILO_BINARY_DIR) + "/hilo";

Json training(const std::string& method, const Json& budget)
{
    return {{"steps", 16},
            {"learning_rate", 0.05},
            {"schedule", "constant"},
            {"keep_checkpoints", 100},
            {"auxiliary_loss", 0.01},
            {"reallocation", {{"method", method}, {"from", 0}, {"to", 0.75}, {"every", 2}, {"budget", budget}}}};
}

const std::vector<std::pair<std::string, Json>> methods{
    {"balanced-live", "same"}, {"adalora", 1100}, {"elalora", "same"}};

ModelConfig modelOf(const TinyRun& tiny)
{
    return REQUIRE_OK(openModel((tiny.folder() / "model").string())).config;
}

AllocationMap mapAt(const fs::path& adapter)
{
    const Json document = REQUIRE_OK(readJsonFile(adapter / "adapter.json"));
    return REQUIRE_OK(parseAllocationMap(document["map"], "adapter.json"));
}

/// What a process that was killed right behind the checkpoint of a step would have left.
void cutBehind(const fs::path& run, std::int64_t step)
{
    fs::remove_all(run / "adapter");
    for (const auto& entry : fs::directory_iterator(run / "checkpoints"))
        if (std::stoll(entry.path().filename().string().substr(5)) > step)
            fs::remove_all(entry.path());
    std::string kept;
    for (const char* name : {"started", "step", "reallocation"})
        for (const Json& event : eventsOf(run, name))
            if (!event.contains("step") || event["step"].get<std::int64_t>() <= step)
                kept += event.dump() + "\n";
    writeText(run / "events.ndjson", kept);
}

} // namespace

HILO_TEST(aRunTellsHowItsMapMovesAndEndsWithTheLastOne)
{
    for (const auto& [method, budget] : methods) {
        const TinyRun tiny(training(method, budget));
        const RunOutcome outcome = REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
        const fs::path run = tiny.run("run");
        const ModelConfig model = modelOf(tiny);
        const AllocationMap first = REQUIRE_OK(readRunSpec(run / "run.json")).map;
        const std::int64_t most =
            budget.is_number() ? budget.get<std::int64_t>() : countParameters(first, model).trainable();
        const std::vector<Json> events = eventsOf(run, "reallocation");
        CHECK(!events.empty());
        for (const Json& event : events) {
            const auto step = event["step"].get<std::int64_t>();
            CHECK(step > 0 && step <= 12);
            CHECK(event["moved"].get<std::int64_t>() > 0);
            CHECK(event["estimates"].is_array());
            const AllocationMap map = REQUIRE_OK(parseAllocationMap(event["map"], "event"));
            CHECK_EQ(event["trainable_parameters"].get<std::int64_t>(), countParameters(map, model).trainable());
            // The checkpoint of the step has the map of its moment; what is only masked can come back.
            if (method != "adalora" || step == 12)
                CHECK(mapAt(run / "checkpoints" / ("step-" + std::to_string(step))).layers == map.layers);
        }
        const AllocationMap last = mapAt(run / "adapter");
        CHECK(last.layers != first.layers);
        CHECK(countParameters(last, model).trainable() <= most);
        CHECK(last.layers == REQUIRE_OK(mapOfRun(run)).layers);
        CHECK_EQ(outcome.parameters.trainable(), countParameters(last, model).trainable());
        const Json finished = eventsOf(run, "finished").at(0);
        CHECK_EQ(finished["trainable_parameters"].get<std::int64_t>(), outcome.parameters.trainable());
        CHECK(REQUIRE_OK(parseAllocationMap(finished["map"], "finished")).layers == last.layers);
        CHECK(REQUIRE_OK(readMapTimeline(run)).changes.size() == events.size());
    }
}

HILO_TEST(fromEveryCheckpointARunGoesOnToTheSameBit)
{
    for (const auto& [method, budget] : methods) {
        const TinyRun tiny(training(method, budget));
        REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("whole"), {}));
        const std::vector<Json> expected = eventsOf(tiny.run("whole"), "reallocation");
        CHECK(!expected.empty());
        for (const std::int64_t step : {1, 4, 5, 8, 11, 12, 13}) {
            const fs::path part = tiny.run("part-" + std::to_string(step));
            fs::copy(tiny.run("whole"), part, fs::copy_options::recursive);
            cutBehind(part, step);
            const RunOutcome rest = REQUIRE_OK(continueRun(part, {}));
            CHECK(rest.finished);
            CHECK(adapterBytes(part) == adapterBytes(tiny.run("whole")));
            const std::vector<Json> found = eventsOf(part, "reallocation");
            CHECK_EQ(found.size(), expected.size());
            for (std::size_t i = 0; i < expected.size(); ++i) {
                CHECK_EQ(found[i]["step"].get<int>(), expected[i]["step"].get<int>());
                CHECK_EQ(found[i]["map"].dump(), expected[i]["map"].dump());
                CHECK_EQ(found[i]["estimates"].dump(), expected[i]["estimates"].dump());
            }
            // The newest start says what the adapter had then.
            const Json started = eventsOf(part, "started").back();
            CHECK_EQ(started["trainable_parameters"].get<std::int64_t>(),
                     countParameters(mapAt(part / "checkpoints" / ("step-" + std::to_string(step))), modelOf(tiny))
                         .trainable());
        }
    }
}

HILO_TEST(anotherFirstMapIsAnotherRun)
{
    const TinyRun tiny(training("balanced-live", "same"));
    const fs::path run = tiny.run("run");
    REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), run, {}));
    cutBehind(run, 8);
    Json document = REQUIRE_OK(readJsonFile(run / "run.json"));
    document["map"]["layers"][0]["modules"]["q_proj"]["ranks"] = {3, 3};
    REQUIRE_OK(writeJsonFile(run / "run.json", document));
    CHECK_EQ(REQUIRE_ERROR(continueRun(run, {})).place, "map");
}

HILO_TEST(theBestWeightsKeepTheMapOfTheirMoment)
{
    const TinyRun tiny(training("balanced-live", "same"));
    Json document = REQUIRE_OK(readJsonFile(tiny.spec()));
    document["training"]["select"] = "best";
    document["training"]["keep_checkpoints"] = 1;
    document["evaluation"]["every"] = 1;
    fs::copy_file(tiny.folder() / "data/test.jsonl", tiny.folder() / "data/validation.jsonl");
    REQUIRE_OK(writeJsonFile(tiny.spec(), document));
    const RunOutcome outcome = REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
    const AllocationMap kept = mapAt(tiny.run("run") / "adapter");
    AllocationMap expected = REQUIRE_OK(readRunSpec(tiny.run("run") / "run.json")).map;
    for (const Json& event : eventsOf(tiny.run("run"), "reallocation"))
        if (event["step"].get<std::int64_t>() <= outcome.selectedStep)
            expected = REQUIRE_OK(parseAllocationMap(event["map"], "event"));
    CHECK(kept.layers == expected.layers);
    CHECK_EQ(outcome.parameters.trainable(), countParameters(kept, modelOf(tiny)).trainable());
}

HILO_TEST(processesMoveTheirMapsAlike)
{
    for (const auto& [method, budget] : methods) {
        Json settings = training(method, budget);
        settings["accumulation"] = 1;
        const TinyRun tiny(settings);
        const auto train = [&](const std::string& name) {
            return runProcess(
                {program, "train", tiny.spec().string(), "--out", tiny.run(name).string(), "--devices", "cpu,cpu"});
        };
        const ProcessResult whole = train("whole");
        if (whole.errors.find("trains in parallel on GPUs only") != std::string::npos)
            SKIP("this build trains in parallel on GPUs only");
        CHECK_EQ(whole.exitCode, 0);
        CHECK(!eventsOf(tiny.run("whole"), "reallocation").empty());
        fs::copy(tiny.run("whole"), tiny.run("part"), fs::copy_options::recursive);
        cutBehind(tiny.run("part"), 7);
        const ProcessResult rest = runProcess({program, "resume", tiny.run("part").string(), "--devices", "cpu,cpu"});
        CHECK_EQ(rest.exitCode, 0);
        CHECK(adapterBytes(tiny.run("part")) == adapterBytes(tiny.run("whole")));
    }
}
