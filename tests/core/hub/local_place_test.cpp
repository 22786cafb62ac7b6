// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_fixture.h"
#include "formats/model_source.h"
#include "hub/local_place.h"
#include "run/provenance.h"
#include "run/run_spec.h"
#include "run/task_spec.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string commit(40, 'a');

/// A cache with the model acme/llama.
struct CacheWithModel
{
    TemporaryFolder folder;
    EnvironmentVariable cache{"HF_HUB_CACHE", folder.path().c_str()};
    fs::path snapshot = folder / "models--acme--llama" / "snapshots" / commit;

    CacheWithModel()
    {
        fs::create_directories(snapshot.parent_path());
        fs::copy(dataFile("models/llama"), snapshot, fs::copy_options::recursive);
        fs::create_directories(folder / "models--acme--llama/refs");
        writeText(folder / "models--acme--llama/refs/main", commit);
    }
};

Json specOf(const std::string& model)
{
    return {{"format", "hilo.run/1"},
            {"model", {{"path", model}}},
            {"data", {{"path", "rows.jsonl"}, {"template", "text"}}},
            {"map",
             {{"format", "hilo.allocation/1"},
              {"name", "x"},
              {"strategy", {{"name", "lora"}, {"settings", Json::object()}}},
              {"model", {{"architecture", "llama"}, {"layers", 1}}},
              {"layers", {{{"layer", 0}, {"modules", {{"q_proj", {{"ranks", {2}}, {"top_k", 1}, {"alpha", 4}}}}}}}}}}};
}

} // namespace

HILO_TEST(aNameIsFoundInTheCache)
{
    const CacheWithModel cache;
    for (const std::string& name : std::vector<std::string>{"acme/llama", "acme/llama@main", "acme/llama@" + commit,
                                                            "acme/llama@" + commit.substr(0, 8)}) {
        CHECK_EQ(REQUIRE_OK(localPlace(name, RepositoryKind::Model)), cache.snapshot);
        CHECK_EQ(REQUIRE_OK(openModel(name)).path, cache.snapshot);
    }
}

HILO_TEST(aPathThatExistsAlwaysWins)
{
    const CacheWithModel cache;
    const TemporaryFolder here;
    const fs::path before = fs::current_path();
    fs::current_path(here.path());
    fs::create_directories("acme/llama");
    const fs::path place = REQUIRE_OK(localPlace("acme/llama", RepositoryKind::Model));
    fs::current_path(before);
    CHECK_EQ(place.string(), "acme/llama");
    CHECK_EQ(placeFrom("acme/llama", here.path(), RepositoryKind::Model), (here / "acme/llama").string());
}

HILO_TEST(aTaskOnDataOfTheHubHasTheDataSetsName)
{
    const TemporaryFolder folder;
    const EnvironmentVariable cache("HF_HUB_CACHE", folder.path().c_str());
    const fs::path snapshot = folder / "datasets--acme--rows" / "snapshots" / commit;
    fs::create_directories(snapshot);
    fs::create_directories(folder / "datasets--acme--rows/refs");
    writeText(folder / "datasets--acme--rows/refs/main", commit);
    for (const std::string& path : {snapshot.string(), "acme/rows@" + commit, std::string("acme/rows")}) {
        DataSpec data;
        data.path = path;
        CHECK_EQ(defaultTaskName(data), "rows");
    }
}

HILO_TEST(whatIsNotInTheCacheSaysHowItIsFetched)
{
    const CacheWithModel cache;
    Error error = REQUIRE_ERROR(openModel("acme/other"));
    CHECK_CONTAINS(error.message, "acme/other is not in the cache");
    CHECK_CONTAINS(error.hint, "hilo fetch acme/other");
    error = REQUIRE_ERROR(openModel("acme/llama@v2"));
    CHECK_CONTAINS(error.message, "\"v2\"");
    CHECK_CONTAINS(error.message, "main");
    CHECK_CONTAINS(error.hint, "hilo fetch acme/llama@v2");
    CHECK_CONTAINS(REQUIRE_ERROR(localPlace("acme/rows", RepositoryKind::Dataset)).hint,
                   "hilo fetch --dataset acme/rows");
}

