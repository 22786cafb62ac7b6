// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/only_worker.h"

#include "worker_fixture.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// A worker in a thread of its own, beside the fixture's.
struct Beside
{
    explicit Beside(WorkerFixture& fixture, WhenServed whenServed = WhenServed::Wait)
        : thread([this, &fixture, whenServed] {
              RunStore store = fixture.store();
              WorkOptions options = fixture.options();
              options.say = [this](const std::string& text) { said += text + "\n"; };
              status = workAlone(store, options, whenServed);
          })
    {
    }
    void end() { thread.join(); }

    std::string said;
    Status status;
    std::thread thread;
};

bool isServed(WorkerFixture& fixture)
{
    return FileLock::isHeld(fixture.project().folder() / ".slots" / "worker-cpu.lock");
}

} // namespace

HILO_TEST(aSecondWorkerLeavesTheQueueToTheFirst)
{
    WorkerFixture fixture;
    fixture.queue("slow", {{"steps", 100}, {"milliseconds", 5}});
    Beside first(fixture);
    CHECK(comesTrue([&] { return isServed(fixture) && fixture.isLive("slow"); }));
    Beside second(fixture, WhenServed::Leave);
    second.end();
    REQUIRE_OK(second.status);
    CHECK_CONTAINS(second.said, "Another worker serves");
    CHECK(fixture.isLive("slow"));
    // What is queued meanwhile is the first one's.
    fixture.queue("later");
    first.end();
    REQUIRE_OK(first.status);
    CHECK_EQ(fixture.summary("slow").state, "finished");
    CHECK_EQ(fixture.summary("later").state, "finished");
    CHECK(!isServed(fixture));
}

HILO_TEST(aWorkerThatWaitsTakesOverWhatTheFirstLeft)
{
    WorkerFixture fixture;
    auto place = REQUIRE_OK([&] {
        fs::create_directories(fixture.project().folder() / ".slots");
        return FileLock::acquire(fixture.project().folder() / ".slots" / "worker-cpu.lock");
    }());
    fixture.queue("one");
    Beside second(fixture);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    CHECK_EQ(fixture.summary("one").state, "queued");
    {
        const FileLock ended = std::move(place);
    }
    second.end();
    REQUIRE_OK(second.status);
    CHECK_CONTAINS(second.said, "waits until it ends");
    CHECK_EQ(fixture.summary("one").state, "finished");
}

HILO_TEST(aWorkerThatWaitsEndsWithTheQueue)
{
    WorkerFixture fixture;
    fs::create_directories(fixture.project().folder() / ".slots");
    const FileLock place = REQUIRE_OK(FileLock::acquire(fixture.project().folder() / ".slots" / "worker-cpu.lock"));
    Beside second(fixture);
    second.end();
    REQUIRE_OK(second.status);
}

HILO_TEST(manyWorkersAtOnceLeaveNothingBehind)
{
    WorkerFixture fixture;
    std::vector<std::unique_ptr<Beside>> all;
    for (int i = 0; i < 6; ++i) {
        fixture.queue("run" + std::to_string(i));
        all.push_back(std::make_unique<Beside>(fixture, WhenServed::Leave));
    }
    for (const auto& one : all) {
        one->end();
        REQUIRE_OK(one->status);
    }
    for (int i = 0; i < 6; ++i)
        CHECK_EQ(fixture.summary("run" + std::to_string(i)).state, "finished");
    CHECK(REQUIRE_OK(queuedRuns(fixture.opened.database())).empty());
}
