// SPDX-License-Identifier: GPL-3.0-or-later
// Words that come at the worst moments, to the real worker and to trainers that are processes of their own (fake_hilo).
#include "queue/run_control.h"
#include "run/checkpoints.h"
#include "run/control.h"
#include "run/run_lock.h"
#include "worker_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <map>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// Keeps everybody else from changing the database until it is let go.
class BusyDatabase
{
  public:
    explicit BusyDatabase(const WorkerFixture& fixture)
        : thread_([this, store = fixture.store()]() mutable {
              REQUIRE_OK(store.database().change(Durability::Normal, [this](SQLite::Database&) -> Status {
                  isBusy_ = true;
                  while (!letGo_)
                      std::this_thread::sleep_for(std::chrono::milliseconds(1));
                  return {};
              }));
          })
    {
        while (!isBusy_)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ~BusyDatabase()
    {
        letGo_ = true;
        thread_.join();
    }

  private:
    std::atomic<bool> isBusy_{false}, letGo_{false};
    std::thread thread_;
};

/// A worker that ends, and its runs with it, also when the case fails.
class WorkerThread
{
  public:
    explicit WorkerThread(WorkerFixture& fixture, std::chrono::minutes silence = std::chrono::minutes(10))
        : fixture_(fixture), thread_([&fixture, silence] {
              WorkOptions options = fixture.options();
              options.silence = silence;
              [[maybe_unused]] const Status done = Worker(fixture.opened, options).work();
          })
    {
    }
    ~WorkerThread()
    {
        if (!thread_.joinable())
            return;
        fixture_.stop = true;
        thread_.join();
        if (const auto identity = readIdentity(fixture_.folder("slow"))) [[maybe_unused]]
            const Status killed = signalGroup(*identity, SIGKILL);
    }
    void join() { thread_.join(); }

  private:
    WorkerFixture& fixture_;
    std::thread thread_;
};

} // namespace

HILO_TEST(aStopReachesARunThatIsStartedBeforeItHasLeftTheQueue)
{
    WorkerFixture fixture;
    fixture.queue("one");
    std::optional<FileLock> held;
    std::thread person;
    {
        const BusyDatabase busy(fixture);
        person = std::thread([&] {
            RunStore store = fixture.store();
            REQUIRE_OK(controlRun(store, "one", ControlWord::Stop));
        });
        // By now the person waits for the database; a worker starts the run.
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        held = REQUIRE_OK(claimRun(fixture.folder("one")));
        CHECK(held.has_value());
    }
    person.join();
    CHECK(readControl(fixture.folder("one")) == ControlWord::Stop);
    CHECK(!fixture.summary("one").queuePosition);
}

HILO_TEST(aWordToARunThatIsBeingStartedIsObeyed)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 100000}, {"milliseconds", 4}});
    WorkerThread worker(fixture);
    while (!fixture.isLive("slow"))
        std::this_thread::yield();
    // The worker holds the run, and has not made its process yet.
    REQUIRE_OK(writeControl(fixture.folder("slow"), ControlWord::Pause));
    CHECK(comesTrue([&] { return fixture.summary("slow").state == "paused"; }));
    RunStore store = fixture.store();
    REQUIRE_OK(stopRun(store, "slow", {}));
    worker.join();
    CHECK_EQ(fixture.summary("slow").state, "stopped");
}

HILO_TEST(aStopAtAnyMomentOfAStartStopsTheRun)
{
    for (int round = 0; round < 12; ++round) {
        WorkerFixture fixture;
        fixture.queue("slow", {{"steps", 100000}, {"milliseconds", 4}});
        WorkerThread worker(fixture);
        std::this_thread::sleep_for(std::chrono::milliseconds(3 * round));
        RunStore store = fixture.store();
        REQUIRE_OK(stopRun(store, "slow", {}));
        worker.join();
        CHECK(!fixture.isLive("slow"));
        CHECK(!fixture.summary("slow").queuePosition);
    }
}

HILO_TEST(aWordForAProcessThatIsGoneIsNotForTheNextOne)
{
    const TemporaryFolder folder;
    REQUIRE_OK(writeControl(folder.path(), ControlWord::Stop));
    const auto held = REQUIRE_OK(claimRun(folder.path()));
    CHECK(held.has_value());
    CHECK(!readControl(folder.path()));
    // Whoever comes too late takes no word from the one that has the run.
    REQUIRE_OK(writeControl(folder.path(), ControlWord::Stop));
    CHECK(!REQUIRE_OK(claimRun(folder.path())).has_value());
    CHECK(readControl(folder.path()) == ControlWord::Stop);
}

