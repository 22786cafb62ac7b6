// SPDX-License-Identifier: GPL-3.0-or-later
// The real worker with trainers that are processes of their own (fake_hilo).
#include "base/atomic_file.h"
#include "queue/run_control.h"
#include "run/checkpoints.h"
#include "worker_fixture.h"

#include "fake_training.h"

#include <csignal>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

HILO_TEST(queuedRunsAreTrainedInTheirOrderAndFailuresStopNobody)
{
    WorkerFixture fixture;
    for (const char* id : {"one", "fail-two", "three"})
        fixture.queue(id);
    REQUIRE_OK(fixture.work());
    CHECK_EQ(fixture.summary("one").state, "finished");
    CHECK_EQ(fixture.summary("fail-two").state, "failed");
    CHECK(fixture.wasSaid("one: finished, accuracy "));
    CHECK(fixture.wasSaid("fail-two: failed. It failed."));
    CHECK_EQ(fixture.summary("fail-two").errorMessage, "It failed.");
    CHECK_EQ(fixture.summary("three").state, "finished");
    CHECK_EQ(fixture.summary("three").accuracy.value_or(0), accuracyOf(stateAfter(20)));
    CHECK(fixture.summary("one").endedAt.value_or(0) <= fixture.summary("three").startedAt.value_or(0));
    CHECK(REQUIRE_OK(queuedRuns(fixture.opened.database())).empty());
    // Its output lies in its folder.
    CHECK(fs::exists(fixture.folder("one") / "log.txt"));
}

HILO_TEST(aCrashIsResumedFromTheLastCheckpointAndGivenUpWithoutProgress)
{
    WorkerFixture fixture;
    fixture.queue("crash", Json::object(), 3);
    REQUIRE_OK(fixture.work());
    const RunSummary run = fixture.summary("crash");
    CHECK_EQ(run.state, "failed");
    CHECK_CONTAINS(run.errorMessage, "without finishing");
    RunReader reader = fixture.reader();
    const auto started = REQUIRE_OK(reader.documents("crash", "started"));
    // The first life made checkpoints: the attempts counted anew after it.
    CHECK_EQ(started.size(), 4u);
    CHECK_EQ(started.back()["step"].get<int>(), 10);
    CHECK_CONTAINS(REQUIRE_OK(reader.documents("crash", "failed")).back()["log"].get<std::string>(), "as asked for");
    CHECK(fixture.wasSaid("given up"));
    // Tried once more by hand, after the cause is gone.
    Json spec = REQUIRE_OK(readJsonFile(fixture.folder("crash") / "run.json"));
    spec["name"] = "mended";
    REQUIRE_OK(writeJsonFile(fixture.folder("crash") / "run.json", spec));
    REQUIRE_OK(enqueue(fixture.opened, "crash"));
    REQUIRE_OK(fixture.work());
    CHECK_EQ(fixture.summary("crash").state, "finished");
    CHECK_EQ(fixture.summary("crash").accuracy.value_or(0), accuracyOf(stateAfter(20)));
}

HILO_TEST(aKilledTrainerGoesOnAtItsCheckpoint)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 100}, {"milliseconds", 5}});
    std::thread killer([&] {
        comesTrue([&] { return newestCheckpointStep(fixture.folder("slow")) >= 5; });
        if (const auto identity = readIdentity(fixture.folder("slow")))
            ::kill(identity->pid, SIGKILL);
    });
    REQUIRE_OK(fixture.work());
    killer.join();
    CHECK_EQ(fixture.summary("slow").state, "finished");
    CHECK_EQ(fixture.summary("slow").accuracy.value_or(0), accuracyOf(stateAfter(100)));
    CHECK(fixture.wasSaid("resumed"));
}

