// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of several tasks, and runs that lack a split.
#include "tiny_run.h"

#include "engine/train/train_run.h"

#include <algorithm>
#include <atomic>
#include <fstream>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

RunSpec specOf(const TinyRun& tiny)
{
    return REQUIRE_OK(readRunSpec(tiny.spec()));
}

/// Stops when training has come to this step.
RunOutcome startUntil(const RunSpec& spec, const fs::path& run, std::int64_t step)
{
    std::atomic<bool> flag{false};
    const Progress progress(
        [&flag, step](const ProgressReport& report) {
            if (report.what == "Training" && report.done >= step)
                flag = true;
        },
        &flag);
    return REQUIRE_OK(startRun(spec, run, progress));
}

} // namespace

HILO_TEST(twoTasksTrainTogetherAndAreMeasuredEach)
{
    const TinyRun tiny;
    addTask(tiny, "few", 40, 10);
    RunSpec spec = specOf(tiny);
    spec.tasks[1].limit = 32;
    spec.training.mixing = Mixing::Equal;
    const fs::path run = tiny.run("run");
    const RunOutcome outcome = REQUIRE_OK(startRun(spec, run, {}));
    CHECK_EQ(outcome.results.size(), 2u);
    CHECK_EQ(outcome.results[0].task, "data");
    CHECK_EQ(outcome.results[0].result.total, 24);
    CHECK_EQ(outcome.results[1].task, "few");
    CHECK_EQ(outcome.results[1].result.total, 10);
    const Json started = eventsOf(run, "started").at(0);
    CHECK_EQ(started["training_rows"].get<int>(), 128);
    CHECK_EQ(started["tasks"]["data"]["rows_of_epoch"].get<int>(), 64);
    CHECK_EQ(started["tasks"]["few"]["training_rows"].get<int>(), 32);
    CHECK_EQ(started["tasks"]["few"]["rows_of_epoch"].get<int>(), 64);
    const auto evaluations = eventsOf(run, "evaluation");
    CHECK_EQ(evaluations.size(), 2u);
    for (const Json& evaluation : evaluations)
        CHECK(evaluation["final"].get<bool>());
    CHECK_EQ(evaluations[1]["task"].get<std::string>(), "few");
    const Json finished = eventsOf(run, "finished").at(0);
    CHECK_NEAR(finished["accuracy"].get<double>(),
               (outcome.results[0].result.accuracy() + outcome.results[1].result.accuracy()) / 2, 1e-12);
    CHECK_EQ(finished["tasks"]["few"]["total"].get<int>(), 10);
    CHECK_EQ(finished["selected"].get<std::string>(), "last");
    CHECK(!finished.contains("total")); // of which of them?
    const auto routing = eventsOf(run, "routing");
    CHECK_EQ(routing.size(), 12u);
    for (const Json& event : routing) {
        CHECK_EQ(event["tasks"]["data"].size(), event["modules"].size());
        for (std::size_t i = 0; i < event["modules"].size(); ++i) {
            const double whole = event["modules"][i]["load"][0].get<double>();
            const double first = event["tasks"]["data"][i]["load"][0].get<double>();
            const double second = event["tasks"]["few"][i]["load"][0].get<double>();
            CHECK(whole >= std::min(first, second) - 1e-9 && whole <= std::max(first, second) + 1e-9);
        }
    }
    const Json kept = REQUIRE_OK(readJsonFile(run / "routing.json"));
    CHECK_EQ(kept["format"].get<std::string>(), "hilo.routing/1");
    CHECK_EQ(kept["tasks"].dump(), routing.back()["tasks"].dump());
    CHECK_EQ(toJson(REQUIRE_OK(readRunSpec(run / "run.json"))).dump(),
             REQUIRE_OK(readJsonFile(run / "run.json")).dump());
}

HILO_TEST(aRunOfTasksGoesOnToTheSameWeights)
{
    for (const bool packing : {false, true}) {
        const TinyRun tiny(Json{{"checkpoint_every", 0},
                                {"steps", 20},
                                {"packing", packing},
                                {"batch_size", packing ? 3 : 6},
                                {"mixing", "temperature"},
                                {"mixing_temperature", 3}});
        addTask(tiny, "few", 30, 10);
        addTask(tiny, "fewer", 25, 8);
        const RunSpec spec = specOf(tiny);
        REQUIRE_OK(startRun(spec, tiny.run("whole"), {}));
        CHECK(!startUntil(spec, tiny.run("parts"), 7).finished);
        CHECK(REQUIRE_OK(continueRun(tiny.run("parts"), {})).finished);
        CHECK(adapterBytes(tiny.run("whole")) == adapterBytes(tiny.run("parts")));
        CHECK_EQ(readText(tiny.run("whole") / "adapter/adapter.json"),
                 readText(tiny.run("parts") / "adapter/adapter.json"));
        Json tasks = eventsOf(tiny.run("parts"), "finished").at(0)["tasks"];
        Json expected = eventsOf(tiny.run("whole"), "finished").at(0)["tasks"];
        for (Json* one : {&tasks, &expected})
            for (Json& task : *one)
                task.erase("seconds");
        CHECK_EQ(tasks.dump(), expected.dump());
    }
}

