// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_store.h"

#include "base/atomic_file.h"
#include "base/file_lock.h"
#include "core/project/project_fixture.h"
#include "index/key_names.h"
#include "queue/run_queue.h"
#include "run/run_settings.h"
#include "run/run_spec.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

RunSummary summaryOf(const ProjectFixture& fixture, const std::string& id)
{
    RunReader reader = fixture.reader();
    return REQUIRE_OK(reader.run(id));
}

void removeDatabase(const ProjectFixture& fixture)
{
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(fixture.project().databaseFile().string() + end);
}

} // namespace

HILO_TEST(aFinishedRunIsIndexedWhole)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("Run A"), 0.75, 1000, 5);
    RunStore store = fixture.store();
    CHECK_EQ(REQUIRE_OK(store.scan()).changed, 0); // opening a new database has read it
    const RunSummary run = summaryOf(fixture, "a");
    CHECK_EQ(run.name, "Run A");
    CHECK_EQ(run.state, "finished");
    CHECK_EQ(run.accuracy.value_or(0), 0.75);
    CHECK_EQ(run.intervalLow.value_or(0), 0.70);
    CHECK_EQ(run.trainableParameters.value_or(0), 1000);
    CHECK_EQ(run.activeParameters.value_or(0), 500);
    CHECK_EQ(run.lastStep.value_or(0), 5);
    CHECK_EQ(run.totalSteps.value_or(0), 5);
    CHECK_EQ(run.seed.value_or(0), 1);
    CHECK_EQ(run.peakMemoryBytes.value_or(0), 1 << 20);
    RunReader reader = fixture.reader();
    const Series loss = REQUIRE_OK(reader.series("a", "loss"));
    CHECK_EQ(loss.steps.size(), 5u);
    CHECK_EQ(loss.values[3], 0.5);
    CHECK_EQ(REQUIRE_OK(reader.seriesNames("a")), (std::vector<std::string>{"loss", "lr", "time"}));
    CHECK_EQ(REQUIRE_OK(reader.evaluations("a")).size(), 1u);
    CHECK_EQ(REQUIRE_OK(reader.documents("a", "finished")).size(), 1u);
}

HILO_TEST(statesFollowTheEvents)
{
    ProjectFixture fixture;
    RunStore store = fixture.store();
    fixture.addRun("a");
    const auto stateAfter = [&](const std::string& event, const Json& fields) {
        appendText(fixture.folder("a") / "events.ndjson", eventLine(event, fields) + "\n");
        REQUIRE_OK(store.update("a"));
        return summaryOf(fixture, "a").state;
    };
    REQUIRE_OK(store.scan());
    CHECK_EQ(summaryOf(fixture, "a").state, "new");
    // Nobody holds its lock: its process is gone.
    CHECK_EQ(stateAfter("started", {{"steps", 9}, {"trainable_parameters", 77}}), "interrupted");
    CHECK_EQ(summaryOf(fixture, "a").trainableParameters.value_or(0), 77);
    {
        const auto lock = REQUIRE_OK(FileLock::tryAcquire(runLockFile(fixture.folder("a"))));
        CHECK(lock.has_value());
        CHECK_EQ(stateAfter("step", {{"step", 1}, {"loss", 2.0}}), "running");
        CHECK_EQ(stateAfter("paused", Json::object()), "paused");
        CHECK_EQ(stateAfter("resumed", Json::object()), "running");
    }
    REQUIRE_OK(store.scan());
    CHECK_EQ(summaryOf(fixture, "a").state, "interrupted");
    CHECK_EQ(stateAfter("stopped", {{"by", "signal"}}), "interrupted");
    CHECK_EQ(stateAfter("stopped", {{"by", "word"}}), "stopped");
    CHECK_EQ(stateAfter("failed", {{"code", 3}, {"message", "bad"}, {"hint", "mend"}}), "failed");
    CHECK_EQ(summaryOf(fixture, "a").errorMessage, "bad");
    CHECK_EQ(stateAfter("failed", {{"code", 3}, {"message", "bad"}, {"file", "base"}, {"place", "line 1"}}), "failed");
    CHECK_EQ(summaryOf(fixture, "a").errorMessage, "base: line 1: bad");
    CHECK_EQ(stateAfter("started", {{"steps", 9}}), "interrupted");
    CHECK_EQ(summaryOf(fixture, "a").errorMessage, "");
    CHECK_EQ(stateAfter("finished", {{"accuracy", 0.5}}), "finished");
    CHECK_EQ(stateAfter("an event of the future", {{"x", 1}}), "finished");
}

