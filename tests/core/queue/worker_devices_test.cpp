// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that need several devices at once, with the real worker.
#include "queue/device_slots.h"
#include "queue/run_control.h"
#include "run/checkpoints.h"
#include "worker_fixture.h"

#include <cstdlib>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

/// Works on these devices until nothing is left to do.
Status workOn(WorkerFixture& fixture, const Names& devices)
{
    WorkOptions options = fixture.options();
    options.devices = devices;
    return Worker(fixture.opened, options).work();
}

/// Of the newest "started" event.
std::string startedField(WorkerFixture& fixture, const std::string& id, const char* field)
{
    RunReader reader = fixture.reader();
    const Json started = REQUIRE_OK(reader.documents(id, "started")).back();
    return started.contains(field) ? started[field].get<std::string>() : "none";
}

/// The devices that a worker gets in one look at the queue for runs that need these.
std::vector<Names> look(DeviceSlots& slots, const std::vector<std::pair<std::string, int>>& runs,
                        std::vector<FileLock>& held)
{
    std::vector<Names> got;
    slots.beginLook();
    for (const auto& [wanted, count] : runs) {
        auto taken = REQUIRE_OK(slots.take(wanted, count));
        got.push_back(taken ? taken->names : Names());
        if (taken)
            std::move(taken->locks.begin(), taken->locks.end(), std::back_inserter(held));
    }
    REQUIRE_OK(slots.endLook());
    return got;
}

} // namespace

HILO_TEST(aRunThatAsksForSeveralDevicesGetsThemAndGoesOnOnAsMany)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 400}, {"milliseconds", 4}}, 3, 2);
    std::thread person([&] {
        comesTrue([&] { return newestCheckpointStep(fixture.folder("slow")) >= 5; });
        RunStore store = fixture.store();
        CHECK_EQ(readIdentity(fixture.folder("slow"))->device, "cuda:0,cuda:1");
        for (const char* const slot : {"cuda-0", "cuda-1"})
            CHECK(FileLock::isHeld(fixture.project().folder() / ".slots" / (std::string(slot) + ".lock")));
        CHECK(!FileLock::isHeld(fixture.project().folder() / ".slots/cuda-2.lock"));
        REQUIRE_OK(stopRun(store, "slow", {}));
    });
    REQUIRE_OK(workOn(fixture, {"cuda:0", "cuda:1", "cuda:2"}));
    person.join();
    CHECK_EQ(startedField(fixture, "slow", "devices"), "cuda:0,cuda:1");
    CHECK_EQ(startedField(fixture, "slow", "visible"), "all");
    CHECK_EQ(fixture.summary("slow").state, "stopped");

    CHECK_CONTAINS(REQUIRE_ERROR(enqueue(fixture.opened, "slow", 3, {}, 3)).message, "begun on 2 devices");
    REQUIRE_OK(enqueue(fixture.opened, "slow"));
    // The processor is not what it was begun on.
    CHECK(REQUIRE_ERROR(workOn(fixture, {"cpu", "cpu", "cuda:7"})).code == ErrorCode::BadInput);
    CHECK(fixture.wasSaid("slow is not started: it needs 2 devices (cuda) at once, as it was begun on so many, and "
                          "this worker serves 1."));
    CHECK_EQ(fixture.summary("slow").state, "queued");
    REQUIRE_OK(workOn(fixture, {"cuda:5", "cpu", "cuda:7"}));
    CHECK_EQ(startedField(fixture, "slow", "devices"), "cuda:5,cuda:7");
    CHECK_EQ(fixture.summary("slow").state, "finished");
}

HILO_TEST(aRunThatNeedsMoreThanThereIsKeepsNobodyWaitingAndIsNamedAtTheEnd)
{
    WorkerFixture fixture;
    fixture.queue("wide", Json::object(), 3, 2);
    fixture.queue("one");
    const Error error = REQUIRE_ERROR(fixture.work());
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.place, "wide");
    CHECK_CONTAINS(error.hint, "cpu,cpu");
    CHECK_EQ(fixture.summary("one").state, "finished");
    CHECK_EQ(fixture.summary("wide").state, "queued");
    CHECK(fixture.wasSaid("wide is not started: it needs 2 devices (auto) at once, and this worker serves 1."));
    REQUIRE_OK(workOn(fixture, {"cpu", "cpu"}));
    CHECK_EQ(startedField(fixture, "wide", "devices"), "cpu,cpu");
    CHECK_EQ(fixture.summary("wide").state, "finished");
}

HILO_TEST(aRunOfSeveralDevicesIsNotOvertakenForEver)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 150}, {"milliseconds", 4}});
    fixture.queue("wide", Json::object(), 3, 2);
    const Names behind = {"a", "b", "c", "d"};
    for (const std::string& id : behind)
        fixture.queue(id);
    REQUIRE_OK(workOn(fixture, {"cuda:0", "cuda:1"}));
    const std::int64_t started = fixture.summary("wide").startedAt.value_or(0);
    CHECK(started >= fixture.summary("slow").endedAt.value_or(INT64_MAX));
    for (const std::string& id : behind) {
        CHECK_EQ(fixture.summary(id).state, "finished");
        CHECK(fixture.summary(id).startedAt.value_or(0) >= started);
    }
}