HILO_TEST(theWorkersEndStopsNoRun)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 150}, {"milliseconds", 4}});
    std::thread stopper([&] {
        comesTrue([&] { return fixture.isLive("slow") && fs::exists(fixture.folder("slow") / "events.ndjson"); });
        fixture.stop = true;
    });
    CHECK(REQUIRE_ERROR(fixture.work()).code == ErrorCode::Cancelled);
    stopper.join();
    CHECK(fixture.isLive("slow"));
    // The next worker finds it by its lock, starts it no second time, and sees it end.
    fixture.stop = false;
    REQUIRE_OK(fixture.work());
    CHECK_EQ(fixture.summary("slow").state, "finished");
    RunReader reader = fixture.reader();
    CHECK_EQ(REQUIRE_OK(reader.documents("slow", "started")).size(), 1u);
}

HILO_TEST(twoWorkersStartNoRunTwice)
{
    WorkerFixture fixture;
    std::vector<std::string> ids;
    for (int i = 0; i < 8; ++i) {
        ids.push_back("run" + std::to_string(i));
        fixture.queue(ids.back());
    }
    std::thread second([&] {
        RunStore store = fixture.store();
        REQUIRE_OK(Worker(store,
                          [&] {
                              WorkOptions options = fixture.options();
                              options.devices = {"cuda:0"};
                              options.say = [](const std::string&) {};
                              return options;
                          }())
                       .work());
    });
    REQUIRE_OK(fixture.work());
    second.join();
    RunReader reader = fixture.reader();
    for (const std::string& id : ids) {
        CHECK_EQ(fixture.summary(id).state, "finished");
        CHECK_EQ(REQUIRE_OK(reader.documents(id, "started")).size(), 1u);
    }
}

HILO_TEST(eachRunGetsTheDeviceItAsksFor)
{
    WorkerFixture fixture;
    fixture.queue("gpu", {{"device", "cuda:1"}});
    fixture.queue("processor", {{"device", "cpu"}});
    fixture.queue("any");
    // A run that nobody here can serve waits, and keeps no worker from its end.
    REQUIRE_OK(fixture.work());
    CHECK_EQ(fixture.summary("gpu").state, "queued");
    CHECK_EQ(fixture.summary("processor").state, "finished");
    CHECK_EQ(fixture.summary("any").state, "finished");
    CHECK(fixture.wasSaid("asks for the device \"cuda:1\""));
}

HILO_TEST(wordsReachTheRun)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 2000}, {"milliseconds", 4}, {"checkpoint_every", 100000}});
    std::thread worker([&] { CHECK(fixture.work().has_value()); });
    RunStore store = fixture.store();
    const auto stateIs = [&](const std::string& state) {
        return comesTrue([&] { return fixture.summary("slow").state == state; });
    };
    CHECK(comesTrue([&] { return fixture.summary("slow").lastStep.value_or(0) > 0; }));
    REQUIRE_OK(controlRun(store, "slow", ControlWord::Checkpoint));
    CHECK(comesTrue([&] { return newestCheckpointStep(fixture.folder("slow")) > 0; }));
    REQUIRE_OK(controlRun(store, "slow", ControlWord::Pause));
    CHECK(stateIs("paused"));
    REQUIRE_OK(controlRun(store, "slow", ControlWord::Resume));
    CHECK(stateIs("running"));
    REQUIRE_OK(stopRun(store, "slow", {}));
    CHECK(!fixture.isLive("slow"));
    worker.join();
    CHECK_EQ(fixture.summary("slow").state, "stopped");
    const std::int64_t stoppedAt = fixture.summary("slow").lastStep.value_or(0);
    CHECK_EQ(newestCheckpointStep(fixture.folder("slow")), stoppedAt);
    CHECK_CONTAINS(REQUIRE_ERROR(controlRun(store, "slow", ControlWord::Pause)).message, "no process");
    // Resume queues it again; it goes on where it stopped.
    REQUIRE_OK(controlRun(store, "slow", ControlWord::Resume));
    CHECK_EQ(fixture.summary("slow").state, "queued");
    std::thread again([&] { CHECK(fixture.work().has_value()); });
    CHECK(comesTrue([&] { return fixture.summary("slow").lastStep.value_or(0) > stoppedAt; }));
    REQUIRE_OK(stopRun(store, "slow", {}));
    again.join();
    RunReader reader = fixture.reader();
    CHECK_EQ(REQUIRE_OK(reader.documents("slow", "started")).back()["step"].get<std::int64_t>(), stoppedAt);
}