HILO_TEST(proportionalTasksAreTheRowsOfOneSet)
{
    const TinyRun tiny;
    const std::string rows = readText(tiny.folder() / "data/train.jsonl");
    RunSpec whole = specOf(tiny);
    whole.tasks[0].data.holdsOut = false;
    REQUIRE_OK(startRun(whole, tiny.run("whole"), {}));
    // The same rows as two tasks, one behind the other, are shuffled as one.
    std::size_t half = 0;
    for (int line = 0; line < 60; ++line)
        half = rows.find('\n', half) + 1;
    for (const auto& [name, part] : {std::pair{"a", rows.substr(0, half)}, std::pair{"b", rows.substr(half)}}) {
        fs::create_directories(tiny.folder() / name);
        writeText(tiny.folder() / name / "train.jsonl", part);
    }
    RunSpec tasks = whole;
    tasks.tasks = {whole.tasks[0], whole.tasks[0]};
    for (int i : {0, 1}) {
        tasks.tasks[static_cast<std::size_t>(i)].name = i == 0 ? "a" : "b";
        tasks.tasks[static_cast<std::size_t>(i)].data.path = (tiny.folder() / (i == 0 ? "a" : "b")).string();
    }
    REQUIRE_OK(startRun(tasks, tiny.run("tasks"), {}));
    CHECK(adapterBytes(tiny.run("whole")) == adapterBytes(tiny.run("tasks")));
}

HILO_TEST(aRunWithoutTestRowsEndsWithWhatCanBeMeasured)
{
    const TinyRun tiny(Json{{"steps", 3}});
    const fs::path data = tiny.folder() / "data";
    fs::rename(data / "test.jsonl", data / "validation.jsonl");
    const RunOutcome outcome = REQUIRE_OK(startRun(specOf(tiny), tiny.run("validation"), {}));
    CHECK(outcome.finished && outcome.results.empty());
    CHECK_CONTAINS(outcome.notMeasured.at("data"), "\"test\"");
    const auto evaluations = eventsOf(tiny.run("validation"), "evaluation");
    CHECK_EQ(evaluations.size(), 1u);
    CHECK_EQ(evaluations[0]["split"].get<std::string>(), "validation");
    CHECK_EQ(evaluations[0]["step"].get<int>(), 3);
    CHECK(!evaluations[0].contains("final"));
    const Json finished = eventsOf(tiny.run("validation"), "finished").at(0);
    CHECK(!finished.contains("accuracy"));
    CHECK(finished["tasks"].empty());
    CHECK_CONTAINS(finished["not_measured"]["data"].get<std::string>(), "validation");
    CHECK_CONTAINS(eventsOf(tiny.run("validation"), "started").at(0)["not_measured"]["data"].get<std::string>(),
                   "\"test\"");

    fs::remove(data / "validation.jsonl");
    RunSpec whole = specOf(tiny);
    whole.tasks[0].data.holdsOut = false;
    const RunOutcome nothing = REQUIRE_OK(startRun(whole, tiny.run("nothing"), {}));
    CHECK(nothing.finished);
    CHECK(eventsOf(tiny.run("nothing"), "evaluation").empty());
    CHECK_CONTAINS(nothing.notMeasured.at("data"), "nothing is measured");
    CHECK(fs::exists(tiny.run("nothing") / "adapter/adapter.json"));
    CHECK_EQ(eventsOf(tiny.run("nothing"), "started").at(0)["training_rows"].get<int>(), 96);

    // Unless told so, some training rows are kept to measure on.
    REQUIRE_OK(startRun(specOf(tiny), tiny.run("kept"), {}));
    CHECK_EQ(eventsOf(tiny.run("kept"), "started").at(0)["training_rows"].get<int>(), 91);
    const Json measured = eventsOf(tiny.run("kept"), "evaluation").at(0);
    CHECK_EQ(measured["split"].get<std::string>(), "validation");
    CHECK_EQ(measured["rows"].get<int>(), 5);
    CHECK(measured["loss"].get<double>() > 0);
    CHECK_EQ(REQUIRE_OK(readJsonFile(tiny.run("kept") / "run.json"))["data"]["split"].get<std::string>(), "auto");
}

