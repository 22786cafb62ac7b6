// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/checkpoints.h"

#include "base/atomic_file.h"
#include "base/file_lock.h"
#include "core/project/project_fixture.h"
#include "project/space.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::vector<std::int64_t> stepsOf(const std::vector<Checkpoint>& checkpoints)
{
    std::vector<std::int64_t> steps;
    for (const Checkpoint& checkpoint : checkpoints)
        steps.push_back(checkpoint.step);
    return steps;
}

using Steps = std::vector<std::int64_t>;

} // namespace

HILO_TEST(onlyAFolderWhoseManifestIsRightIsACheckpoint)
{
    const TemporaryFolder folder;
    const fs::path run = folder.path();
    for (const int step : {5, 10, 15, 20, 25})
        makeCheckpoint(run, step, "the weights of step " + std::to_string(step));
    const auto place = [&](const std::string& rest) { return run / "checkpoints" / rest; };
    writeText(place("step-10/adapter/weights.bin"), std::string(22, '\0')); // same size, other content
    fs::resize_file(place("step-15/adapter/weights.bin"), 3);               // truncated
    writeText(place("step-20/manifest.json"), std::string(100, '\0'));      // zero-filled
    fs::remove(place("step-25/manifest.json"));                             // killed before its end
    fs::create_directories(place(".step-30.tmp"));
    fs::create_directories(place("step-x"));
    fs::create_directories(place("step-"));
    writeText(place("step-99"), "a file");
    const auto bySize = REQUIRE_OK(listCheckpoints(run, false));
    CHECK_EQ(stepsOf(bySize), (Steps{5, 10, 15, 20, 25}));
    CHECK(bySize[0].valid && bySize[1].valid && !bySize[2].valid && !bySize[3].valid && !bySize[4].valid);
    const auto byHash = REQUIRE_OK(listCheckpoints(run, true));
    CHECK(byHash[0].valid && !byHash[1].valid);
    CHECK_CONTAINS(byHash[1].problem, "content");
    CHECK_CONTAINS(byHash[2].problem, "3 bytes");
    CHECK_EQ(newestCheckpointStep(run), 10);
    // A manifest that was moved from another step, or that names a file outside, proves nothing.
    fs::copy_file(place("step-5/manifest.json"), place("step-20/manifest.json"), fs::copy_options::overwrite_existing);
    CHECK(!verifyCheckpoint(place("step-20"), 20, false));
    REQUIRE_OK(
        writeJsonFile(place("step-25/manifest.json"),
                      {{"format", "hilo.checkpoint/1"},
                       {"step", 25},
                       {"files", {{{"path", "../step-5/adapter/weights.bin"}, {"bytes", 21}, {"sha256", ""}}}}}));
    CHECK(!verifyCheckpoint(place("step-25"), 25, false));
}

HILO_TEST(pruningKeepsTheLastValidAndThePinned)
{
    const TemporaryFolder folder;
    for (const int step : {5, 10, 15, 20})
        makeCheckpoint(folder.path(), step);
    const auto removable = [&](std::size_t keep) {
        return stepsOf(prunable(REQUIRE_OK(listCheckpoints(folder.path(), true)), keep));
    };
    CHECK_EQ(removable(1), (Steps{5, 10, 15}));
    CHECK_EQ(removable(0), (Steps{5, 10, 15}));
    CHECK_EQ(removable(3), (Steps{5}));
    REQUIRE_OK(pinStep(folder.path(), 10, true));
    CHECK(!pinStep(folder.path(), 11, true));
    CHECK_EQ(removable(1), (Steps{5, 15}));
    // The newest is damaged: the last valid one stays, and so does the damaged one, for whoever wants to save it.
    writeText(folder / "checkpoints/step-20/adapter/weights.bin", "WEIGHTS");
    CHECK_EQ(removable(1), (Steps{5}));
    // Older damaged ones go.
    writeText(folder / "checkpoints/step-5/manifest.json", "");
    CHECK_EQ(removable(9), (Steps{5}));
    for (const int step : {10, 15})
        writeText(folder / ("checkpoints/step-" + std::to_string(step) + "/manifest.json"), "");
    CHECK(removable(1).empty());
    REQUIRE_OK(pinStep(folder.path(), 10, false));
    CHECK(pinnedSteps(folder.path()).empty());
}

