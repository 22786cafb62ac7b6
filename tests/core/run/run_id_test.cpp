// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_id.h"

#include "core/project/project_fixture.h"
#include "run/run_spec.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

HILO_TEST(idsAreNamesThatCannotLeaveTheFolder)
{
    for (const char* good : {"a", "hilo-2468", "Run_7.b", "0", "a..b"})
        CHECK(checkRunId(good));
    for (const std::string bad :
         {"", ".", "..", "../x", "a/b", "/etc", ".hidden", "-rf", "_x", "a b", "é", "a\\b", "a:b"})
        CHECK(!checkRunId(bad));
    CHECK(!checkRunId(std::string("a\0b", 3)));
    CHECK(checkRunId(std::string(100, 'a')));
    CHECK(!checkRunId(std::string(101, 'a')));
    CHECK_CONTAINS(REQUIRE_ERROR(checkRunId("../x")).hint, "letters");
}

HILO_TEST(anyTextGivesAnId)
{
    CHECK_EQ(runIdFrom("HILO 2468/2468"), "hilo-2468-2468");
    CHECK_EQ(runIdFrom("../../etc/passwd"), "etc-passwd");
    CHECK_EQ(runIdFrom("ÄÖ"), "run");
    CHECK_EQ(runIdFrom(""), "run");
    CHECK_EQ(runIdFrom("--x--"), "x");
    for (const std::string& text : {std::string("..."), std::string(500, 'x'), std::string("a\0b", 3)})
        CHECK(checkRunId(runIdFrom(text)));
}

HILO_TEST(pathsFromFilesStayInsideTheirFolder)
{
    const TemporaryFolder folder;
    writeText(folder / "inside/file", "x");
    fs::create_symlink("/etc", folder / "link");
    CHECK(pathInside(folder.path(), "inside/file", "manifest.json", "files[0]"));
    CHECK(pathInside(folder.path(), "not/there/yet", "manifest.json", "files[0]"));
    for (const std::string bad : {"", "/etc/passwd", "../x", "inside/../../x", "link/passwd", "inside/.."})
        CHECK_EQ(REQUIRE_ERROR(pathInside(folder.path(), bad, "manifest.json", "files[0]")).place, "files[0]");
    CHECK(!pathInside(folder.path(), std::string("a\0b", 3), "manifest.json", ""));
}

HILO_TEST(aProjectIsMadeInAnEmptyFolderOnly)
{
    const TemporaryFolder folder;
    const Project made = REQUIRE_OK(Project::create(folder / "p", ""));
    CHECK_EQ(made.name(), "p");
    for (const char* part : {"maps", "profiles", "runs", "project.json"})
        CHECK(fs::exists(folder / "p" / part));
    CHECK_CONTAINS(REQUIRE_ERROR(Project::create(folder / "p", "")).message, "project already");
    writeText(folder / "full/file", "x");
    CHECK_CONTAINS(REQUIRE_ERROR(Project::create(folder / "full", "")).message, "empty");
    CHECK_CONTAINS(REQUIRE_ERROR(Project::open(folder / "full")).message, "no project.json");
    writeText(folder / "p/project.json", R"({"format": "hilo.project/2"})");
    CHECK_CONTAINS(REQUIRE_ERROR(Project::open(folder / "p")).message, "hilo.project/2");
    writeText(folder / "p/project.json", std::string(100, '\0'));
    CHECK(REQUIRE_ERROR(Project::open(folder / "p")).code == ErrorCode::BadInput);
}