HILO_TEST(aDeafRunIsStoppedByForce)
{
    WorkerFixture fixture;
    fixture.queue("deaf", {{"steps", 100000}, {"milliseconds", 4}});
    std::thread worker([&] { CHECK(fixture.work().has_value()); });
    CHECK(comesTrue([&] { return fixture.summary("deaf").lastStep.value_or(0) > 0; }));
    RunStore store = fixture.store();
    std::string said;
    StopOptions options;
    options.patience = options.insistence = std::chrono::seconds(0);
    options.say = [&](const std::string& text) { said += text; };
    REQUIRE_OK(stopRun(store, "deaf", options));
    CHECK(!fixture.isLive("deaf"));
    CHECK_CONTAINS(said, "SIGTERM");
    CHECK_CONTAINS(said, "SIGKILL");
    worker.join();
    // Stopped by a person: nobody resumes it.
    CHECK_EQ(fixture.summary("deaf").state, "interrupted");
    CHECK(!fixture.summary("deaf").queuePosition);
}

HILO_TEST(aShutdownsSignalTakesNoRunOutOfTheQueue)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 120}, {"milliseconds", 5}});
    std::thread terminator([&] {
        comesTrue([&] { return fs::exists(fixture.folder("slow") / "checkpoints/step-5"); });
        if (const auto identity = readIdentity(fixture.folder("slow")))
            ::kill(identity->pid, SIGTERM);
    });
    REQUIRE_OK(fixture.work());
    terminator.join();
    RunReader reader = fixture.reader();
    CHECK_EQ(REQUIRE_OK(reader.documents("slow", "stopped")).size(), 1u);
    CHECK_EQ(fixture.summary("slow").state, "finished");
    CHECK_EQ(fixture.summary("slow").accuracy.value_or(0), accuracyOf(stateAfter(120)));
}

HILO_TEST(whatEndedOnAFullDiskGoesOnWhenThereIsRoom)
{
    WorkerFixture fixture;
    fixture.queue("full-disk", Json::object(), 5);
    std::thread cleaner([&] {
        comesTrue([&] {
            RunReader reader = fixture.reader();
            const auto failures = reader.documents("full-disk", "failed");
            return failures && failures->size() >= 2;
        });
        writeText(fixture.folder("full-disk") / "room", "");
    });
    REQUIRE_OK(fixture.work());
    cleaner.join();
    CHECK(fixture.wasSaid("want of space"));
    CHECK_EQ(fixture.summary("full-disk").state, "finished");
}

HILO_TEST(aFullDiskStartsNothingUntilThereIsRoom)
{
    WorkerFixture fixture;
    fixture.queue("one");
    WorkOptions options = fixture.options();
    options.minimumFreeBytes = UINT64_MAX;
    std::thread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        fixture.stop = true;
    });
    CHECK(REQUIRE_ERROR(Worker(fixture.opened, options).work()).code == ErrorCode::Cancelled);
    stopper.join();
    CHECK(fixture.wasSaid("The queue waits: the disk has only"));
    CHECK_EQ(fixture.summary("one").state, "queued");
    CHECK(!fs::exists(fixture.folder("one") / "events.ndjson"));
}

