// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/slurm_worker.h"

#include "fake_slurm.h"
#include "fake_training.h"
#include "queue/run_control.h"
#include "run/checkpoints.h"
#include "run/run_lock.h"
#include "worker_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace hilo;
using namespace hilo::testing;

namespace {

struct SlurmFixture : WorkerFixture
{
    FakeSlurm slurm{project().folder() / "slurm"};

    SlurmWorkOptions slurmOptions()
    {
        SlurmWorkOptions options;
        options.program = HILO_FAKE_PROGRAM;
        options.commands = slurm.commands();
        options.poll = std::chrono::milliseconds(50);
        options.say = [this](const std::string& text) { said.push_back(text); };
        options.stop = &stop;
        return options;
    }
    Status workBySlurm() { return SlurmWorker(opened, slurmOptions()).work(); }

    /// With the numbers of a run that was never disturbed.
    void checkFinished(const std::string& id, std::int64_t steps = 20)
    {
        CHECK_EQ(summary(id).state, std::string("finished"));
        CHECK_EQ(summary(id).accuracy.value_or(-1), accuracyOf(stateAfter(steps)));
    }
};

/// The worker in a thread, with a store of its own.
struct InThread
{
    explicit InThread(SlurmFixture& fixture)
        : thread([this, &fixture] {
              RunStore store = fixture.store();
              status = SlurmWorker(store, fixture.slurmOptions()).work();
          })
    {
    }
    ~InThread()
    {
        if (thread.joinable())
            thread.join();
    }
    Status end()
    {
        thread.join();
        return status;
    }
    Status status;
    std::thread thread;
};

} // namespace

HILO_TEST(everyQueuedRunBecomesOneJob)
{
    SlurmFixture fixture;
    for (const char* id : {"a", "b", "c"})
        fixture.queue(id);
    REQUIRE_OK(fixture.workBySlurm());
    CHECK_EQ(fixture.slurm.jobs(), 3);
    for (const char* id : {"a", "b", "c"})
        fixture.checkFinished(id);
    CHECK(REQUIRE_OK(queuedRuns(fixture.opened.database())).empty());
    CHECK(!std::filesystem::exists(fixture.folder("a") / "slurm.json"));
}

HILO_TEST(aJobThatEndsBeforeItsRunIsSubmittedAnew)
{
    for (const auto& [state, signal] : {std::pair{"TIMEOUT", SIGUSR1}, std::pair{"NODE_FAIL", SIGKILL},
                                        std::pair{"PREEMPTED", SIGTERM}, std::pair{"CANCELLED", SIGKILL}}) {
        SlurmFixture fixture;
        fixture.queue("long", {{"steps", 60}, {"milliseconds", 20}});
        InThread worker(fixture);
        CHECK(comesTrue([&] { return newestCheckpointStep(fixture.folder("long")) >= 5; }));
        fixture.slurm.end(1, state, signal);
        REQUIRE_OK(worker.end());
        CHECK_EQ(fixture.slurm.jobs(), 2);
        fixture.checkFinished("long", 60);
        CHECK(fixture.wasSaid(state));
    }
}

HILO_TEST(aRunThatNeverGetsFurtherIsGivenUp)
{
    SlurmFixture fixture;
    fixture.queue("crash", {{"checkpoint_every", 100}}, 2);
    REQUIRE_OK(fixture.workBySlurm());
    CHECK_EQ(fixture.slurm.jobs(), 2);
    CHECK_EQ(fixture.summary("crash").state, std::string("failed"));
    CHECK(fixture.wasSaid("given up"));
}

HILO_TEST(aRunThatFailsIsNotRepeatedAndStopsNoOther)
{
    SlurmFixture fixture;
    fixture.queue("fail");
    fixture.queue("well");
    REQUIRE_OK(fixture.workBySlurm());
    CHECK_EQ(fixture.slurm.jobs(), 2);
    CHECK_EQ(fixture.summary("fail").state, std::string("failed"));
    fixture.checkFinished("well");
}

HILO_TEST(aControllerThatDoesNotAnswerIsWaitedFor)
{
    SlurmFixture fixture;
    fixture.slurm.set("away");
    fixture.queue("late");
    InThread worker(fixture);
    CHECK(comesTrue([&] { return fixture.wasSaid("does not answer"); }));
    CHECK_EQ(fixture.slurm.jobs(), 0);
    fixture.slurm.unset("away");
    REQUIRE_OK(worker.end());
    fixture.checkFinished("late");
    CHECK_EQ(fixture.slurm.jobs(), 1);
}