HILO_TEST(theQueuesOrderSaysWhoGetsAFreeDevice)
{
    const ProjectFixture fixture;
    std::vector<FileLock> held;
    DeviceSlots slots(fixture.project(), {"cuda:0", "cpu", "cuda:1", "cuda:2", "cpu"});
    CHECK_EQ(slots.fitting("auto"), 3);
    CHECK_EQ(slots.fitting("cuda:2"), 1);
    CHECK_EQ(slots.fitting("cpu"), 2);
    CHECK_EQ(slots.fitting("tpu"), 0);
    CHECK(look(slots, {{"cuda:1", 1}, {"cuda", 2}, {"cpu", 2}, {"auto", 1}}, held) ==
          (std::vector<Names>{{"cuda:1"}, {"cuda:0", "cuda:2"}, {"cpu", "cpu"}, {}}));
    held.clear();
    // The three GPUs are not free at once, and what waits for them is kept; the processor is another matter.
    CHECK(look(slots, {{"cuda:0", 1}, {"auto", 3}, {"cuda", 1}, {"cpu", 1}}, held) ==
          (std::vector<Names>{{"cuda:0"}, {}, {}, {"cpu"}}));
    // Who is put before it in the queue goes first.
    CHECK(look(slots, {{"cuda:2", 1}, {"auto", 3}}, held) == (std::vector<Names>{{"cuda:2"}, {}}));
    held.clear();
    CHECK(look(slots, {{"auto", 3}}, held) == (std::vector<Names>{{"cuda:0", "cuda:1", "cuda:2"}}));
}

HILO_TEST(collectedDevicesAreKeptFromOtherWorkersAndOneCollectsAtATime)
{
    const ProjectFixture fixture;
    DeviceSlots first(fixture.project(), {"cuda:0", "cuda:1"});
    DeviceSlots second(fixture.project(), {"cuda:1", "cuda:0", "cuda:2"});
    std::vector<FileLock> running, others;
    CHECK(look(first, {{"cuda:0", 1}}, running) == (std::vector<Names>{{"cuda:0"}}));
    CHECK(look(first, {{"cuda", 2}}, running) == (std::vector<Names>{{}}));
    // The first waits with cuda:1 in its hands; the second, which waits for more than is left, keeps nothing.
    CHECK(look(second, {{"cuda:1", 1}, {"cuda", 2}, {"cuda", 1}}, others) == (std::vector<Names>{{}, {}, {}}));
    CHECK(!FileLock::isHeld(fixture.project().folder() / ".slots/cuda-2.lock"));
    CHECK(look(second, {{"cuda", 1}}, others) == (std::vector<Names>{{"cuda:2"}}));
    running.clear();
    CHECK(look(first, {{"cuda", 2}}, running) == (std::vector<Names>{{"cuda:0", "cuda:1"}}));
    running.clear();
    // Its run is gone from the queue: what was kept is given back.
    others.clear();
    CHECK(look(second, {{"cuda:0", 1}, {"cuda", 3}}, others) == (std::vector<Names>{{"cuda:0"}, {}}));
    CHECK(FileLock::isHeld(fixture.project().folder() / ".slots/cuda-1.lock"));
    CHECK(look(second, {}, others).empty());
    CHECK(!FileLock::isHeld(fixture.project().folder() / ".slots/cuda-1.lock"));
}

HILO_TEST(aDeviceIsCountedAmongThoseThatTheWorkerSees)
{
    WorkerFixture fixture;
    for (const char* id : {"a", "b", "c"})
        fixture.queue(id, {{"device", std::string(id) == "c" ? "cpu" : "auto"}});
    setenv("CUDA_VISIBLE_DEVICES", "4,GPU-7", 1);
    REQUIRE_OK(workOn(fixture, {"cuda:1", "cpu"}));
    CHECK_EQ(startedField(fixture, "a", "visible"), "GPU-7");
    CHECK_EQ(startedField(fixture, "c", "visible"), "4,GPU-7");
    unsetenv("CUDA_VISIBLE_DEVICES");
    fixture.queue("d");
    REQUIRE_OK(workOn(fixture, {"cuda:1"}));
    CHECK_EQ(startedField(fixture, "d", "visible"), "1");
}

HILO_TEST(theNumberOfDevicesOutlivesTheDatabase)
{
    WorkerFixture fixture;
    fixture.queue("wide", {{"device", "cuda:1"}}, 3, 4);
    // Moved within the queue, it keeps its number.
    REQUIRE_OK(enqueue(fixture.opened, "wide", 3, {QueuePlace::Kind::First, {}}));
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(fixture.project().databaseFile().string() + end);
    RunStore store = fixture.store();
    const QueuedRun run = REQUIRE_OK(queuedRuns(store.database())).at(0);
    CHECK_EQ(run.devices, 4);
    CHECK_EQ(run.device, "cuda");
    CHECK(!run.begunOnSeveral);
    writeText(fixture.folder("wide") / "queue.json", "damaged");
    REQUIRE_OK(store.scan());
    CHECK_EQ(REQUIRE_OK(queuedRuns(store.database())).at(0).devices, 4);
}
