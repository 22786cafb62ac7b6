// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that something else has started together, as torchrun does: none is another's child.
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

// Behind LibTorch, which brings glog's macros.
#include "rank_processes.h"
#include "tiny_run.h"

#include "base/file_lock.h"

#include <csignal>
#include <memory>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string program = std::string(HILO_BINARY_DIR) + "/hilo";

using Variables = std::vector<std::pair<std::string, std::string>>;

struct Launched
{
    explicit Launched(const TinyRun& tiny, const Variables& more = {}, const fs::path& otherSpec = {})
        : run(tiny.run("run"))
    {
        const std::string port = std::to_string(unusedPort());
        for (const int rank : {0, 1}) {
            Variables variables = {{"WORLD_SIZE", "2"},
                                   {"RANK", std::to_string(rank)},
                                   {"LOCAL_RANK", std::to_string(rank)},
                                   {"MASTER_ADDR", "127.0.0.1"},
                                   {"MASTER_PORT", port}};
            for (const auto& [name, value] : more)
                variables.emplace_back(name, value);
            const fs::path spec = rank == 1 && !otherSpec.empty() ? otherSpec : tiny.spec();
            ranks.push_back(std::make_unique<StartedProcess>(
                std::vector<std::string>{program, "train", spec.string(), "--out", run.string()},
                tiny.folder() / ("errors" + std::to_string(rank)), variables));
        }
    }
    /// Also skips the case where the build trains on GPUs only.
    void waitForSteps() const
    {
        waitUntil([&] {
            return !isRunning(ranks[0]->pid()) ||
                   (fs::exists(run / "events.ndjson") && eventsOf(run, "step").size() > 2);
        });
        skipWithoutGloo();
    }
    void skipWithoutGloo() const
    {
        for (const auto& rank : ranks)
            if (rank->errors().find("on GPUs only") != std::string::npos)
                SKIP("this build trains in parallel on GPUs only");
    }

    fs::path run;
    std::vector<std::unique_ptr<StartedProcess>> ranks;
};

} // namespace

HILO_TEST(whoIsKilledEndsTheOther)
{
    for (const int killed : {0, 1}) {
        const TinyRun tiny(Json{{"steps", 100000}, {"accumulation", 1}, {"checkpoint_every", 0}});
        const Launched launched(tiny);
        launched.waitForSteps();
        kill(launched.ranks[static_cast<std::size_t>(killed)]->pid(), SIGKILL);
        const StartedProcess& left = *launched.ranks[static_cast<std::size_t>(1 - killed)];
        CHECK(launched.ranks[static_cast<std::size_t>(1 - killed)]->wait() == 5);
        CHECK_CONTAINS(left.errors(), "rank " + std::to_string(killed) + " of 2 ended without a word");
        CHECK(!FileLock::isHeld(runLockFile(launched.run)));
        CHECK(eventsOf(launched.run, "failed").empty());
    }
}

HILO_TEST(whatOneOfThemFindsWrongBothSay)
{
    const TinyRun tiny(Json{{"steps", 100000}, {"accumulation", 1}});
    // The other process looks for the model where there is none, as on a machine without it.
    Json spec = REQUIRE_OK(readJsonFile(tiny.spec()));
    spec["model"]["path"] = "no-such-model";
    const fs::path broken = tiny.folder() / "broken.run.json";
    REQUIRE_OK(writeJsonFile(broken, spec));
    const Launched launched(tiny, {}, broken);
    CHECK(launched.ranks[0]->wait() == 3);
    CHECK(launched.ranks[1]->wait() == 3);
    CHECK_CONTAINS(launched.ranks[1]->errors(), "no-such-model");
    CHECK_CONTAINS(launched.ranks[0]->errors(), "no-such-model");
    CHECK_CONTAINS(launched.ranks[0]->errors(), "The process of rank 1 failed");
    if (fs::exists(launched.run))
        CHECK_CONTAINS(eventsOf(launched.run, "failed").at(0)["message"].get<std::string>(), "rank 1");
    CHECK(!FileLock::isHeld(runLockFile(launched.run)));
}

HILO_TEST(processesThatHaveFoundOtherThingsDoNotTrainTogether)
{
    const TinyRun tiny(Json{{"steps", 100000}, {"accumulation", 1}});
    Json spec = REQUIRE_OK(readJsonFile(tiny.spec()));
    spec["training"]["learning_rate"] = 0.5;
    const fs::path other = tiny.folder() / "other.run.json";
    REQUIRE_OK(writeJsonFile(other, spec));
    const Launched launched(tiny, {}, other);
    CHECK(launched.ranks[0]->wait() == 3);
    CHECK(launched.ranks[1]->wait() == 3);
    CHECK_CONTAINS(launched.ranks[0]->errors(), "has found other settings");
    CHECK(eventsOf(launched.run, "started").empty());
}

HILO_TEST(theStoreOfTorchrunsAgentIsUsed)
{
    // With its static rendezvous torchrun itself listens at MASTER_PORT.
    c10d::TCPStoreOptions options;
    options.port = 0;
    options.isServer = true;
    options.waitWorkers = false;
    const c10d::TCPStore agent("127.0.0.1", options);
    const TinyRun tiny(Json{{"steps", 2}, {"accumulation", 1}});
    const Launched launched(tiny, {{"MASTER_PORT", std::to_string(agent.getPort())},
                                   {"TORCHELASTIC_USE_AGENT_STORE", "True"},
                                   {"TORCHELASTIC_RESTART_COUNT", "1"}});
    for (const auto& rank : launched.ranks) {
        const int code = rank->wait();
        launched.skipWithoutGloo();
        CHECK(code == 0);
    }
    CHECK(eventsOf(launched.run, "finished").size() == 1);
}
