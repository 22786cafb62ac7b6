// SPDX-License-Identifier: GPL-3.0-or-later
// `hilo train --devices cpu,cpu` whose processes end in every way, at every moment: the others end too, nobody keeps
// the run's lock, and it goes on from its checkpoint to the same weights.
#include "rank_processes.h"
#include "tiny_run.h"

#include "base/file_lock.h"

#include <sys/resource.h>

#include <csignal>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string program = std::string(HILO_BINARY_DIR) + "/hilo";

/// A run of two processes that lasts for as long as nobody ends it.
class Pair
{
  public:
    explicit Pair(const Json& training = {{"checkpoint_every", 0}})
        : tiny(longer(training)), run(tiny.run("run")),
          first({program, "train", tiny.spec().string(), "--out", run.string(), "--devices", "cpu,cpu"},
                tiny.folder() / "errors")
    {
    }
    /// Until both are in their steps.
    void waitForSteps()
    {
        waitUntil([&] {
            if (!isRunning(first.pid()))
                return true;
            return fs::exists(run / "events.ndjson") && eventsOf(run, "step").size() > 2;
        });
        if (!isRunning(first.pid()) && first.errors().find("on GPUs only") != std::string::npos)
            SKIP("this build trains in parallel on GPUs only");
        CHECK(isRunning(first.pid()));
        other = first.children().at(0);
    }
    /// After rank 0 has ended.
    void checkNobodyIsLeft() const
    {
        waitUntil([&] { return !isRunning(other); });
        CHECK(!FileLock::isHeld(runLockFile(run)));
    }

    TinyRun tiny;
    fs::path run;
    StartedProcess first;
    pid_t other = 0;

  private:
    static Json longer(Json training)
    {
        training["steps"] = 100000;
        training["accumulation"] = 1;
        return training;
    }
};

} // namespace

HILO_TEST(whenTheFirstIsKilledTheOtherEnds)
{
    Pair pair;
    pair.waitForSteps();
    kill(pair.first.pid(), SIGKILL);
    CHECK_EQ(pair.first.wait(), -SIGKILL);
    pair.checkNobodyIsLeft();
}

HILO_TEST(whenTheOtherIsKilledTheFirstEndsAndTheRunHasNotFailed)
{
    Pair pair;
    pair.waitForSteps();
    kill(pair.other, SIGKILL);
    CHECK_EQ(pair.first.wait(), 5);
    pair.checkNobodyIsLeft();
    CHECK_CONTAINS(pair.first.errors(), "rank 1 of 2 ended without a word");
    // It was interrupted, as when the first is killed: the queue resumes it.
    CHECK(eventsOf(pair.run, "failed").empty());
}

HILO_TEST(whileTheyWaitForTheFirstItMayBeKilledToo)
{
    // Paused, the first waits for a word and the other for the first.
    for (const bool killFirst : {true, false}) {
        Pair pair;
        pair.waitForSteps();
        writeText(pair.run / "control", "pause");
        waitUntil([&] { return !eventsOf(pair.run, "paused").empty(); });
        kill(killFirst ? pair.first.pid() : pair.other, SIGKILL);
        CHECK_EQ(pair.first.wait(), killFirst ? -SIGKILL : 5);
        pair.checkNobodyIsLeft();
    }
}

HILO_TEST(aSignalToTheOtherStopsTheRunWithItsCheckpoint)
{
    Pair pair;
    pair.waitForSteps();
    kill(pair.other, SIGTERM);
    CHECK_EQ(pair.first.wait(), 130);
    pair.checkNobodyIsLeft();
    const Json stopped = eventsOf(pair.run, "stopped").at(0);
    CHECK_EQ(stopped["by"].get<std::string>(), "signal");
    const std::string step = std::to_string(stopped["step"].get<std::int64_t>());
    CHECK(fs::exists(pair.run / "checkpoints" / ("step-" + step) / "manifest.json"));
}

HILO_TEST(aFullDiskEndsThemAll)
{
    Pair pair;
    pair.waitForSteps();
    // No file of the first can grow any more, so that its next event cannot be written.
    const rlimit none{0, 0};
    CHECK_EQ(prlimit(pair.first.pid(), RLIMIT_FSIZE, &none, nullptr), 0);
    const int code = pair.first.wait();
    CHECK(code == 4 || code == 5);
    pair.checkNobodyIsLeft();
    CHECK_CONTAINS(pair.first.errors() + readText(pair.run / "log.txt"), "events.ndjson");
}

HILO_TEST(killedInAnyOfThemAgainAndAgainARunEndsWithTheSameWeights)
{
    const TinyRun tiny(Json{{"steps", 40}, {"accumulation", 1}, {"checkpoint_every", 3}});
    const auto command = [&](const fs::path& run) {
        return fs::exists(run / "run.json")
                   ? std::vector<std::string>{program, "resume", run.string(), "--devices", "cpu,cpu"}
                   : std::vector<std::string>{program,     "train",  tiny.spec().string(), "--out", run.string(),
                                              "--devices", "cpu,cpu"};
    };
    const auto lastStep = [](const fs::path& run) {
        const auto steps = fs::exists(run / "events.ndjson") ? eventsOf(run, "step") : std::vector<Json>();
        return steps.empty() ? 0 : steps.back()["step"].get<std::int64_t>();
    };
    const fs::path whole = tiny.run("whole"), killed = tiny.run("killed");
    StartedProcess alone(command(whole), tiny.folder() / "errors");
    const int code = alone.wait();
    if (alone.errors().find("on GPUs only") != std::string::npos)
        SKIP("this build trains in parallel on GPUs only");
    CHECK_EQ(code, 0);

    // The first, the other, both.
    for (const int who : {0, 1, 2}) {
        StartedProcess first(command(killed), tiny.folder() / "errors");
        const std::int64_t target = lastStep(killed) + 7;
        waitUntil([&] { return lastStep(killed) >= target || !isRunning(first.pid()); });
        const std::vector<pid_t> others = first.children();
        if (who != 1)
            kill(first.pid(), SIGKILL);
        for (const pid_t other : others)
            if (who != 0)
                kill(other, SIGKILL);
        first.wait();
        for (const pid_t other : others)
            waitUntil([&] { return !isRunning(other); });
    }
    StartedProcess last(command(killed), tiny.folder() / "errors");
    CHECK_EQ(last.wait(), 0);
    CHECK(eventsOf(killed, "started").size() == 4);
    CHECK(adapterBytes(whole) == adapterBytes(killed));
}