HILO_TEST(aWordIsTakenOnceAndAStopStaysUntilItIsDone)
{
    const TemporaryFolder folder;
    CHECK(!takeControl(folder.path()));
    for (const ControlWord word : {ControlWord::Pause, ControlWord::Resume, ControlWord::Checkpoint}) {
        REQUIRE_OK(writeControl(folder.path(), word));
        CHECK(takeControl(folder.path()) == word);
        CHECK(!takeControl(folder.path()));
    }
    REQUIRE_OK(writeControl(folder.path(), ControlWord::Stop));
    for (int i = 0; i < 2; ++i)
        CHECK(takeControl(folder.path()) == ControlWord::Stop);
    // Nothing but the words themselves is left behind.
    clearControl(folder.path());
    CHECK(fs::is_empty(folder.path()));
    // Words that come while others are taken: none is lost.
    std::thread person([&] {
        for (int i = 0; i < 200; ++i) {
            while (readControl(folder.path()))
                std::this_thread::yield();
            REQUIRE_OK(writeControl(folder.path(), ControlWord::Checkpoint));
        }
    });
    int taken = 0;
    while (taken < 200)
        taken += takeControl(folder.path()) == ControlWord::Checkpoint;
    person.join();
    CHECK(!readControl(folder.path()));
}

HILO_TEST(aPausedRunIsNotSaidToBeSilent)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 100000}, {"milliseconds", 4}});
    WorkerThread worker(fixture, std::chrono::minutes(5));
    RunStore store = fixture.store();
    const auto age = [&] {
        REQUIRE_OK(store.database().change(Durability::Normal, [](SQLite::Database& connection) -> Status {
            connection.exec("UPDATE cursors SET signal_milliseconds = signal_milliseconds - 600000");
            return {};
        }));
    };
    CHECK(comesTrue([&] { return fixture.summary("slow").lastStep.value_or(0) > 0; }));
    REQUIRE_OK(controlRun(store, "slow", ControlWord::Pause));
    CHECK(comesTrue([&] { return fixture.summary("slow").state == "paused"; }));
    age();
    // The worker looks at it every ten milliseconds.
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    CHECK(!fixture.summary("slow").silentMilliseconds);
    REQUIRE_OK(stopRun(store, "slow", {}));
    worker.join();
    CHECK(!fixture.wasSaid("no signal"));
}

HILO_TEST(aTrainerIsNoPartOfAnotherRunOfSeveralProcesses)
{
    // A worker that was itself started by torchrun, or from the shell of a process that trains with others.
    const std::map<std::string, std::string> variables = {{"WORLD_SIZE", "4"},        {"RANK", "2"},
                                                          {"LOCAL_RANK", "2"},        {"MASTER_ADDR", "127.0.0.1"},
                                                          {"MASTER_PORT", "9"},       {"HILO_DEVICE", "cuda:2"},
                                                          {"HILO_DEVICES", "cpu,cpu"}};
    for (const auto& [name, text] : variables)
        setenv(name.c_str(), text.c_str(), 1);
    WorkerFixture fixture;
    fixture.queue("one");
    const Status worked = fixture.work();
    for (const auto& [name, text] : variables)
        unsetenv(name.c_str());
    REQUIRE_OK(worked);
    RunReader reader = fixture.reader();
    CHECK_EQ(REQUIRE_OK(reader.documents("one", "started")).at(0)["of_several"].get<std::string>(), "");
}

HILO_TEST(aRunThatLeadsNoProcessGroupIsSignalledAlone)
{
    // As in "hilo train … | tee log", or from a script.
    const pid_t child = fork();
    if (child == 0)
        for (;;)
            pause();
    CHECK(getpgid(child) != child);
    const ProcessIdentity identity = REQUIRE_OK(identify(child));
    const Status signalled = signalGroup(identity, SIGUSR1);
    if (!signalled)
        ::kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE_OK(signalled);
    CHECK(WIFSIGNALED(status));
    CHECK_EQ(WTERMSIG(status), SIGUSR1);
}

HILO_TEST(aTrainerInTheEnvironmentOfAnotherOneIsFound)
{
    // A trainer that was started by hand from a shell that a worker's trainer has left its variables to.
    ProjectFixture fixture;
    fixture.addRun("inner", runDocument("inner", {{"steps", 100000}, {"milliseconds", 4}}));
    const pid_t child = fork();
    if (child == 0) {
        setenv("HILO_RUN_TOKEN", "of another run", 1);
        const std::string folder = fixture.folder("inner").string();
        execl(HILO_FAKE_PROGRAM, "fake_hilo", "resume", folder.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    CHECK(comesTrue([&] { return readIdentity(fixture.folder("inner")).has_value(); }));
    const auto identity = readIdentity(fixture.folder("inner"));
    CHECK(identity->pid == child);
    const bool alive = isAlive(*identity);
    ::kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    CHECK(alive);
}
