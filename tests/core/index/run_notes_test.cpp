// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_notes_change.h"

#include "compare/compare.h"
#include "core/project/project_fixture.h"
#include "index/run_archive.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

RunSummary summaryOf(const ProjectFixture& fixture, const std::string& id)
{
    RunReader reader = fixture.reader();
    return REQUIRE_OK(reader.run(id));
}

} // namespace

HILO_TEST(aRunIsRenamedAndItsOwnNameComesBack)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("Run A"), 0.75, 1000);
    RunStore store = fixture.store();
    const RunNotes before =
        REQUIRE_OK(changeRunNotes(store, "a", [](RunNotes& notes) { notes.name = "The good one"; }));
    CHECK(before.isEmpty());
    CHECK_EQ(summaryOf(fixture, "a").name, "The good one");
    // The spec is read again: the given name stays.
    appendText(fixture.folder("a") / "run.json", "\n");
    REQUIRE_OK(store.scan());
    CHECK_EQ(summaryOf(fixture, "a").name, "The good one");
    REQUIRE_OK(changeRunNotes(store, "a", [&](RunNotes& notes) { notes = before; }));
    CHECK_EQ(summaryOf(fixture, "a").name, "Run A");
    CHECK(!fs::exists(fixture.folder("a") / runNotesFile));
}

HILO_TEST(notesOfAnotherProgramAreFound)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("Run A"), 0.75, 1000);
    RunStore store = fixture.store();
    REQUIRE_OK(writeRunNotes(fixture.folder("a"), {"", "why", {"x", "base line"}, true}));
    CHECK_EQ(REQUIRE_OK(store.scan()).changed, 1);
    CHECK_EQ(REQUIRE_OK(store.scan()).changed, 0);
    const RunSummary run = summaryOf(fixture, "a");
    CHECK_EQ(run.name, "Run A");
    CHECK_EQ(run.note, "why");
    CHECK_EQ(run.tags, "base line, x");
    CHECK_EQ(run.starred, 1);
    fs::remove(fixture.folder("a") / runNotesFile);
    REQUIRE_OK(store.scan());
    CHECK_EQ(summaryOf(fixture, "a").starred, 0);
    CHECK_EQ(summaryOf(fixture, "a").tags, "");
}

HILO_TEST(damagedNotesAreSaidAndChangeNothing)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("Run A"), 0.75, 1000);
    RunStore store = fixture.store();
    REQUIRE_OK(changeRunNotes(store, "a", [](RunNotes& notes) { notes.tags = {"x"}; }));
    writeText(fixture.folder("a") / runNotesFile, "{");
    REQUIRE_OK(store.scan());
    CHECK_CONTAINS(summaryOf(fixture, "a").problem, "notes.json");
    CHECK_EQ(summaryOf(fixture, "a").tags, "x");
    CHECK(!changeRunNotes(store, "a", [](RunNotes& notes) { notes.tags = {"y"}; }));
    REQUIRE_OK(writeRunNotes(fixture.folder("a"), {"", "", {"y"}, false}));
    REQUIRE_OK(store.scan());
    CHECK_EQ(summaryOf(fixture, "a").problem, "");
    CHECK_EQ(summaryOf(fixture, "a").tags, "y");
}

HILO_TEST(filtersKnowTagsAndStars)
{
    ProjectFixture fixture;
    for (const char* id : {"a", "b", "c"})
        fixture.addFinishedRun(id, runDocument(id), 0.75, 1000);
    RunStore store = fixture.store();
    REQUIRE_OK(changeRunNotes(store, "a", [](RunNotes& notes) { notes.starred = true; }));
    REQUIRE_OK(changeRunNotes(store, "b", [](RunNotes& notes) { notes.tags = {"paper", "x"}; }));
    const auto found = [&](const std::string& filter) {
        RunReader reader = fixture.reader();
        std::string ids;
        for (const RunSummary& run : REQUIRE_OK(reader.runs(REQUIRE_OK(Filter::parse(filter)))))
            ids += run.id;
        return ids;
    };
    CHECK_EQ(found("starred"), "a");
    CHECK_EQ(found("not starred"), "bc");
    CHECK_EQ(found("tags ~ paper"), "b");
    CHECK_EQ(found("tags"), "b");
}

HILO_TEST(notesOutliveTheDatabaseAndAnArchive)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("Run A"), 0.75, 1000);
    {
        RunStore store = fixture.store();
        REQUIRE_OK(changeRunNotes(store, "a", [](RunNotes& notes) { notes.name = "Mine"; }));
        REQUIRE_OK(archiveRun(store, "a", {}));
        CHECK_EQ(summaryOf(fixture, "a").name, "Mine");
        const auto changed = changeRunNotes(store, "a", [](RunNotes& notes) { notes.name = "Yours"; });
        CHECK(!changed);
    }
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(fixture.project().databaseFile().string() + end);
    RunStore store = fixture.store();
    CHECK_EQ(summaryOf(fixture, "a").name, "Mine");
}