HILO_TEST(aResumedRunRepeatsStepsWithoutDoublingThem)
{
    ProjectFixture fixture;
    fixture.addRun("a");
    std::string log = eventLine("started", {{"steps", 9}}) + "\n";
    for (int step = 1; step <= 6; ++step)
        log += stepLine(step, 10 + step) + "\n";
    log += eventLine("evaluation", {{"step", 6}, {"split", "test"}, {"protocol", "p"}, {"accuracy", 0.1}}) + "\n";
    log += eventLine("started", {{"steps", 9}, {"resumed", true}}) + "\n";
    for (int step = 5; step <= 9; ++step)
        log += stepLine(step, 20 + step) + "\n";
    appendText(fixture.folder("a") / "events.ndjson", log);
    RunStore store = fixture.store();
    RunReader reader = fixture.reader();
    const Series loss = REQUIRE_OK(reader.series("a", "loss"));
    CHECK_EQ(loss.values, (std::vector<double>{11, 12, 13, 14, 25, 26, 27, 28, 29}));
    CHECK(REQUIRE_OK(reader.evaluations("a")).empty());
    CHECK_EQ(REQUIRE_OK(reader.documents("a", "started")).size(), 2u);
}

HILO_TEST(reindexGivesTheSameContent)
{
    ProjectFixture fixture;
    RunStore store = fixture.store();
    for (int i = 0; i < 5; ++i) {
        const std::string id = "run" + std::to_string(i);
        fixture.addFinishedRun(id, runDocument(id, {{"seed", i}}), 0.5 + 0.1 * i, 100 * i, 40);
        // In pieces, as it happens while runs run.
        REQUIRE_OK(store.update(id));
        appendText(fixture.folder(id) / "events.ndjson", eventLine("routing", {{"step", 3}}) + "\n{\"torn");
        REQUIRE_OK(store.update(id));
    }
    CHECK_CONTAINS(REQUIRE_ERROR(enqueue(store, "run1")).message, "finished");
    fixture.addRun("waiting");
    REQUIRE_OK(enqueue(store, "waiting"));
    const std::string before = contentOf(store.database());
    const ScanReport report = REQUIRE_OK(store.reindex(false));
    CHECK_EQ(report.runs, 6);
    CHECK(report.kept.empty() && report.missing.empty());
    CHECK_EQ(contentOf(store.database()), before);
    // And so does a database that was not there.
    removeDatabase(fixture);
    RunStore fresh = fixture.store();
    CHECK_EQ(contentOf(fresh.database()), before);
    CHECK_EQ(fresh.notes().size(), 1u);
    CHECK_CONTAINS(fresh.notes().front(), "made from the 6 run folders");
}

HILO_TEST(aDamagedDatabaseIsMadeAgainAndSaidSo)
{
    for (const char* damage : {"zeros", "truncated", "text", "empty"}) {
        ProjectFixture fixture;
        fixture.addFinishedRun("a", runDocument("a"), 0.75, 1000, 3000);
        fixture.addFinishedRun("b", runDocument("b"), 0.5, 500, 3000);
        std::string before;
        {
            RunStore store = fixture.store();
            before = contentOf(store.database());
        }
        const fs::path file = fixture.project().databaseFile();
        const auto size = fs::file_size(file);
        if (damage == std::string("zeros"))
            writeText(file, std::string(size, '\0'));
        else if (damage == std::string("truncated"))
            fs::resize_file(file, size / 3);
        else if (damage == std::string("text"))
            writeText(file, std::string(size, 'x'));
        else
            fs::resize_file(file, 0);
        RunStore store = fixture.store();
        CHECK_EQ(contentOf(store.database()), before);
        CHECK_EQ(store.notes().size(), 1u);
        CHECK_CONTAINS(store.notes().front(), "made");
    }
}

HILO_TEST(damageThatIsMetLaterIsMendedWhileOthersHaveTheDatabaseOpen)
{
    ProjectFixture fixture;
    for (int i = 0; i < 30; ++i)
        fixture.addFinishedRun("run" + std::to_string(i), runDocument("r"), 0.5, 100, 200);
    std::string before;
    {
        RunStore store = fixture.store();
        before = contentOf(store.database());
    }
    // The pages of the settings and metrics, which the check at the opening leaves out.
    const fs::path file = fixture.project().databaseFile();
    std::string bytes = readText(file);
    for (std::size_t page = bytes.size() / 4096 / 2; page < bytes.size() / 4096; ++page)
        bytes.replace(page * 4096, 4096, std::string(4096, '\x55'));
    writeText(file, bytes);
    RunStore store = fixture.store();
    REQUIRE_OK(store.reindex(false));
    CHECK_EQ(contentOf(store.database()), before);
    CHECK(!store.notes().empty());
    CHECK(fs::exists(file.string() + ".damaged"));
}

