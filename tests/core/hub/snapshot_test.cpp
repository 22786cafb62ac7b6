// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/snapshot.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// tests/data/hub was written by huggingface_hub; see its README.
fs::path foreignCache()
{
    return dataFile("hub");
}

RepositoryName named(const std::string& text, RepositoryKind kind = RepositoryKind::Model)
{
    return REQUIRE_OK(parseRepositoryName(text, kind));
}

} // namespace

HILO_TEST(whatHuggingfaceHubWroteIsFound)
{
    const std::string commit(40, 'c');
    for (const char* name : {"acme/tiny", "acme/tiny@main", "acme/tiny@refs/pr/1", "acme/tiny@ccccccc"}) {
        const Snapshot found = REQUIRE_OK(findSnapshot(named(name), foreignCache()));
        CHECK_EQ(found.commit, commit);
        CHECK(found.missing.empty());
        CHECK_CONTAINS(readText(found.folder / "config.json"), "llama");
        CHECK_EQ(readText(found.folder / "sub/notes.txt"), "A note.\n");
    }
    REQUIRE_OK(findSnapshot(named("acme/rows", RepositoryKind::Dataset), foreignCache()));
}

HILO_TEST(theCacheIsListed)
{
    const auto models = cachedRepositories(RepositoryKind::Model, foreignCache());
    CHECK_EQ(models.size(), 1u);
    CHECK_EQ(models[0].name.text(), "acme/tiny");
    CHECK_EQ(models[0].revisions, (std::vector<std::string>{"main", "refs/pr/1"}));
    CHECK_EQ(cachedRepositories(RepositoryKind::Dataset, foreignCache()).size(), 1u);
    CHECK(cachedRepositories(RepositoryKind::Model, "/nowhere").empty());
}

HILO_TEST(damagedReferencesAreNoCommits)
{
    const TemporaryFolder cache;
    const fs::path root = cache / "models--acme--tiny";
    fs::create_directories(root / "snapshots" / std::string(40, 'a'));
    fs::create_directories(root / "refs");
    for (const std::string& text :
         {std::string(), std::string("../../x"), std::string(39, 'a'), std::string(5000, 'a')}) {
        writeText(root / "refs/main", text);
        CHECK_CONTAINS(REQUIRE_ERROR(findSnapshot(named("acme/tiny"), cache.path())).message, "\"main\"");
    }
    writeText(root / "refs/main", std::string(40, 'b'));
    CHECK_CONTAINS(REQUIRE_ERROR(findSnapshot(named("acme/tiny"), cache.path())).message, std::string(40, 'b'));
    writeText(root / "refs/main", std::string(40, 'a') + "\n");
    REQUIRE_OK(findSnapshot(named("acme/tiny"), cache.path()));
}

HILO_TEST(shortCommitsHaveToBeClear)
{
    const TemporaryFolder cache;
    for (const char last : {'1', '2'})
        fs::create_directories(cache / "models--acme--tiny" / "snapshots" / (std::string(39, 'a') + last));
    CHECK_CONTAINS(REQUIRE_ERROR(findSnapshot(named("acme/tiny@aaaaaaa"), cache.path())).message, "not clear");
    REQUIRE_ERROR(findSnapshot(named("acme/tiny@aaaaaab"), cache.path()));
    REQUIRE_ERROR(findSnapshot(named("acme/tiny@aaaaaa"), cache.path()));
}