HILO_TEST(aRunOfAnOlderVersionGoesOnWithAllItsRows)
{
    const TinyRun tiny(Json{{"steps", 6}});
    fs::remove(tiny.folder() / "data/test.jsonl");
    RunSpec spec = specOf(tiny);
    spec.tasks[0].data.holdsOut = false;
    startUntil(spec, tiny.run("old"), 3);
    const fs::path file = tiny.run("old") / "run.json";
    Json document = REQUIRE_OK(readJsonFile(file));
    CHECK_EQ(document["data"]["split"].get<std::string>(), "none");
    document["data"].erase("split"); // as it was written then
    REQUIRE_OK(writeJsonFile(file, document));
    CHECK(REQUIRE_OK(continueRun(tiny.run("old"), {})).finished);
}

HILO_TEST(rowsThatCannotBeScoredAreFoundBeforeTheFirstStep)
{
    const TinyRun tiny;
    addTask(tiny, "few", 40, 10);
    RunSpec spec = specOf(tiny);
    const fs::path free = tiny.folder() / "free.json";
    writeText(free, R"({"format": "hilo.prompt/1", "name": "free", "description": "free answers", "kind": "instruction",
                        "prompt": "{text}:", "answer": " {label}"})");
    spec.tasks[1].data.template_ = free.string();
    spec.evaluation.protocol = Protocol::LabelLogit;
    const Error error = REQUIRE_ERROR(startRun(spec, tiny.run("bad"), {}));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(error.message, "task few: ");
    CHECK_CONTAINS(error.message, "label-logit");
    CHECK(!fs::exists(tiny.run("bad")));
    // A task measures by its own protocol, which is checked like the run's.
    spec.tasks[1].protocol = Protocol::GenMatchStrict;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(startRun(spec, tiny.run("bad"), {}))), "answer_pattern");
    spec.tasks[1].name = "data";
    CHECK_CONTAINS(REQUIRE_ERROR(startRun(spec, tiny.run("bad"), {})).message, "Two tasks");
    CHECK(!fs::exists(tiny.run("bad")));
}

HILO_TEST(twoProcessesMixTasksAsOne)
{
    const std::string program = std::string(HILO_BINARY_DIR) + "/hilo";
    const auto train = [&program](const TinyRun& tiny, const std::vector<std::string>& more) {
        addTask(tiny, "few", 20, 10);
        std::vector<std::string> command{program, "train", tiny.spec().string(), "--out", tiny.run("run").string()};
        command.insert(command.end(), more.begin(), more.end());
        return runProcess(command);
    };
    // Three micro-batches in all: the last step has one for the first process and none for the second.
    const Json common = {{"steps", 0}, {"epochs", 0.25}, {"batch_size", 10}, {"mixing", "equal"}};
    Json one = common, two = common;
    one["accumulation"] = 2;
    two["accumulation"] = 1;
    const TinyRun joined(one), shared(two);
    CHECK_EQ(train(joined, {}).exitCode, 0);
    const ProcessResult together = train(shared, {"--devices", "cpu,cpu"});
    if (together.errors.find("trains in parallel on GPUs only") != std::string::npos)
        SKIP("this build trains in parallel on GPUs only");
    CHECK_EQ(together.exitCode, 0);
    checkSameAdapter(shared.run("run"), joined.run("run"), 2e-5);
    const auto routing = eventsOf(joined.run("run"), "routing");
    const auto sharedRouting = eventsOf(shared.run("run"), "routing");
    CHECK_EQ(routing.size(), 2u);
    CHECK_EQ(sharedRouting.size(), 2u);
    for (std::size_t i = 0; i < routing.size(); ++i)
        for (const char* task : {"data", "few"})
            for (std::size_t module = 0; module < routing[i]["tasks"][task].size(); ++module)
                CHECK_NEAR(sharedRouting[i]["tasks"][task][module]["load"][0].get<double>(),
                           routing[i]["tasks"][task][module]["load"][0].get<double>(), 1e-4);
}

HILO_TEST(drawnRowsThatCannotBeUsedStopNobody)
{
    const TinyRun tiny(Json{{"steps", 2}});
    const auto write = [&](int usable) {
        std::string rows;
        for (int i = 0; i < 40; ++i)
            rows +=
                Json{{"instruction", "say " + std::to_string(i)}, {"output", i < usable ? "a tree" : ""}}.dump() + "\n";
        writeText(tiny.folder() / "alpaca.jsonl", rows);
    };
    Json document = REQUIRE_OK(readJsonFile(tiny.spec()));
    document["data"] = {{"path", "alpaca.jsonl"}, {"template", "alpaca"}};
    document["training"]["max_length"] = 128;
    document.erase("evaluation");
    REQUIRE_OK(writeJsonFile(tiny.spec(), document));
    // Whichever two rows are drawn: with few usable ones they are likely to be others, and the run trains all the same.
    for (const int usable : {3, 20, 40}) {
        write(usable);
        const fs::path run = tiny.run("usable" + std::to_string(usable));
        CHECK(REQUIRE_OK(startRun(specOf(tiny), run, {})).finished);
    }
}