HILO_TEST(whatSlurmRefusesIsSaidInItsWordsAndNothingIsLost)
{
    SlurmFixture fixture;
    fixture.slurm.set("refuse");
    fixture.queue("here");
    const Status refused = fixture.workBySlurm();
    CHECK(!refused);
    CHECK_CONTAINS(refused.error().message, "invalid partition");
    CHECK_EQ(REQUIRE_OK(queuedRuns(fixture.opened.database())).size(), std::size_t{1});
    fixture.slurm.unset("refuse");
    REQUIRE_OK(fixture.workBySlurm());
    fixture.checkFinished("here");
}

HILO_TEST(aSubmitterKilledAtAnyMomentLeavesNoRunSubmittedTwice)
{
    // "dies": killed after Slurm has taken the job and before its number is known; else after some milliseconds.
    for (const int milliseconds : {0, 5, 20, 60}) {
        SlurmFixture fixture;
        for (const char* id : {"a", "b", "c"})
            fixture.queue(id, {{"steps", 40}, {"milliseconds", 5}});
        if (milliseconds == 0)
            fixture.slurm.set("dies");
        const pid_t child = fork();
        if (child == 0) {
            RunStore store = fixture.store();
            SlurmWorkOptions options = fixture.slurmOptions();
            options.say = [](const std::string&) {};
            [[maybe_unused]] const Status done = SlurmWorker(store, options).work();
            _exit(0);
        }
        if (milliseconds > 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
            ::kill(child, SIGKILL);
        }
        int status = 0;
        waitpid(child, &status, 0);
        CHECK(WIFSIGNALED(status) || milliseconds > 20);
        REQUIRE_OK(fixture.workBySlurm());
        CHECK_EQ(fixture.slurm.jobs(), 3);
        for (const char* id : {"a", "b", "c"})
            fixture.checkFinished(id, 40);
    }
}

HILO_TEST(aJobThatSlurmForgotIsFoundOutByItsRun)
{
    SlurmFixture fixture;
    fixture.queue("lost", {{"steps", 60}, {"milliseconds", 20}});
    InThread worker(fixture);
    CHECK(comesTrue([&] { return newestCheckpointStep(fixture.folder("lost")) >= 5; }));
    // Its process lives on: it is not started a second time.
    fixture.slurm.forget(1);
    REQUIRE_OK(worker.end());
    CHECK_EQ(fixture.slurm.jobs(), 1);
    fixture.checkFinished("lost", 60);
}

HILO_TEST(aRunTakenOutOfTheQueueDoesNotWaitInSlurm)
{
    SlurmFixture fixture;
    fixture.slurm.set("held");
    fixture.queue("waits");
    fixture.queue("too");
    InThread worker(fixture);
    CHECK(comesTrue([&] { return fixture.wasSaid("too: waits in Slurm's queue"); }));
    REQUIRE_OK(dequeue(fixture.opened, "waits"));
    CHECK(comesTrue([&] { return fixture.wasSaid("waits: taken out of the queue"); }));
    CHECK_EQ(fixture.slurm.stateOf(1), std::string("CANCELLED\n"));
    fixture.stop = true;
    CHECK(!worker.end());
    CHECK_EQ(fixture.slurm.stateOf(2), std::string("PENDING\n"));
}

HILO_TEST(aStoppedRunIsOver)
{
    SlurmFixture fixture;
    fixture.queue("long", {{"steps", 2000}, {"milliseconds", 20}});
    InThread worker(fixture);
    CHECK(comesTrue([&] { return fixture.isLive("long") && fixture.summary("long").lastStep.value_or(0) > 0; }));
    REQUIRE_OK(controlRun(fixture.opened, "long", ControlWord::Stop));
    REQUIRE_OK(worker.end());
    CHECK(comesTrue([&] { return !fixture.isLive("long"); }));
    REQUIRE_OK(fixture.opened.update("long", true));
    CHECK_EQ(fixture.summary("long").state, std::string("stopped"));
    CHECK_EQ(fixture.slurm.jobs(), 1);
}