HILO_TEST(runsAreAddedUnderFreeNames)
{
    ProjectFixture fixture;
    const TemporaryFolder specs;
    REQUIRE_OK(writeJsonFile(specs / "s.json", runDocument("My Run")));
    const Project& project = fixture.project();
    CHECK_EQ(REQUIRE_OK(project.addRun(specs / "s.json")), "my-run");
    CHECK_EQ(REQUIRE_OK(project.addRun(specs / "s.json")), "my-run-2");
    CHECK_EQ(REQUIRE_OK(project.addRun(specs / "s.json", {}, 7)), "my-run-seed7");
    CHECK_EQ(REQUIRE_OK(project.addRun(specs / "s.json", "own")), "own");
    CHECK_CONTAINS(REQUIRE_ERROR(project.addRun(specs / "s.json", "own")).message, "exists already");
    CHECK(!project.addRun(specs / "s.json", "../escape"));
    CHECK_EQ(REQUIRE_OK(readJsonFile(fixture.folder("my-run-seed7") / "run.json"))["training"]["seed"].get<int>(), 7);
    // What is no run: files, hidden and misnamed folders, links.
    writeText(project.runsFolder() / "file", "");
    fs::create_directories(project.runsFolder() / ".hidden");
    fs::create_directories(project.runsFolder() / "mis named");
    fs::create_directory_symlink("/etc", project.runsFolder() / "link");
    CHECK_EQ(REQUIRE_OK(project.runIds()), (std::vector<std::string>{"my-run", "my-run-2", "my-run-seed7", "own"}));
    CHECK(!project.runFolder("link"));
    CHECK(!project.runFolder("absent"));
}

HILO_TEST(aSpecIsAddedAsItsFileWouldBe)
{
    ProjectFixture fixture;
    const Project& project = fixture.project();
    const fs::path home = project.folder();
    Json document = runDocument("My Run");
    document["model"]["path"] = (home / "base").string();
    REQUIRE_OK(writeJsonFile(home / "s.json", document));
    const RunSpec spec = REQUIRE_OK(readRunSpec(home / "s.json"));
    CHECK_EQ(REQUIRE_OK(project.addRun(home / "s.json")), "my-run");
    CHECK_EQ(REQUIRE_OK(project.addRun(spec)), "my-run-2");
    CHECK_EQ(readText(fixture.folder("my-run-2") / "run.json"), readText(fixture.folder("my-run") / "run.json"));
    CHECK_EQ(REQUIRE_OK(project.addRun(spec, {}, 7)), "my-run-seed7");
    CHECK_EQ(REQUIRE_OK(project.addRun(spec, "own")), "own");
    CHECK_CONTAINS(REQUIRE_ERROR(project.addRun(spec, "own")).message, "exists already");
    // What no file may hold makes no run, and nothing is left on the way.
    RunSpec wrong = spec;
    wrong.training.batchSize = -4;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(project.addRun(wrong, "wrong"))), "batch_size");
    CHECK_EQ(REQUIRE_OK(project.runIds()), (std::vector<std::string>{"my-run", "my-run-2", "my-run-seed7", "own"}));
    CHECK_EQ(std::distance(fs::directory_iterator(project.runsFolder()), {}), 4);
}

HILO_TEST(aMovedProjectStillFindsWhatLiesInIt)
{
    const TemporaryFolder place;
    ProjectFixture fixture(place / "before");
    const fs::path home = fixture.project().folder();
    writeText(home / "base/config.json", "{}");
    writeText(home / "data/part/train.jsonl", "{}");
    writeText(place / "outside/test.jsonl", "{}");
    Json document = runDocument("r");
    document["model"]["path"] = "base";
    document["data"]["path"] = "data";
    document["data"]["split"] = {{"train", "part/train.jsonl"}, {"test", (place / "outside/test.jsonl").string()}};
    REQUIRE_OK(writeJsonFile(home / "r.run.json", document));
    REQUIRE_OK(fixture.project().addRun(home / "r.run.json", "r"));
    fs::rename(home, place / "after");
    const Project moved = REQUIRE_OK(Project::open(place / "after"));
    const RunSpec spec = REQUIRE_OK(readRunSpec(REQUIRE_OK(moved.runFolder("r")) / "run.json"));
    CHECK_EQ(fs::weakly_canonical(spec.modelPath), fs::weakly_canonical(place / "after/base"));
    CHECK_EQ(fs::weakly_canonical(spec.tasks[0].data.path), fs::weakly_canonical(place / "after/data"));
    CHECK_EQ(fs::weakly_canonical(spec.tasks[0].data.splitFiles.at("train")),
             fs::weakly_canonical(place / "after/data/part/train.jsonl"));
    CHECK_EQ(fs::path(spec.tasks[0].data.splitFiles.at("test")), fs::weakly_canonical(place / "outside/test.jsonl"));
}
