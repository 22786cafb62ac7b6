// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_run.h"

#include "data/rejected_rows.h"
#include "engine/train/train_run.h"

#include <atomic>
#include <cstdlib>
#include <fstream>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

void keepRows(const char* when)
{
    ::setenv("HILO_ROW_CACHE", when, 1);
}

RunOutcome train(const TinyRun& tiny, const std::string& name, const Progress& progress = {})
{
    return REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run(name), progress));
}

std::string textIn(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// What was measured, without times.
std::string measuredIn(const fs::path& run)
{
    std::string text;
    for (Json event : eventsOf(run, "evaluation")) {
        event.erase("t");
        event.erase("seconds");
        text += event.dump() + "\n";
    }
    return text;
}

} // namespace

HILO_TEST(keptRowsTrainToTheSameNumbers)
{
    const TemporaryFolder cache;
    ::setenv("XDG_CACHE_HOME", cache.path().c_str(), 1);
    for (const Json& training :
         {Json{{"steps", 6}}, Json{{"steps", 6}, {"packing", true}, {"max_length", 32}},
          Json{{"steps", 6}, {"group_by_length", true}, {"batch_size", 4}, {"prompt_dropout", 0.2}}}) {
        const TinyRun tiny(training);
        // A row that cannot be used, and one of a label that nobody knows.
        std::ofstream(tiny.folder() / "data/train.jsonl", std::ios::app) << "{\"text\": \"no label\"}\n{broken\n";
        keepRows("never");
        train(tiny, "memory");
        CHECK(!fs::exists(cache / "hilo/rows") || training.contains("packing") || training.contains("group_by_length"));
        keepRows("always");
        for (const char* name : {"first", "second"}) {
            train(tiny, name);
            CHECK(adapterBytes(tiny.run(name)) == adapterBytes(tiny.run("memory")));
            CHECK_EQ(measuredIn(tiny.run(name)), measuredIn(tiny.run("memory")));
            CHECK_EQ(textIn(tiny.run(name) / rejectedRowsFile), textIn(tiny.run("memory") / rejectedRowsFile));
            CHECK_EQ(eventsOf(tiny.run(name), "started").at(0)["rows_sha256"].get<std::string>(),
                     eventsOf(tiny.run("memory"), "started").at(0)["rows_sha256"].get<std::string>());
        }
        CHECK(fs::exists(cache / "hilo/rows"));
    }
}

HILO_TEST(keptRowsOfSeveralTasksTrainToTheSameNumbers)
{
    const TemporaryFolder cache;
    ::setenv("XDG_CACHE_HOME", cache.path().c_str(), 1);
    for (const Json& training :
         {Json{{"steps", 8}, {"mixing", "equal"}, {"packing", true}, {"max_length", 32}},
          Json{{"steps", 8}, {"mixing", "temperature"}, {"group_by_length", true}, {"batch_size", 4}}}) {
        const TinyRun tiny(training);
        addTask(tiny, "few", 30, 10);
        addTask(tiny, "untested", 20, 0);
        Json document = REQUIRE_OK(readJsonFile(tiny.spec()));
        document["data"][1]["weight"] = 2;
        document["data"][2]["limit"] = 7;
        REQUIRE_OK(writeJsonFile(tiny.spec(), document));
        keepRows("never");
        train(tiny, "memory");
        keepRows("always");
        for (const char* name : {"first", "second"}) {
            train(tiny, name);
            CHECK(adapterBytes(tiny.run(name)) == adapterBytes(tiny.run("memory")));
            CHECK_EQ(measuredIn(tiny.run(name)), measuredIn(tiny.run("memory")));
            Json started = eventsOf(tiny.run(name), "started").at(0);
            CHECK(started["tasks"] == eventsOf(tiny.run("memory"), "started").at(0)["tasks"]);
            CHECK_EQ(started["rows_sha256"].get<std::string>(),
                     eventsOf(tiny.run("memory"), "started").at(0)["rows_sha256"].get<std::string>());
        }
        CHECK(fs::exists(cache / "hilo/rows"));
    }
}

HILO_TEST(aRunGoesOnWithOrWithoutKeptRows)
{
    const TemporaryFolder cache;
    ::setenv("XDG_CACHE_HOME", cache.path().c_str(), 1);
    const TinyRun tiny(Json{{"steps", 8}});
    keepRows("never");
    train(tiny, "whole");
    for (const auto& [before, behind] : {std::pair{"always", "never"}, {"never", "always"}}) {
        const std::string name = std::string(before) + "-" + behind;
        std::atomic<bool> flag{false};
        const Progress stops(
            [&flag](const ProgressReport& report) {
                if (report.what == "Training" && report.done >= 3)
                    flag = true;
            },
            &flag);
        keepRows(before);
        CHECK(!train(tiny, name, stops).finished);
        keepRows(behind);
        REQUIRE_OK(continueRun(tiny.run(name), {}));
        CHECK(adapterBytes(tiny.run(name)) == adapterBytes(tiny.run("whole")));
    }
}
