// SPDX-License-Identifier: GPL-3.0-or-later
// What disks and people do to a project. Nothing that was acknowledged may be lost, and the message says what to do.
#include "base/atomic_file.h"
#include "core/project/project_fixture.h"
#include "index/project_check.h"
#include "index/run_archive.h"
#include "project/archive.h"
#include "queue/run_queue.h"
#include "queue/worker.h"
#include "run/checkpoints.h"
#include "run/event_writer.h"

#include "core/project/small_disk.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> namesIn(const fs::path& folder)
{
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// An error that says what to do about a full disk.
void checkSaysFull(const Error& error)
{
    CHECK(error.code == ErrorCode::NoSpace);
    CHECK(!error.hint.empty());
    CHECK_CONTAINS(describe(error), "pace");
}

std::string freshContent(const ProjectFixture& fixture)
{
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(fixture.project().databaseFile().string() + end);
    RunStore store = fixture.store();
    return contentOf(store.database());
}

pid_t startFake(const std::vector<std::string>& words)
{
    const pid_t child = fork();
    if (child != 0)
        return child;
    std::vector<char*> arguments{const_cast<char*>(HILO_FAKE_PROGRAM)};
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
}

} // namespace

HILO_TEST(aFullDiskLosesNoEventAndTheLogGoesOnAfterwards)
{
    const TemporaryFolder place;
    onSmallDisk(place / "disk", 2 << 20, [&] {
        ProjectFixture fixture(place / "disk/project");
        fixture.addRun("a");
        EventWriter events = REQUIRE_OK(EventWriter::open(fixture.folder("a") / "events.ndjson"));
        std::int64_t acknowledged = 0;
        REQUIRE_OK(events.write("started", {{"steps", 100000}}));
        ++acknowledged;
        {
            const Filler filler(place / "disk");
            // What is left of the file's last block fills up first.
            for (int step = 1; step < 1000; ++step) {
                const Status written = events.write("step", {{"step", step}, {"loss", 1.0}});
                if (!written) {
                    checkSaysFull(written.error());
                    break;
                }
                ++acknowledged;
            }
            CHECK(acknowledged < 999);
        }
        REQUIRE_OK(events.write("step", {{"step", 2000}, {"loss", 0.5}}));
        ++acknowledged;
        RunStore store = fixture.store();
        CHECK_EQ(REQUIRE_OK(store.update("a")).events, 0); // opening has read it
        std::int64_t known = 0, skipped = 0;
        REQUIRE_OK(store.database().read([&](SQLite::Database& connection) -> Status {
            known = connection.execAndGet("SELECT events FROM cursors").getInt64();
            skipped = connection.execAndGet("SELECT skipped FROM cursors").getInt64();
            return {};
        }));
        CHECK_EQ(known, acknowledged);
        CHECK_EQ(skipped, 0);
    });
}

HILO_TEST(aFullDiskLeavesTheDatabaseWholeAndItCatchesUp)
{
    const TemporaryFolder place;
    onSmallDisk(place / "disk", 4 << 20, [&] {
        ProjectFixture fixture(place / "disk/project");
        fixture.addRun("a");
        fixture.addRun("b");
        RunStore store = fixture.store();
        REQUIRE_OK(store.scan());
        std::string log = eventLine("started", {{"steps", 5000}}) + "\n";
        for (int step = 1; step <= 5000; ++step)
            log += stepLine(step, 1.0 / step) + "\n";
        appendText(fixture.folder("a") / "events.ndjson", log);
        {
            const Filler filler(place / "disk");
            checkSaysFull(REQUIRE_ERROR(store.scan()));
            checkSaysFull(REQUIRE_ERROR(enqueue(store, "b")));
            CHECK(!fs::exists(fixture.folder("b") / "queue.json"));
            checkSaysFull(REQUIRE_ERROR(fixture.project().addRun(fixture.folder("b") / "run.json")));
            CHECK_EQ(REQUIRE_OK(fixture.project().runIds()), (std::vector<std::string>{"a", "b"}));
        }
        REQUIRE_OK(store.scan());
        REQUIRE_OK(enqueue(store, "b"));
        RunReader reader = fixture.reader();
        CHECK_EQ(REQUIRE_OK(reader.series("a", "loss")).steps.size(), 5000u);
        const std::string before = contentOf(store.database());
        CHECK_EQ(freshContent(fixture), before);
    });
}

HILO_TEST(aFullDiskKeepsTheLastCheckpointAndTheRunThatIsArchived)
{
    const TemporaryFolder place;
    onSmallDisk(place / "disk", 3 << 20, [&] {
        ProjectFixture fixture(place / "disk/project");
        fixture.addFinishedRun("a", runDocument("a"), 0.5, 10);
        makeCheckpoint(fixture.folder("a"), 10, std::string(100000, 'w'));
        RunStore store = fixture.store();
        REQUIRE_OK(store.scan());
        const auto names = namesIn(fixture.folder("a"));
        {
            const Filler filler(place / "disk");
            // Without room not even the archive's folder can be made.
            checkSaysFull(REQUIRE_ERROR(archiveRun(store, "a")));
            CHECK(!fs::exists(archiveFile(fixture.project(), "a")));
            const fs::path target = fixture.folder("a") / "checkpoints/step-20";
            const auto saved = [&]() -> Status {
                HILO_TRY(AtomicFolder folder, AtomicFolder::create(target));
                HILO_CHECK(writeFileAtomically(folder.path() / "weights.bin", std::string(200000, 'x')));
                HILO_CHECK(writeManifest(folder.path(), 20));
                return folder.commit();
            }();
            checkSaysFull(REQUIRE_ERROR(saved));
            CHECK_EQ(namesIn(fixture.folder("a") / "checkpoints"), (std::vector<std::string>{"step-10"}));
        }
        CHECK_EQ(newestCheckpointStep(fixture.folder("a")), 10);
        auto after = namesIn(fixture.folder("a"));
        std::erase(after, "lock");
        CHECK_EQ(after, names);
        REQUIRE_OK(archiveRun(store, "a"));
        REQUIRE_OK(restoreRun(store, "a"));
        CHECK_EQ(newestCheckpointStep(fixture.folder("a")), 10);
    });
}