HILO_TEST(filesOfAFetchThatWasBrokenOffAreNamed)
{
    const CacheWithModel cache;
    fs::remove(cache.snapshot / "model.safetensors");
    writeText(cache.snapshot / "model.safetensors.index.json",
              R"({"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}})");
    writeText(cache.snapshot / "model-00001-of-00002.safetensors", "");
    fs::create_symlink("../../blobs/absent", cache.snapshot / "vocab.json");
    const Error error = REQUIRE_ERROR(openModel("acme/llama"));
    CHECK_CONTAINS(error.message, "missing: model-00002-of-00002.safetensors, vocab.json");
    CHECK_CONTAINS(error.hint, "hilo fetch acme/llama");
}

HILO_TEST(typingErrorsInPathsStayPaths)
{
    const CacheWithModel cache;
    const TemporaryFolder here;
    fs::create_directories(here / "models");
    CHECK_EQ(placeFrom("models/tiny", here.path(), RepositoryKind::Model), (here / "models/tiny").string());
    CHECK_EQ(placeFrom("data/rows.jsonl", here.path(), RepositoryKind::Dataset), (here / "data/rows.jsonl").string());
    CHECK_EQ(placeFrom("a/b/c", here.path(), RepositoryKind::Model), (here / "a/b/c").string());
    CHECK_EQ(REQUIRE_OK(localPlace("acme/tiny.gguf", RepositoryKind::Model)).string(), "acme/tiny.gguf");
}

HILO_TEST(aRunSpecKeepsNameAndCommit)
{
    const CacheWithModel cache;
    const TemporaryFolder folder;
    const RunSpec spec = REQUIRE_OK(parseRunSpec(specOf("acme/llama"), "spec", folder.path()));
    CHECK_EQ(spec.modelPath, cache.snapshot.string());
    const Json written = toJson(spec);
    CHECK_EQ(written["model"]["path"].get<std::string>(), "acme/llama@" + commit);
    // A newer commit under the same name is another model: what is written down means the old one.
    const std::string newer(40, 'b');
    fs::copy(cache.snapshot, cache.snapshot.parent_path() / newer, fs::copy_options::recursive);
    writeText(cache.folder / "models--acme--llama/refs/main", newer);
    CHECK_EQ(REQUIRE_OK(parseRunSpec(written, "spec", folder.path())).modelPath, cache.snapshot.string());
    // What is not there stays as it was named.
    const Json absent = specOf("acme/other@v1");
    CHECK_EQ(toJson(REQUIRE_OK(parseRunSpec(absent, "spec", folder.path())))["model"]["path"].get<std::string>(),
             "acme/other@v1");
}

HILO_TEST(provenanceSaysNameAndCommit)
{
    const CacheWithModel cache;
    const TemporaryFolder run;
    writeText(run / "rows.jsonl", "{\"text\": \"a\"}\n");
    writeText(run / "run.json", toJson(REQUIRE_OK(parseRunSpec(specOf("acme/llama"), "spec", run.path()))).dump());
    REQUIRE_OK(recordProvenance(run.path(), "2.0"));
    const Provenance read = REQUIRE_OK(readProvenance(run.path()));
    CHECK_EQ(read.modelName, "acme/llama");
    CHECK_EQ(read.modelCommit, commit);
    CHECK_EQ(read.modelSha256, REQUIRE_OK(contentHash(cache.snapshot)));
    CHECK(REQUIRE_OK(changedSince(run.path(), "2.0")).empty());
}

HILO_TEST(placesInTheCacheHaveAName)
{
    const CacheWithModel cache;
    CHECK_EQ(lastingName(cache.snapshot.string(), RepositoryKind::Model), "acme/llama@" + commit);
    CHECK_EQ(modelTitle(cache.snapshot.string()), "acme/llama");
    for (const std::string& other : {(cache.snapshot / "config.json").string(), cache.snapshot.parent_path().string(),
                                     std::string("/nowhere/x"), std::string("rows.jsonl"), std::string()})
        CHECK_EQ(lastingName(other, RepositoryKind::Model), other);
    CHECK_EQ(modelTitle("/models/tiny/"), "tiny");
    // By a link to the cache, too.
    const TemporaryFolder other;
    fs::create_directory_symlink(cache.folder.path(), other / "hub");
    const EnvironmentVariable variable("HF_HUB_CACHE", (other / "hub").c_str());
    CHECK_EQ(lastingName(cache.snapshot.string(), RepositoryKind::Model), "acme/llama@" + commit);
}

