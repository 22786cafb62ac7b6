// SPDX-License-Identifier: GPL-3.0-or-later
// `hilo fetch` against a hub of the test's own, and the model by its name afterwards.
#include "core/hub/hub_fixture.h"

#include "base/atomic_file.h"
#include "base/json.h"

#include <atomic>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string hiloProgram = HILO_BINARY_DIR "/hilo";

/// A hub with a model that opens, and an environment in which `hilo` asks it.
struct CommandFixture
{
    HubServer server;
    TemporaryFolder cache;
    EnvironmentVariable endpoint{"HF_ENDPOINT", server.address().c_str()};
    EnvironmentVariable place{"HF_HUB_CACHE", cache.path().c_str()};
    EnvironmentVariable token{"HF_TOKEN", nullptr}, tokenFile{"HF_TOKEN_PATH", "/nowhere/token"};
    EnvironmentVariable offline{"HF_HUB_OFFLINE", nullptr}, alsoOffline{"TRANSFORMERS_OFFLINE", nullptr};

    CommandFixture()
    {
        const auto file = [](const std::string& name) { return REQUIRE_OK(readFile(dataFile(name))); };
        server.files["config.json"] = {file("models/llama/config.json"), false, {}, -1, false};
        server.files["model.safetensors"] = {file("models/llama/model.safetensors"), true, {}, -1, false};
        server.files["tokenizer.json"] = {file("tokenizers/gpt2/tokenizer.json"), false, {}, -1, false};
        server.files["pytorch_model.bin"] = {noise(5000, 2), true, {}, -1, false};
    }

    fs::path snapshot() const { return cache / "models--acme--tiny/snapshots" / server.commit; }

    static ProcessResult run(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.begin(), hiloProgram);
        return runProcess(arguments);
    }
    static ProcessResult fetch(std::vector<std::string> arguments = {"acme/tiny"})
    {
        arguments.insert(arguments.begin(), "fetch");
        arguments.emplace_back("--json");
        return run(std::move(arguments));
    }
};

Json document(const ProcessResult& result)
{
    if (result.exitCode != 0)
        fail(result.errors, __FILE__, __LINE__);
    return REQUIRE_OK(parseJson(result.output, "output"));
}

/// What is refused ends with 3, says why, and prints no document.
void refused(const ProcessResult& result, const std::string& said)
{
    CHECK_EQ(result.exitCode, 3);
    CHECK_EQ(result.output, "");
    CHECK_CONTAINS(result.errors, said);
}

bool isForWeights(const ServerRequest& request)
{
    return request.method == "GET" && request.path.find("/api/") == std::string::npos;
}

} // namespace

HILO_TEST(aModelIsFetchedAndUsedByItsName)
{
    const CommandFixture hub;
    refused(hub.run({"inspect", "acme/tiny", "--json"}), "hilo fetch acme/tiny");
    const Json planned = document(hub.fetch({"acme/tiny", "--dry-run"}));
    CHECK(!planned["fetched"].get<bool>() && !fs::exists(hub.snapshot()));
    const Json fetched = document(hub.fetch());
    CHECK_EQ(fetched["commit"].get<std::string>(), hub.server.commit);
    CHECK_EQ(fetched["bytes"], planned["bytes"]);
    CHECK_EQ(fetched["files"].size(), 3u);
    CHECK_EQ(fetched["left"].at(0)["name"].get<std::string>(), "pytorch_model.bin");
    CHECK(document(hub.run({"inspect", "acme/tiny", "--json"}))["parameters"].get<std::int64_t>() > 0);
    CHECK_EQ(document(hub.run({"fetch", "--cached", "--json"}))["repositories"].at(0)["name"].get<std::string>(),
             "acme/tiny");
    // Again, there is nothing to fetch; a pattern brings what was left.
    CHECK_EQ(document(hub.fetch())["bytes_fetched"].get<std::int64_t>(), 0);
    CHECK_EQ(document(hub.fetch({"acme/tiny", "--include", "*.bin"}))["files"].size(), 1u);
    CHECK(fs::exists(hub.snapshot() / "pytorch_model.bin"));
}

HILO_TEST(aDataSetIsFetchedIntoItsOwnPlace)
{
    CommandFixture hub;
    hub.server.repository = "datasets/acme/rows";
    hub.server.files = {{"train.jsonl", {"{\"text\": \"a\"}\n", false, {}, -1, false}}};
    const Json fetched = document(hub.fetch({"--dataset", "acme/rows"}));
    CHECK_EQ(fetched["files"].size(), 1u);
    CHECK(fs::exists(hub.cache / "datasets--acme--rows"));
}

HILO_TEST(aBusyServerAndABrokenConnectionAreOvercome)
{
    CommandFixture hub;
    std::atomic<int> lists = 0, drops = 0;
    hub.server.intercept = [&](const ServerRequest& request, bool isStore, ServerReply& reply) {
        if (!isStore && !isForWeights(request) && lists++ == 0) {
            reply.status = 429;
            reply.headers["Retry-After"] = "0";
            return true;
        }
        if (isStore && drops++ == 0) {
            reply = withRange(request, hub.server.files.at("model.safetensors").content);
            reply.dropAfter = 1000;
            return true;
        }
        return false;
    };
    CHECK_EQ(document(hub.fetch())["files"].size(), 3u);
    CHECK(lists > 1 && drops > 1);
    CHECK_EQ(REQUIRE_OK(readFile(hub.snapshot() / "model.safetensors")),
             hub.server.files.at("model.safetensors").content);
}

HILO_TEST(whatCannotBeFetchedIsExplained)
{
    CommandFixture hub;
    refused(hub.fetch({"acme/absent"}), "no model acme/absent");
    refused(hub.fetch({"acme/tiny@v9"}), "no revision \"v9\"");
    {
        const EnvironmentVariable off("HF_HUB_OFFLINE", "1");
        refused(hub.fetch(), "HF_HUB_OFFLINE");
    }
    CHECK_EQ(hub.run({"fetch", "no name", "--json"}).exitCode, 3);
    CHECK_EQ(hub.run({"fetch", "--json"}).exitCode, 2);
    CHECK(!fs::exists(hub.snapshot()));
}

HILO_TEST(aGatedModelNeedsAToken)
{
    CommandFixture hub;
    hub.server.token = "hf_secret";
    hub.server.errorCode = "GatedRepo";
    const ProcessResult gated = hub.fetch();
    refused(gated, "gated");
    CHECK_CONTAINS(gated.errors, "HF_TOKEN");
    const EnvironmentVariable token("HF_TOKEN", "hf_secret");
    CHECK_EQ(document(hub.fetch())["files"].size(), 3u);
}

HILO_TEST(aWrongHashLeavesNoModel)
{
    CommandFixture hub;
    hub.server.files["model.safetensors"].listedHash = std::string(64, 'a');
    const ProcessResult result = hub.fetch();
    CHECK_EQ(result.exitCode, 3);
    CHECK_CONTAINS(result.errors, "model.safetensors");
    CHECK(!fs::exists(hub.snapshot() / "model.safetensors"));
    CHECK(hub.run({"inspect", "acme/tiny", "--json"}).exitCode != 0);
}