HILO_TEST(damagedRunFilesAreReportedAndKnownResultsStay)
{
    for (const char* file : {"run.json", "events.ndjson"}) {
        for (const bool zeros : {true, false}) {
            ProjectFixture fixture;
            fixture.addFinishedRun("a", runDocument("a"), 0.75, 1000);
            RunStore store = fixture.store();
            const fs::path path = fixture.folder("a") / file;
            const auto size = fs::file_size(path);
            if (zeros)
                writeText(path, std::string(size, '\0'));
            else
                fs::resize_file(path, size / 2);
            REQUIRE_OK(store.scan());
            RunSummary run = summaryOf(fixture, "a");
            CHECK_EQ(run.accuracy.value_or(0), 0.75);
            CHECK_EQ(run.state, "finished");
            CHECK_CONTAINS(run.problem, file);
            CHECK_CONTAINS(run.problem, "backup");
            // A rebuild does not throw away what only the database knows any more.
            const ScanReport report = REQUIRE_OK(store.reindex(false));
            CHECK_EQ(summaryOf(fixture, "a").accuracy.value_or(0), 0.75);
            if (file == std::string("events.ndjson"))
                CHECK_EQ(report.kept, (std::vector<std::string>{"a"}));
        }
    }
}

HILO_TEST(aRunFolderDeletedByHandKeepsItsResults)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("a"), 0.75, 1000);
    fixture.addFinishedRun("b", runDocument("b"), 0.5, 1000);
    RunStore store = fixture.store();
    fs::remove_all(fixture.folder("a"));
    CHECK_EQ(REQUIRE_OK(store.scan()).missing, (std::vector<std::string>{"a"}));
    CHECK_EQ(summaryOf(fixture, "a").state, "missing");
    CHECK_EQ(summaryOf(fixture, "a").accuracy.value_or(0), 0.75);
    CHECK_EQ(REQUIRE_OK(store.reindex(false)).missing, (std::vector<std::string>{"a"}));
    CHECK_EQ(summaryOf(fixture, "a").accuracy.value_or(0), 0.75);
    // Back from a backup.
    fixture.addFinishedRun("a", runDocument("a"), 0.75, 1000);
    REQUIRE_OK(store.scan());
    CHECK_EQ(summaryOf(fixture, "a").state, "finished");
    fs::remove_all(fixture.folder("a"));
    REQUIRE_OK(store.reindex(true));
    RunReader reader = fixture.reader();
    CHECK(!reader.run("a"));
    CHECK(reader.run("b"));
}

HILO_TEST(aChangedSpecIsRemarked)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("a"), 0.75, 1000);
    RunStore store = fixture.store();
    REQUIRE_OK(writeJsonFile(fixture.folder("a") / "run.json", runDocument("a", {{"learning_rate", 7}})));
    REQUIRE_OK(store.scan());
    CHECK_CONTAINS(summaryOf(fixture, "a").problem, "changed after the run had started");
}

HILO_TEST(aClockThatJumpsDisturbsNothing)
{
    ProjectFixture fixture;
    fixture.addRun("a");
    const auto lock = REQUIRE_OK(FileLock::tryAcquire(runLockFile(fixture.folder("a"))));
    std::string log;
    // Ten years ahead, back to 1970, no time at all, nonsense.
    for (const char* time : {"2036-01-01T00:00:00.000Z", "1970-01-01T00:00:01.000Z", "", "yesterday"}) {
        const int step = static_cast<int>(std::count(log.begin(), log.end(), '\n')) + 1;
        log += Json{{"t", time}, {"event", "step"}, {"step", step}, {"loss", 0.5}}.dump() + "\n";
    }
    appendText(fixture.folder("a") / "events.ndjson", log);
    RunStore store = fixture.store();
    const RunSummary run = summaryOf(fixture, "a");
    CHECK_EQ(run.lastStep.value_or(0), 4);
    // Silence is measured by the clock that does not jump.
    CHECK(run.silentMilliseconds.value_or(-1) >= 0 && run.silentMilliseconds.value_or(-1) < 600000);
    RunReader reader = fixture.reader();
    CHECK_EQ(REQUIRE_OK(reader.series("a", "loss")).steps.size(), 4u);
    CHECK_EQ(REQUIRE_OK(reader.series("a", "time")).steps.size(), 2u);
    const std::string before = contentOf(store.database());
    REQUIRE_OK(store.reindex(false));
    CHECK_EQ(contentOf(store.database()), before);
    // A file whose time lies in the future, or stands still, is read all the same when it grows.
    fs::last_write_time(fixture.folder("a") / "events.ndjson",
                        fs::file_time_type::clock::now() + std::chrono::hours(99999));
    REQUIRE_OK(store.scan());
    appendText(fixture.folder("a") / "events.ndjson", stepLine(5, 0.25) + "\n");
    REQUIRE_OK(store.scan());
    CHECK_EQ(summaryOf(fixture, "a").lastStep.value_or(0), 5);
}