HILO_TEST(pruningKeepsTheBest)
{
    const TemporaryFolder folder;
    const auto checkpoint = [&folder](int step, const Json& selection) {
        const fs::path made = makeCheckpoint(folder.path(), step);
        REQUIRE_OK(writeJsonFile(made / "state.json", {{"step", step}, {"selection", selection}}));
        fs::remove(made / "manifest.json");
        REQUIRE_OK(writeManifest(made, step));
    };
    const auto removable = [&folder] { return stepsOf(prunable(REQUIRE_OK(listCheckpoints(folder.path(), true)), 1)); };
    checkpoint(5, {{"select", "best"}, {"best_step", 5}});
    checkpoint(10, {{"select", "best"}, {"best_step", 10}});
    checkpoint(15, {{"select", "best"}, {"best_step", 10}});
    CHECK_EQ(removable(), (Steps{5}));
    CHECK(REQUIRE_OK(listCheckpoints(folder.path(), false))[1].best);
    // Where the last weights are kept, the best are no more than a number.
    checkpoint(20, {{"select", "last"}, {"best_step", 10}});
    CHECK_EQ(removable(), (Steps{5, 10, 15}));
    for (const Json& odd : {Json("text"), Json{{"select", "best"}, {"best_step", "10"}}, Json{{"select", 7}}}) {
        checkpoint(20, odd);
        CHECK_EQ(removable(), (Steps{5, 10, 15}));
    }
    // The newest valid one knows.
    writeText(folder / "checkpoints/step-20/manifest.json", "");
    CHECK_EQ(removable(), (Steps{5}));
}

HILO_TEST(aRunIsPrunedUnderItsLock)
{
    ProjectFixture fixture;
    fixture.addRun("a");
    for (const int step : {5, 10, 15})
        makeCheckpoint(fixture.folder("a"), step, std::string(1000, 'w'));
    RunStore store = fixture.store();
    {
        const auto lock = REQUIRE_OK(FileLock::tryAcquire(runLockFile(fixture.folder("a"))));
        CHECK_CONTAINS(REQUIRE_ERROR(pruneRun(store.project(), "a", 1, false)).message, "worked on");
    }
    CHECK_EQ(stepsOf(REQUIRE_OK(pruneRun(store.project(), "a", 1, true)).removed), (Steps{5, 10}));
    CHECK_EQ(REQUIRE_OK(listCheckpoints(fixture.folder("a"), false)).size(), 3u);
    const PruneReport report = REQUIRE_OK(pruneRun(store.project(), "a", 1, false));
    CHECK(report.bytes > 2000);
    CHECK_EQ(stepsOf(REQUIRE_OK(listCheckpoints(fixture.folder("a"), true))), (Steps{15}));
    CHECK(!pruneRun(store.project(), "absent", 1, false));
}

HILO_TEST(spaceIsCountedByPart)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("small", runDocument("small"), 0.5, 10);
    fixture.addFinishedRun("large", runDocument("large"), 0.5, 10);
    makeCheckpoint(fixture.folder("large"), 5, std::string(5000, 'w'));
    makeCheckpoint(fixture.folder("large"), 10, std::string(7000, 'w'));
    writeText(fixture.folder("large") / "adapter/adapter.safetensors", std::string(3000, 'a'));
    const auto spaces = REQUIRE_OK(spaceOfRuns(fixture.project(), 1));
    CHECK_EQ(spaces.size(), 2u);
    CHECK_EQ(spaces[0].id, "large");
    CHECK_EQ(spaces[0].adapter, 3000u);
    CHECK_EQ(spaces[0].checkpointCount, 2);
    CHECK(spaces[0].checkpoints > 12000u && spaces[0].checkpoints < 14000u);
    CHECK(spaces[0].prunable > 5000u && spaces[0].prunable < 6000u);
    CHECK_EQ(spaces[0].events, fs::file_size(fixture.folder("large") / "events.ndjson"));
    CHECK(spaces[0].total > spaces[0].checkpoints + spaces[0].adapter + spaces[0].events);
    CHECK_EQ(spaces[1].checkpoints, 0u);
}
