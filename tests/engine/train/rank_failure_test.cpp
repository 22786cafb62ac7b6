// SPDX-License-Identifier: GPL-3.0-or-later
// `hilo train --devices cpu,cpu` whose processes end in every way, at every moment: the others end too, nobody keeps
// the run's lock, and it goes on from its checkpoint to the same weights. What the program itself adds (how it starts
// the processes, signals, exit codes) is shown with it; the rest with processes that are split off from the test.
#include "rank_processes.h"
#include "tiny_run.h"

#include "base/file_lock.h"
#include "engine/train/train_run.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string program = std::string(HILO_BINARY_DIR) + "/hilo";

/// Trains in two processes, this one and one that it starts, as LocalRanks does; or goes on with what there is. The
/// exit code is the program's.
int trainAsTwo(const fs::path& spec, const fs::path& run)
{
    const std::string port = std::to_string(unusedPort());
    const bool isNew = !fs::exists(run / "run.json");
    const pid_t self = getpid();
    const pid_t other = fork();
    if (other == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != self)
            _exit(1);
    }
    std::signal(SIGXFSZ, SIG_IGN);
    const char* const rank = other == 0 ? "1" : "0";
    for (const auto& [name, value] : {std::pair{"WORLD_SIZE", "2"},
                                      {"RANK", rank},
                                      {"LOCAL_RANK", rank},
                                      {"MASTER_ADDR", "127.0.0.1"},
                                      {"MASTER_PORT", port.c_str()},
                                      {"HILO_DEVICE", "cpu"},
                                      {"HILO_DEVICES", "cpu,cpu"}})
        setenv(name, value, 1);
    const Result<RunOutcome> outcome = isNew ? startRun(REQUIRE_OK(readRunSpec(spec)), run, {}) : continueRun(run, {});
    if (!outcome)
        std::fprintf(stderr, "%s\n", describe(outcome.error()).c_str());
    const int code = !outcome ? static_cast<int>(outcome.error().code) : outcome->finished ? 0 : 130;
    if (other == 0)
        _exit(code);
    if (outcome)
        waitpid(other, nullptr, 0);
    return code;
}

enum class How { Program, SplitOff };

/// A run of two processes that lasts for as long as nobody ends it.
class Pair
{
  public:
    explicit Pair(How how) : tiny(settings()), run(tiny.run("run")), first_(start(how)), first(*first_) {}
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

  private:
    static Json settings() { return {{"steps", 100000}, {"accumulation", 1}, {"checkpoint_every", 0}}; }
    std::unique_ptr<StartedProcess> start(How how) const
    {
        const fs::path errors = tiny.folder() / "errors";
        if (how == How::SplitOff)
            return std::make_unique<StartedProcess>([this] { return trainAsTwo(tiny.spec(), run); }, errors);
        return std::make_unique<StartedProcess>(std::vector<std::string>{program, "train", tiny.spec().string(),
                                                                         "--out", run.string(), "--devices", "cpu,cpu"},
                                                errors);
    }
    std::unique_ptr<StartedProcess> first_;

  public:
    StartedProcess& first;
    pid_t other = 0;
};

} // namespace

HILO_TEST(whenTheFirstIsKilledTheOtherEnds)
{
    Pair pair(How::Program);
    pair.waitForSteps();
    kill(pair.first.pid(), SIGKILL);
    CHECK_EQ(pair.first.wait(), -SIGKILL);
    pair.checkNobodyIsLeft();
}

HILO_TEST(whenTheOtherIsKilledTheFirstEndsAndTheRunHasNotFailed)
{
    Pair pair(How::Program);
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
        Pair pair(How::SplitOff);
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
    Pair pair(How::Program);
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
    Pair pair(How::SplitOff);
    pair.waitForSteps();
    // No file of the first can grow any more, so that its next event cannot be written.
    const rlimit none{0, 0};
    CHECK_EQ(prlimit(pair.first.pid(), RLIMIT_FSIZE, &none, nullptr), 0);
    const int code = pair.first.wait();
    CHECK(code == 4 || code == 5);
    pair.checkNobodyIsLeft();
    // The log cannot grow either; and where the other one's end is noticed first, there is no message about the file.
    const std::string said = pair.first.errors();
    if (said.find("hilo:") != std::string::npos)
        CHECK_CONTAINS(said, "events.ndjson");
}

HILO_TEST(killedInAnyOfThemAgainAndAgainARunEndsWithTheSameWeights)
{
    const TinyRun tiny(Json{{"steps", 40}, {"accumulation", 1}, {"checkpoint_every", 3}});
    const auto start = [&](const fs::path& run) {
        return std::make_unique<StartedProcess>([&] { return trainAsTwo(tiny.spec(), run); }, tiny.folder() / "errors");
    };
    const auto lastStep = [](const fs::path& run) {
        const auto steps = fs::exists(run / "events.ndjson") ? eventsOf(run, "step") : std::vector<Json>();
        return steps.empty() ? 0 : steps.back()["step"].get<std::int64_t>();
    };
    const fs::path whole = tiny.run("whole"), killed = tiny.run("killed");
    const auto alone = start(whole);
    const int code = alone->wait();
    if (alone->errors().find("on GPUs only") != std::string::npos)
        SKIP("this build trains in parallel on GPUs only");
    CHECK_EQ(code, 0);

    // The first, the other, both.
    for (const int who : {0, 1, 2}) {
        const auto first = start(killed);
        const std::int64_t target = lastStep(killed) + 7;
        waitUntil([&] { return lastStep(killed) >= target || !isRunning(first->pid()); });
        const std::vector<pid_t> others = first->children();
        if (who != 1)
            kill(first->pid(), SIGKILL);
        for (const pid_t other : others)
            if (who != 0)
                kill(other, SIGKILL);
        first->wait();
        for (const pid_t other : others)
            waitUntil([&] { return !isRunning(other); });
    }
    CHECK_EQ(start(killed)->wait(), 0);
    CHECK(eventsOf(killed, "started").size() == 4);
    CHECK(adapterBytes(whole) == adapterBytes(killed));
}