HILO_TEST(oddMetricsLeaveARunReadable)
{
    ProjectFixture fixture;
    fixture.addRun("a");
    std::string log = eventLine("started", {{"steps", 40}}) + "\n";
    for (int step = 1; step <= 20; ++step)
        log += stepLine(step, 5 - step / 50.0) + "\n";
    // As other programs write them: no numbers, huge ones, steps that are none or go back, thousands of names.
    const auto step = [](const std::string& fields) {
        return R"({"t":"2026-01-01T00:00:00.000Z","event":"step",)" + fields + "}\n";
    };
    log += step(R"("step":21,"loss":NaN)") + step(R"("step":22,"loss":Infinity)") + step(R"("step":23,"loss":1e999)");
    log += step(R"("step":-7,"loss":1.0)") + step(R"("step":9223372036854775807,"loss":0.5)");
    std::string many = R"("step":24)";
    for (int i = 0; i < 4000; ++i)
        many += ",\"m/" + std::to_string(i) + "\":" + std::to_string(i);
    log += step(many);
    log += step(R"("step":25,"verlust 🐡":1.5,"":2.5,"a.b":3.5,"loss":"not a number","deep":{"x":1},"time":3)");
    log += step(R"("step":10,"loss":9.0,"m/7":1)") + step(R"("step":11,"loss":8.0,"verlust 🐡":1.5)");
    log += eventLine("evaluation", {{"step", 11}, {"split", "test"}, {"accuracy", nullptr}}) + "\n";
    log += eventLine("evaluation", {{"step", 11}, {"split", "test"}, {"accuracy", 0.5}, {"final", true}}) + "\n";
    log += eventLine("finished", {{"step", 11}, {"accuracy", 0.5}, {"seconds", -3}}) + "\n";
    appendText(fixture.folder("a") / "events.ndjson", log);
    RunStore store = fixture.store();
    const RunSummary run = summaryOf(fixture, "a");
    CHECK_EQ(run.state, "finished");
    CHECK_EQ(run.accuracy.value_or(0), 0.5);
    CHECK_EQ(run.lastStep.value_or(0), 11);
    CHECK(!run.seconds);
    RunReader reader = fixture.reader();
    const Series loss = REQUIRE_OK(reader.series("a", "loss"));
    CHECK_EQ(loss.steps.size(), 11u);
    CHECK_EQ(loss.values[9], 9.0);
    CHECK_EQ(REQUIRE_OK(reader.series("a", "verlust 🐡")).values, (std::vector<double>{1.5}));
    // What came back was replaced, the thousands of names with it.
    CHECK_EQ(REQUIRE_OK(reader.seriesNames("a")), (std::vector<std::string>{"loss", "lr", "m/7", "time", "verlust 🐡"}));
    std::int64_t skipped = 0;
    REQUIRE_OK(store.database().read([&](SQLite::Database& connection) -> Status {
        skipped = connection.execAndGet("SELECT skipped FROM cursors").getInt64();
        return {};
    }));
    CHECK_EQ(skipped, 2); // the steps that are none
    const std::string before = contentOf(store.database());
    REQUIRE_OK(store.reindex(false));
    CHECK_EQ(contentOf(store.database()), before);
}