HILO_TEST(aReadOnlyProjectCanBeReadAndSaysWhyItCannotBeChanged)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("a"), 0.75, 1000);
    fixture.addRun("b");
    {
        RunStore store = fixture.store();
        REQUIRE_OK(store.scan());
    }
    onReadOnlyDisk(fixture.project().folder(), [&] {
        const Error error = REQUIRE_ERROR(RunStore::open(fixture.project()));
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_CONTAINS(error.hint, "writable");
        RunReader reader = REQUIRE_OK(RunReader::open(fixture.project()));
        CHECK_EQ(REQUIRE_OK(reader.runs()).size(), 2u);
        CHECK_EQ(REQUIRE_OK(reader.run("a")).accuracy.value_or(0), 0.75);
        CHECK_EQ(REQUIRE_OK(reader.series("a", "loss")).steps.size(), 3u);
        CHECK(!fixture.project().addRun(fixture.folder("b") / "run.json"));
        CHECK(!EventWriter::open(fixture.folder("a") / "events.ndjson"));
        CHECK_CONTAINS(REQUIRE_ERROR(Project::create(fixture.project().folder() / "inner", "")).hint, "written");
    });
}

HILO_TEST(aReadOnlyCopyWithAnUnfinishedWriteAheadLogIsNoCrash)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("a"), 0.75, 1000);
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    // The store is still open: its log holds what the file does not.
    const TemporaryFolder place;
    fs::copy(fixture.project().folder(), place / "copy", fs::copy_options::recursive);
    fs::remove(place / "copy/workbench.db-shm");
    const Project copy = REQUIRE_OK(Project::open(place / "copy"));
    onReadOnlyDisk(place / "copy", [&] {
        const auto reader = RunReader::open(copy);
        if (!reader)
            CHECK(!reader.error().hint.empty());
    });
    RunStore opened = REQUIRE_OK(RunStore::open(copy));
    CHECK_EQ(contentOf(opened.database()), contentOf(store.database()));
}

HILO_TEST(twoWorkbenchesOnOneProjectAgree)
{
    ProjectFixture fixture;
    const std::string folder = fixture.project().folder().string();
    std::vector<pid_t> others;
    // Both make the database at the same moment.
    for (int i = 0; i < 2; ++i)
        others.push_back(startFake({"index", folder}));
    others.push_back(startFake({"read", folder}));
    RunStore store = fixture.store();
    for (int i = 0; i < 20; ++i) {
        const std::string id = "run" + std::to_string(i);
        fixture.addRun(id, runDocument(id, {{"seed", i}}));
        appendText(fixture.folder(id) / "events.ndjson", eventLine("started", {{"steps", 20}}) + "\n");
        REQUIRE_OK(enqueue(store, id));
        for (int step = 1; step <= 20; ++step) {
            appendText(fixture.folder(id) / "events.ndjson", stepLine(step, 1.0 / step) + "\n");
            REQUIRE_OK(store.update(id));
        }
        if (i % 2 == 0)
            REQUIRE_OK(dequeue(store, id));
    }
    // The reader ends by itself when it meets nonsense; here the lines are not fake_hilo's.
    for (std::size_t i = 0; i < others.size(); ++i) {
        int status = 0;
        kill(others[i], SIGTERM);
        waitpid(others[i], &status, 0);
        if (i < 2)
            CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    REQUIRE_OK(store.scan());
    CHECK_EQ(REQUIRE_OK(queuedRuns(store.database())).size(), 10u);
    const std::string before = contentOf(store.database());
    CHECK(REQUIRE_OK(checkProject(store, {})).empty());
    REQUIRE_OK(store.reindex(false));
    CHECK_EQ(contentOf(store.database()), before);
    CHECK_EQ(freshContent(fixture), before);
}

HILO_TEST(whoHoldsTheDatabaseForLongIsNamedNotWaitedForForEver)
{
    ProjectFixture fixture;
    fixture.addRun("a");
    RunStore store = fixture.store();
    Database other = REQUIRE_OK(Database::openToWrite(fixture.project().databaseFile()));
    REQUIRE_OK(other.run([&](SQLite::Database& connection) -> Status {
        connection.exec("BEGIN IMMEDIATE");
        store.database().raw().setBusyTimeout(50);
        const Error error = REQUIRE_ERROR(enqueue(store, "a"));
        CHECK_CONTAINS(error.message, "locked");
        CHECK_CONTAINS(error.hint, "Wait");
        // Readers are never in anybody's way.
        RunReader reader = fixture.reader();
        CHECK(reader.run("a"));
        connection.exec("ROLLBACK");
        return {};
    }));
    REQUIRE_OK(enqueue(store, "a"));
}
