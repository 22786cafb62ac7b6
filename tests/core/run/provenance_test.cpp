// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/provenance.h"

#include "base/atomic_file.h"
#include "base/sha256.h"
#include "base/version.h"
#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// A project with one run whose model and data lie in the project.
class OriginFixture : public ProjectFixture
{
  public:
    OriginFixture()
    {
        writeText(home() / "base/config.json", "{}");
        writeText(home() / "base/model.safetensors", "weights");
        writeText(home() / "data/train.jsonl", "{\"text\": \"a\"}\n");
        writeText(home() / "data/test.jsonl", "{\"text\": \"b\"}\n");
        Json document = runDocument("a", {{"seed", 42}});
        document["model"]["path"] = "../../base";
        document["data"]["path"] = "../../data";
        addRun("a", document);
    }
    fs::path home() const { return project().folder(); }
};

} // namespace

HILO_TEST(aRunRecordsWhatItWasMadeWith)
{
    OriginFixture fixture;
    const fs::path run = fixture.folder("a");
    REQUIRE_OK(recordProvenance(run, "1.13.1"));
    const Provenance made = REQUIRE_OK(readProvenance(run));
    CHECK_EQ(made.program, programVersion());
    CHECK_EQ(made.libtorch, "1.13.1");
    CHECK_EQ(made.seed, 42);
    CHECK_CONTAINS(made.kernel, "Linux");
    CHECK(!made.host.empty());
    for (const std::string& hash : {made.modelSha256, made.dataSha256, made.mapSha256, made.runSha256})
        CHECK_EQ(hash.size(), 64u);
    CHECK_EQ(made.runSha256, sha256(readText(run / "run.json")));
    const Json document = REQUIRE_OK(readJsonFile(run / "provenance.json"));
    CHECK_EQ(document["command"][0].get<std::string>(), "hilo");
    CHECK_EQ(document["command"][2].get<std::string>(), "run.json");
    CHECK(REQUIRE_OK(changedSince(run)).empty());
}

HILO_TEST(theFirstRecordStays)
{
    OriginFixture fixture;
    REQUIRE_OK(recordProvenance(fixture.folder("a"), "1.13.1"));
    const std::string before = readText(fixture.folder("a") / "provenance.json");
    REQUIRE_OK(recordProvenance(fixture.folder("a"), "2.0.0"));
    CHECK_EQ(readText(fixture.folder("a") / "provenance.json"), before);
}

HILO_TEST(whatChangedSinceIsNamed)
{
    struct Change
    {
        const char* file;
        const char* text;
        const char* said;
    };
    for (const Change& change :
         {Change{"base/model.safetensors", "WEIGHTS", "the model's files"},
          Change{"base/extra.json", "{}", "the model's files"}, Change{"data/test.jsonl", "{}", "the data's files"}}) {
        OriginFixture fixture;
        const fs::path run = fixture.folder("a");
        REQUIRE_OK(recordProvenance(run, "1.13.1"));
        writeText(fixture.home() / change.file, change.text);
        CHECK_EQ(REQUIRE_OK(changedSince(run)), (std::vector<std::string>{change.said}));
    }
    OriginFixture fixture;
    const fs::path run = fixture.folder("a");
    REQUIRE_OK(recordProvenance(run, "1.13.1"));
    Json document = REQUIRE_OK(readJsonFile(run / "run.json"));
    document["map"]["layers"][0]["modules"]["q_proj"]["ranks"] = {1};
    REQUIRE_OK(writeJsonFile(run / "run.json", document));
    CHECK_EQ(REQUIRE_OK(changedSince(run)), (std::vector<std::string>{"the map", "run.json"}));
    fs::remove_all(fixture.home() / "data");
    CHECK_CONTAINS(REQUIRE_OK(changedSince(run)).front(), "cannot be read any more");
    Json older = REQUIRE_OK(readJsonFile(run / "provenance.json"));
    older["program"] = "0.0.1";
    REQUIRE_OK(writeJsonFile(run / "provenance.json", older));
    writeText(fixture.home() / "data/train.jsonl", "{\"text\": \"a\"}\n");
    CHECK_CONTAINS(REQUIRE_OK(changedSince(run)).front(), "0.0.1, now");
}

HILO_TEST(aMovedProjectIsAsItWas)
{
    const TemporaryFolder place;
    {
        OriginFixture fixture;
        REQUIRE_OK(recordProvenance(fixture.folder("a"), "1.13.1"));
        fs::copy(fixture.home(), place / "moved", fs::copy_options::recursive);
    }
    CHECK(REQUIRE_OK(changedSince(place / "moved/runs/a")).empty());
}

HILO_TEST(aFoldersHashIsOfNamesAndContents)
{
    const TemporaryFolder folder;
    writeText(folder / "a/x", "1");
    writeText(folder / "a/sub/y", "2");
    const std::string before = REQUIRE_OK(contentHash(folder / "a"));
    writeText(folder / "a/.cache/z", "3");
    writeText(folder / "a/.hidden", "3");
    CHECK_EQ(REQUIRE_OK(contentHash(folder / "a")), before);
    fs::rename(folder / "a/sub/y", folder / "a/sub/z");
    CHECK(REQUIRE_OK(contentHash(folder / "a")) != before);
    CHECK_EQ(REQUIRE_OK(contentHash(folder / "a/x")), sha256("1"));
    CHECK(!contentHash(folder / "absent"));
}

HILO_TEST(anotherLibTorchOrGpuIsNamed)
{
    OriginFixture fixture;
    const fs::path run = fixture.folder("a");
    REQUIRE_OK(recordProvenance(run, "1.13.1"));
    CHECK(REQUIRE_OK(changedSince(run, "1.13.1")).empty());
    CHECK_EQ(REQUIRE_OK(changedSince(run, "2.4.0")), (std::vector<std::string>{"LibTorch (1.13.1, now 2.4.0)"}));
    Json older = REQUIRE_OK(readJsonFile(run / "provenance.json"));
    older["gpus"] = {"A GPU of the past", "Another"};
    REQUIRE_OK(writeJsonFile(run / "provenance.json", older));
    const std::vector<std::string> changes = REQUIRE_OK(changedSince(run));
    CHECK_EQ(changes.size(), 1u);
    CHECK_CONTAINS(changes.front(), "the GPUs (A GPU of the past, Another, now ");
}

HILO_TEST(theCommandThatRepeatsTheRunReadsBack)
{
    OriginFixture fixture;
    REQUIRE_OK(recordProvenance(fixture.folder("a"), "1.13.1"));
    CHECK_EQ(REQUIRE_OK(readProvenance(fixture.folder("a"))).command,
             (std::vector<std::string>{"hilo", "train", "run.json", "--out", "../a-again"}));
}