HILO_TEST(aGapIsNoNumberAndInfinityNoLargeOne)
{
    ProjectFixture fixture;
    fixture.addRun("a");
    const std::string head = R"({"t":"2026-01-01T00:00:00.000Z","event":"step","step":)";
    appendText(fixture.folder("a") / "events.ndjson", head + "1,\"loss\":2}\n" + head + "2,\"loss\":Infinity}\n" +
                                                          head + "3,\"loss\":NaN}\n" + head + "4,\"loss\":-1e999}\n" +
                                                          head + "5,\"loss\":3}\n" + head + "6,\"loss\":NaN}\n");
    RunStore store = fixture.store();
    RunReader reader = fixture.reader();
    const Series loss = REQUIRE_OK(reader.series("a", "loss"));
    CHECK_EQ(loss.steps.size(), 6u);
    for (const std::size_t gap : {1u, 2u, 3u, 5u})
        CHECK(std::isnan(loss.values[gap]));
    const auto column = [&](const std::string& name) { return REQUIRE_OK(columnValues(reader.database(), name)); };
    CHECK_EQ(column("loss.min")["a"], "2");
    CHECK_EQ(column("loss.max")["a"], "3");
    CHECK(column("loss.last").empty());
}

HILO_TEST(namesThatAreNoIdsAreNeverRuns)
{
    ProjectFixture fixture;
    RunStore store = fixture.store();
    for (const char* bad : {"../escape", "/etc", ".hidden", "a/b", ""}) {
        CHECK(!store.update(bad));
        CHECK(!enqueue(store, bad));
    }
    const std::string quoted = "x'); DROP TABLE runs; --";
    CHECK(!store.update(quoted));
    fixture.addRun("a", runDocument(quoted));
    REQUIRE_OK(store.scan());
    CHECK_EQ(summaryOf(fixture, "a").name, quoted);
}

HILO_TEST(aSpecOfAnOlderVersionRepeatsOneOfToday)
{
    Json today = toJson(REQUIRE_OK(parseRunSpec(runDocument("today"), "run.json", {})));
    Json older = today;
    older["name"] = "older";
    older["training"]["seed"] = 7;
    older["training"].erase("weight_decay");
    older["evaluation"].erase("limit");
    CHECK_EQ(repeatGroupOf(older), repeatGroupOf(today));
    older["training"]["weight_decay"] = 0.5;
    CHECK(repeatGroupOf(older) != repeatGroupOf(today));
}

HILO_TEST(aRunsMapIsTheOneThatItHasComeTo)
{
    ProjectFixture fixture;
    Json document = runDocument("a", {{"reallocation", {{"method", "balanced-live"}}}}, {2, 2});
    const auto withRanks = [&](std::vector<int> ranks) {
        Json map = document["map"];
        map["layers"][0]["modules"]["q_proj"]["ranks"] = std::move(ranks);
        return map;
    };
    fixture.addRun("a", document);
    const auto setting = [&](const std::string& key) {
        RunReader reader = fixture.reader();
        for (const Setting& one : REQUIRE_OK(reader.settings("a")))
            if (one.key == key)
                return one.number.value_or(-1);
        return -1.0;
    };
    const auto add = [&](const std::string& event, const Json& fields) {
        appendText(fixture.folder("a") / "events.ndjson", eventLine(event, fields) + "\n");
        RunStore store = fixture.store();
        REQUIRE_OK(store.update("a"));
    };
    add("started", {{"step", 0}, {"trainable_parameters", 1000}});
    CHECK_EQ(setting("map.total_rank"), 16);
    add("reallocation", {{"step", 4}, {"moved", 3}, {"trainable_parameters", 990}, {"map", withRanks({2, 5})}});
    CHECK_EQ(setting("map.total_rank"), 19);
    CHECK_EQ(setting("map.largest_rank"), 5);
    add("reallocation", {{"step", 6}, {"moved", 3}, {"trainable_parameters", 980}, {"map", withRanks({2, 2, 4})}});
    CHECK_EQ(setting("map.experts"), 9);
    // The best weights are from before the last change.
    add("finished", {{"step", 10}, {"trainable_parameters", 990}, {"map", withRanks({2, 5})}});
    CHECK_EQ(setting("map.total_rank"), 19);
    {
        RunReader reader = fixture.reader();
        CHECK_EQ(REQUIRE_OK(reader.run("a")).trainableParameters.value_or(0), 990);
    }
    // A run.json that comes again (a copied project) is not the map again.
    REQUIRE_OK(writeJsonFile(fixture.folder("a") / "run.json", document));
    std::filesystem::create_directories(fixture.folder("a") / "adapter");
    REQUIRE_OK(writeJsonFile(fixture.folder("a") / "adapter/adapter.json", {{"map", withRanks({2, 5})}}));
    {
        RunStore store = fixture.store();
        REQUIRE_OK(store.update("a"));
    }
    CHECK_EQ(setting("map.total_rank"), 19);
}