HILO_TEST(oneGgufFileIsTheModel)
{
    const CacheWithModel cache;
    fs::remove_all(cache.snapshot);
    fs::create_directories(cache.snapshot);
    fs::copy(dataFile("formats/tiny-llama.gguf"), cache.snapshot / "tiny.gguf");
    CHECK_EQ(REQUIRE_OK(openModel("acme/llama")).path, cache.snapshot / "tiny.gguf");
    CHECK_EQ(lastingName((cache.snapshot / "tiny.gguf").string(), RepositoryKind::Model), "acme/llama@" + commit);
    fs::copy(dataFile("formats/tiny-llama.gguf"), cache.snapshot / "other.gguf");
    CHECK_CONTAINS(REQUIRE_ERROR(openModel("acme/llama")).message, "config.json");
}

HILO_TEST(dataSetsAreFoundByName)
{
    const CacheWithModel cache;
    const TemporaryFolder folder;
    const fs::path snapshot = cache.folder / "datasets--acme--rows" / "snapshots" / commit;
    fs::create_directories(snapshot);
    fs::create_directories(cache.folder / "datasets--acme--rows/refs");
    writeText(cache.folder / "datasets--acme--rows/refs/main", commit);
    writeText(snapshot / "train.jsonl", "{\"text\": \"a\"}\n");
    Json spec = specOf("acme/llama");
    spec["data"] = {{"path", "acme/rows"}, {"template", "text"}, {"split", {{"train", "train.jsonl"}}}};
    const RunSpec read = REQUIRE_OK(parseRunSpec(spec, "spec", folder.path()));
    CHECK_EQ(read.tasks.front().data.path, snapshot.string());
    CHECK_EQ(read.tasks.front().data.splitFiles.at("train"), (snapshot / "train.jsonl").string());
    const Json written = toJson(read)["data"];
    CHECK_EQ(written["path"].get<std::string>(), "acme/rows@" + commit);
    CHECK_EQ(written["split"]["train"].get<std::string>(), "train.jsonl");
}

HILO_TEST(aNameInAFolderThatIsThereSaysBothThatItMayBe)
{
    const CacheWithModel cache;
    const TemporaryFolder here;
    const fs::path before = fs::current_path();
    fs::current_path(here.path());
    fs::create_directories("acme");
    const Error model = REQUIRE_ERROR(openModel("acme/tiny"));
    const Error rows = REQUIRE_ERROR(localPlace("acme/rows", RepositoryKind::Dataset));
    const fs::path known = REQUIRE_OK(localPlace("acme/llama", RepositoryKind::Model));
    fs::current_path(before);
    CHECK_CONTAINS(model.message, "There is no file or folder acme/tiny here. The model acme/tiny is not in the cache");
    CHECK_CONTAINS(model.hint, "Mend the path; or, if acme/tiny of the hub is meant, hilo fetch acme/tiny");
    CHECK_CONTAINS(rows.hint, "hilo fetch --dataset acme/rows");
    CHECK_EQ(known, cache.snapshot);
    // A run spec makes a path of such a name; whoever opens it is told the same.
    const std::string place = placeFrom("acme/tiny", here.path(), RepositoryKind::Model);
    CHECK_EQ(place, (here / "acme/tiny").string());
    const Error opened = REQUIRE_ERROR(openModel(place));
    CHECK_CONTAINS(opened.message, "no such file or folder");
    CHECK_CONTAINS(opened.hint, "If acme/tiny of the hub is meant, hilo fetch acme/tiny brings it.");
    CHECK_EQ(fetchInstead("/a/tiny.gguf", RepositoryKind::Model), "");
    CHECK_EQ(fetchInstead("a/b/c", RepositoryKind::Model), "");
}