HILO_TEST(runsThatAreBrokenOrGoneAreDealtWith)
{
    WorkerFixture fixture;
    for (const char* id : {"gone", "headless", "garbled", "good"})
        fixture.queue(id, Json::object(), 1);
    fs::remove_all(fixture.folder("gone"));
    fs::remove(fixture.folder("headless") / "run.json");
    writeText(fixture.folder("garbled") / "run.json", std::string(500, '\0'));
    REQUIRE_OK(fixture.work());
    CHECK_EQ(fixture.summary("gone").state, "missing");
    CHECK_EQ(fixture.summary("headless").state, "failed");
    CHECK_EQ(fixture.summary("garbled").state, "failed");
    CHECK_EQ(fixture.summary("good").state, "finished");
    CHECK(REQUIRE_OK(queuedRuns(fixture.opened.database())).empty());
}

HILO_TEST(aSilentRunIsSaidToBeSilentNotDead)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 5}, {"milliseconds", 60}});
    WorkOptions options = fixture.options();
    options.silence = std::chrono::minutes(0);
    // Its last sign of life is moved ten minutes into the past.
    options.poll = std::chrono::milliseconds(1);
    std::thread ager([&] {
        comesTrue([&] { return fixture.isLive("slow") && fixture.summary("slow").lastStep.value_or(0) > 0; });
        RunStore store = fixture.store();
        REQUIRE_OK(store.database().change(Durability::Normal, [](SQLite::Database& connection) -> Status {
            connection.exec("UPDATE cursors SET signal_milliseconds = signal_milliseconds - 600000");
            return {};
        }));
    });
    REQUIRE_OK(Worker(fixture.opened, options).work());
    ager.join();
    CHECK_EQ(fixture.summary("slow").state, "finished");
    CHECK(fixture.wasSaid("no signal for 10 min"));
}

HILO_TEST(aRunThatIsTakenOutOfTheQueueIsWaitedForAndItsEndSaid)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 10000}, {"milliseconds", 5}});
    std::thread person([&] {
        comesTrue([&] { return fixture.isLive("slow") && fixture.summary("slow").lastStep.value_or(0) > 0; });
        RunStore store = fixture.store();
        REQUIRE_OK(controlRun(store, "slow", ControlWord::Stop));
    });
    REQUIRE_OK(fixture.work());
    person.join();
    CHECK(!fixture.isLive("slow"));
    CHECK(fixture.wasSaid("slow: stopped."));
}

HILO_TEST(aRunThatRunsAlreadyIsSaidToRun)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 100}, {"milliseconds", 10}});
    WorkOptions options = fixture.options();
    std::thread person([&] {
        comesTrue([&] { return fixture.isLive("slow"); });
        fixture.stop = true;
    });
    CHECK(REQUIRE_ERROR(Worker(fixture.opened, options).work()).code == ErrorCode::Cancelled);
    person.join();
    CHECK(!fixture.wasSaid("runs already"));
    fixture.stop = false;
    REQUIRE_OK(fixture.work());
    CHECK(fixture.wasSaid("slow: runs already"));
    CHECK(fixture.wasSaid("slow: finished"));
}

HILO_TEST(aWordThatIsNotReadYetIsNotReplaced)
{
    WorkerFixture fixture;
    fixture.addRun("held", runDocument("held"));
    const auto holder = REQUIRE_OK(FileLock::tryAcquire(runLockFile(fixture.folder("held"))));
    CHECK(holder.has_value());
    const auto control = [&](ControlWord word) { return controlRun(fixture.opened, "held", word); };
    // A pause keeps a checkpoint by itself; a checkpoint in its place would lose the pause.
    REQUIRE_OK(control(ControlWord::Pause));
    REQUIRE_OK(control(ControlWord::Checkpoint));
    CHECK(readControl(fixture.folder("held")) == ControlWord::Pause);
    REQUIRE_OK(control(ControlWord::Stop));
    for (const ControlWord word : {ControlWord::Checkpoint, ControlWord::Pause, ControlWord::Resume})
        CHECK_CONTAINS(REQUIRE_ERROR(control(word)).message, "asked to stop");
    CHECK(readControl(fixture.folder("held")) == ControlWord::Stop);
}
