// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_archive.h"
#include "project/missing_run.h"

#include "base/edit_distance.h"
#include "project_fixture.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(editsAreCounted)
{
    CHECK_EQ(editDistance("", ""), 0u);
    CHECK_EQ(editDistance("", "abc"), 3u);
    CHECK_EQ(editDistance("kitten", "sitting"), 3u);
    CHECK_EQ(editDistance("seed", "sed"), 1u);
}

HILO_TEST(theNearestIdsAreOffered)
{
    ProjectFixture fixture;
    for (const char* id : {"hilo-seed1", "hilo-seed2", "hilo-seed3", "hilo-seed4", "lora"})
        fixture.addFinishedRun(id, runDocument(id), 0.5, 100);
    const auto hintFor = [&](const std::string& id) { return REQUIRE_ERROR(fixture.project().runFolder(id)).hint; };
    CHECK_EQ(hintFor("xyz"), "\"hilo project list " + fixture.project().folder().string() + "\" shows the runs.");
    CHECK_EQ(hintFor("loar"), "Did you mean lora?");
    CHECK_EQ(hintFor("lor"), "Did you mean lora?");
    CHECK_EQ(hintFor("hilo-sed3"), "Did you mean hilo-seed3, hilo-seed1, hilo-seed2?");
    CHECK_EQ(hintFor("seed4"), "Did you mean hilo-seed4?");
    CHECK_CONTAINS(hintFor("something-else"), "shows the runs");
    CHECK_CONTAINS(REQUIRE_ERROR(fixture.project().runFolder("../lora")).message, "cannot be the id");
}

HILO_TEST(anArchivedRunIsSaidToBeArchived)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("packed", runDocument("packed"), 0.5, 100);
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    REQUIRE_OK(archiveRun(store, "packed"));
    const Error error = REQUIRE_ERROR(fixture.project().runFolder("packed"));
    CHECK_CONTAINS(error.message, "archived");
    CHECK_CONTAINS(error.hint, "hilo project restore");
}

HILO_TEST(aFolderWithoutItsSpecIsNamed)
{
    ProjectFixture fixture;
    std::filesystem::create_directories(fixture.folder("empty"));
    const Error error = REQUIRE_ERROR(fixture.project().runFolder("empty"));
    CHECK_CONTAINS(error.message, "no run.json");
    CHECK_CONTAINS(error.file, "empty");
}

HILO_TEST(anEmptyNameIsNoFolder)
{
    CHECK_CONTAINS(REQUIRE_ERROR(Project::create("", "")).message, "needs a name");
    CHECK_CONTAINS(REQUIRE_ERROR(Project::open("")).message, "empty name");
}
