// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file_lock.h"
#include "core/hub/hub_fixture.h"
#include "hub/local_place.h"
#include "hub/snapshot.h"

#include <algorithm>
#include <thread>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

HILO_TEST(bringsWhatAModelNeedsIntoTheLayoutThatAllToolsShare)
{
    const HubFixture hub;
    const FetchedRepository fetched = REQUIRE_OK(hub.fetch());
    CHECK_EQ(fetched.commit, hub.server.commit);
    CHECK_EQ(fetched.folder, hub.snapshot());
    CHECK_EQ(fetched.files.size(), 3u);
    CHECK_EQ(fetched.left.size(), 2u);
    CHECK_EQ(fetched.bytes, fetched.bytesFetched);
    for (const char* name : {"config.json", "tokenizer.json", "model.safetensors"}) {
        const fs::path link = hub.snapshot() / name;
        CHECK(fs::is_symlink(link));
        CHECK_EQ(fs::read_symlink(link).string(), "../../blobs/" + HubServer::hashOf(hub.server.files.at(name)));
        CHECK(readText(link) == hub.server.files.at(name).content);
    }
    CHECK(!fs::exists(hub.snapshot() / "pytorch_model.bin"));
    CHECK_EQ(readText(hub.root() / "refs/main"), hub.server.commit);
    CHECK(!fs::exists(hub.incomplete("model.safetensors")));
    const Snapshot found = REQUIRE_OK(findSnapshot(hub.request.name, hub.settings.cache));
    CHECK(found.missing.empty());
}

HILO_TEST(whatIsThereIsNotFetchedAgain)
{
    const HubFixture hub;
    REQUIRE_OK(hub.fetch());
    const std::size_t before = hub.server.hub().requests().size();
    const FetchedRepository again = REQUIRE_OK(hub.fetch());
    CHECK_EQ(again.bytesFetched, 0);
    CHECK_EQ(hub.server.hub().requests().size(), before + 1); // the list
}

