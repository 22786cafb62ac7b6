// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_archive.h"
#include "queue/run_removal.h"

#include "base/file_lock.h"
#include "core/project/project_fixture.h"
#include "project/archive.h"
#include "queue/run_queue.h"
#include "run/checkpoints.h"

#include <fstream>

namespace hilo {
namespace {

namespace fs = std::filesystem;
using namespace testing;

std::vector<std::int64_t> stepsOf(const fs::path& run)
{
    std::vector<std::int64_t> steps;
    for (const Checkpoint& checkpoint : REQUIRE_OK(listCheckpoints(run, false)))
        steps.push_back(checkpoint.step);
    return steps;
}

HILO_TEST(aDeletedRunLeavesNothing)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("a"), 0.5, 1000);
    fixture.addRun("b");
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    REQUIRE_OK(enqueue(store, "b"));
    REQUIRE_OK(deleteRun(store, "a"));
    REQUIRE_OK(deleteRun(store, "b"));
    CHECK(!fs::exists(fixture.folder("a")));
    CHECK(!fs::exists(fixture.folder("b")));
    REQUIRE_OK(store.scan());
    RunReader reader = fixture.reader();
    CHECK_EQ(REQUIRE_OK(reader.runs()).size(), 0u);
    CHECK_EQ(REQUIRE_OK(queuedRuns(store.database())).size(), 0u);
    CHECK(fs::is_empty(fixture.project().runsFolder()));
}

HILO_TEST(anArchivedRunGoesWithItsArchive)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("a"), 0.5, 1000);
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    REQUIRE_OK(archiveRun(store, "a"));
    CHECK_EQ(archivedIds(fixture.project()).size(), 1u);
    REQUIRE_OK(deleteRun(store, "a"));
    CHECK_EQ(archivedIds(fixture.project()).size(), 0u);
}

HILO_TEST(aRunWithAProcessIsNotDeleted)
{
    ProjectFixture fixture;
    fixture.addRun("a");
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    const auto lock = REQUIRE_OK(FileLock::tryAcquire(runLockFile(fixture.folder("a"))));
    CHECK(lock.has_value());
    CHECK_CONTAINS(describe(REQUIRE_ERROR(deleteRun(store, "a"))), "Stop it first");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(goBackTo(store, "a", 1))), "Stop it first");
    CHECK(fs::exists(fixture.folder("a") / "run.json"));
}

HILO_TEST(anIdThatIsAPathIsRefused)
{
    ProjectFixture fixture;
    RunStore store = fixture.store();
    REQUIRE_ERROR(deleteRun(store, "../maps"));
    CHECK(fs::exists(fixture.project().mapsFolder()));
}

HILO_TEST(goingBackRemovesLaterCheckpoints)
{
    ProjectFixture fixture;
    fixture.addRun("a");
    for (const int step : {10, 20, 30})
        makeCheckpoint(fixture.folder("a"), step);
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    REQUIRE_OK(goBackTo(store, "a", 20));
    CHECK_EQ(stepsOf(fixture.folder("a")), (std::vector<std::int64_t>{10, 20}));
}

HILO_TEST(goingBackToADamagedCheckpointChangesNothing)
{
    ProjectFixture fixture;
    fixture.addRun("a");
    const fs::path damaged = makeCheckpoint(fixture.folder("a"), 10);
    makeCheckpoint(fixture.folder("a"), 20);
    for (const auto& entry : fs::recursive_directory_iterator(damaged))
        if (entry.is_regular_file() && entry.path().filename() != "manifest.json")
            std::ofstream(entry.path(), std::ios::trunc) << "xxxxxxx";
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    REQUIRE_ERROR(goBackTo(store, "a", 10));
    REQUIRE_ERROR(goBackTo(store, "a", 15));
    CHECK_EQ(stepsOf(fixture.folder("a")), (std::vector<std::int64_t>{10, 20}));
}

HILO_TEST(aFinishedRunDoesNotGoBack)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("a"), 0.5, 1000);
    makeCheckpoint(fixture.folder("a"), 1);
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    CHECK_CONTAINS(describe(REQUIRE_ERROR(goBackTo(store, "a", 1))), "finished");
}

} // namespace
} // namespace hilo