HILO_TEST(largeFilesComeByPiecesFromTheStore)
{
    const HubFixture hub;
    REQUIRE_OK(hub.fetch());
    std::size_t pieces = 0;
    for (const ServerRequest& request : hub.server.store().requests()) {
        CHECK(request.last - request.from < 20'000);
        ++pieces;
    }
    CHECK_EQ(pieces, 15u);
    // The store's address is remembered: the hub is not asked for every piece.
    const auto asked = hub.server.hub().requests();
    CHECK(std::count_if(asked.begin(), asked.end(), [](const ServerRequest& request) {
              return request.path.ends_with("model.safetensors");
          }) <= hub.settings.connections);
}

HILO_TEST(aRevisionIsKeptUnderItsName)
{
    HubFixture hub;
    hub.request.name.revision = "refs/pr/1";
    REQUIRE_OK(hub.fetch());
    CHECK_EQ(readText(hub.root() / "refs/refs/pr/1"), hub.server.commit);
    CHECK(!fs::exists(hub.root() / "refs/main"));
    REQUIRE_OK(findSnapshot(hub.request.name, hub.settings.cache));
    hub.request.name.revision = hub.server.commit;
    REQUIRE_OK(hub.fetch());
    CHECK(!fs::exists(hub.root() / "refs" / hub.server.commit));
}

HILO_TEST(patternsChooseAndFoldersAreKept)
{
    HubFixture hub;
    hub.server.files["onnx/sub dir/model#1.onnx"] = {noise(50), false, {}, -1, false};
    hub.request.include = {"onnx/*"};
    const FetchedRepository fetched = REQUIRE_OK(hub.fetch());
    CHECK_EQ(fetched.files.size(), 1u);
    const fs::path link = hub.snapshot() / "onnx/sub dir/model#1.onnx";
    CHECK(readText(link) == hub.server.files.at("onnx/sub dir/model#1.onnx").content);
    CHECK(fs::read_symlink(link).string().starts_with("../../../../blobs/"));
}

HILO_TEST(dataSetsHaveTheirOwnPlace)
{
    HubFixture hub;
    hub.server.repository = "datasets/acme/tiny";
    hub.server.files = {{"README.md", {"# Rows", false, {}, -1, false}},
                        {"data/train.jsonl", {"{}\n", false, {}, -1, false}},
                        {"picture.png", {"x", false, {}, -1, false}}};
    hub.request.name.kind = RepositoryKind::Dataset;
    const FetchedRepository fetched = REQUIRE_OK(hub.fetch());
    CHECK_EQ(fetched.folder, hub.cache / "datasets--acme--tiny" / "snapshots" / hub.server.commit);
    CHECK_EQ(readText(fetched.folder / "data/train.jsonl"), "{}\n");
    CHECK_EQ(fetched.left.size(), 1u);
}

HILO_TEST(aDryRunFetchesNothing)
{
    HubFixture hub;
    hub.request.onlyList = true;
    const FetchedRepository fetched = REQUIRE_OK(hub.fetch());
    CHECK_EQ(fetched.files.size(), 3u);
    CHECK(fetched.bytesFetched > 300'000);
    CHECK(!fs::exists(hub.root()));
}

HILO_TEST(goesOnWhereAnotherToolStopped)
{
    const HubFixture hub;
    const std::string& whole = hub.server.files.at("model.safetensors").content;
    fs::create_directories(hub.root() / "blobs");
    writeText(hub.incomplete("model.safetensors"), whole.substr(0, 290'000));
    const FetchedRepository fetched = REQUIRE_OK(hub.fetch());
    CHECK(readText(hub.snapshot() / "model.safetensors") == whole);
    CHECK(fetched.bytesFetched < 11'000);
    const auto asked = hub.server.store().requests();
    CHECK_EQ(asked.size(), 1u);
    CHECK_EQ(asked.front().from, 290'000);
}

HILO_TEST(remainsOfSomethingElseAreBegunAnew)
{
    for (const std::string& remains :
         {std::string(100'000, 'x'), std::string(300'000, 'x'), std::string(400'000, 'x')}) {
        const HubFixture hub;
        fs::create_directories(hub.root() / "blobs");
        writeText(hub.incomplete("model.safetensors"), remains);
        REQUIRE_OK(hub.fetch());
        CHECK(readText(hub.snapshot() / "model.safetensors") == hub.server.files.at("model.safetensors").content);
    }
}

HILO_TEST(aCancelledFetchKeepsItsBeginning)
{
    HubFixture hub;
    hub.server.intercept = [&](const ServerRequest& request, bool isStore, ServerReply& reply) {
        if (!isStore)
            return false;
        reply = withRange(request, hub.server.files.at("model.safetensors").content);
        reply.pauseEvery = 5;
        return true;
    };
    for (const int connections : {1, 4}) {
        hub.settings.connections = connections;
        fs::remove_all(hub.root());
        std::atomic<bool> cancel{false};
        const Progress progress([&](const ProgressReport& report) { cancel = report.done > 120'000; }, &cancel);
        CHECK(REQUIRE_ERROR(hub.fetch(progress)).code == ErrorCode::Cancelled);
        const std::string& whole = hub.server.files.at("model.safetensors").content;
        const std::string kept = readText(hub.incomplete("model.safetensors"));
        CHECK(!kept.empty() && kept.size() < whole.size());
        CHECK(whole.starts_with(kept));
        const Snapshot half = REQUIRE_OK(findSnapshot(hub.request.name, hub.settings.cache));
        CHECK_EQ(half.missing, std::vector<std::string>{"config.json"});
    }
    const std::string kept = readText(hub.incomplete("model.safetensors"));
    hub.server.intercept = {};
    const FetchedRepository rest = REQUIRE_OK(hub.fetch());
    CHECK(rest.bytesFetched <= rest.bytes - static_cast<std::int64_t>(kept.size()));
}

HILO_TEST(twoFetchesDoNotCollide)
{
    const HubFixture hub;
    std::vector<Result<FetchedRepository>> results(3, failure(Error{}));
    std::vector<std::thread> threads;
    for (auto& result : results)
        threads.emplace_back([&] { result = hub.fetch(); });
    for (std::thread& thread : threads)
        thread.join();
    for (const auto& result : results)
        REQUIRE_OK(result);
    CHECK(readText(hub.snapshot() / "model.safetensors") == hub.server.files.at("model.safetensors").content);
    CHECK_EQ(hub.server.store().requests().size(), 15u); // once
}

HILO_TEST(whoWaitsForAnotherFetchCanBeCancelled)
{
    const HubFixture hub;
    const fs::path locks = hub.cache / ".locks/models--acme--tiny";
    fs::create_directories(locks);
    const std::string hash = HubServer::hashOf(hub.server.files.at("model.safetensors"));
    const FileLock held = REQUIRE_OK(FileLock::acquire(locks / (hash + ".lock")));
    std::atomic<bool> cancel{false};
    const Progress progress(
        [&](const ProgressReport& report) { cancel = report.detail.ends_with("model.safetensors"); }, &cancel);
    CHECK(REQUIRE_ERROR(hub.fetch(progress)).code == ErrorCode::Cancelled);
}

HILO_TEST(anUpdateThatIsBrokenOffLeavesTheOldModel)
{
    HubFixture hub;
    REQUIRE_OK(hub.fetch());
    const std::string old = hub.server.commit;
    hub.server.commit = std::string(40, 'd');
    hub.server.files["model.safetensors"].content = noise(200'000, 7);
    hub.server.intercept = [](const ServerRequest&, bool isStore, ServerReply& reply) {
        reply.status = 404;
        return isStore;
    };
    REQUIRE_ERROR(hub.fetch());
    CHECK_EQ(REQUIRE_OK(findSnapshot(hub.request.name, hub.settings.cache)).commit, old);
    hub.server.intercept = {};
    REQUIRE_OK(hub.fetch());
    CHECK_EQ(REQUIRE_OK(findSnapshot(hub.request.name, hub.settings.cache)).commit, hub.server.commit);
}

HILO_TEST(progressTellsBytesFromWhereItGoesOn)
{
    const HubFixture hub;
    fs::create_directories(hub.root() / "blobs");
    writeText(hub.incomplete("model.safetensors"), hub.server.files.at("model.safetensors").content.substr(0, 100'000));
    std::vector<ProgressReport> reports;
    REQUIRE_OK(hub.fetch(Progress([&](const ProgressReport& report) { reports.push_back(report); }, nullptr)));
    CHECK_EQ(reports.back().done, reports.back().total);
    CHECK_EQ(reports.back().what, "Fetching acme/tiny");
    for (const ProgressReport& report : reports)
        CHECK(report.done <= report.total || report.total == 0);
}

HILO_TEST(sizesAndHashesThatTheListLacksComeFromTheHeaders)
{
    HubFixture hub;
    for (auto& [name, file] : hub.server.files)
        file.isUnlisted = true;
    REQUIRE_OK(hub.fetch());
    CHECK(readText(hub.snapshot() / "model.safetensors") == hub.server.files.at("model.safetensors").content);
    CHECK(fs::exists(hub.blob("config.json")));
}
