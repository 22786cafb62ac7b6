// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/run_queue.h"

#include "base/atomic_file.h"
#include "core/project/project_fixture.h"
#include "run/checkpoints.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::string order(RunStore& store)
{
    std::string ids;
    for (const QueuedRun& run : REQUIRE_OK(queuedRuns(store.database())))
        ids += run.id;
    return ids;
}

int attempt(RunStore& store, const std::string& id)
{
    const auto ticket = REQUIRE_OK(countAttempt(store, id));
    return ticket ? ticket->attempts : -1;
}

QueuePlace before(const std::string& id)
{
    return {QueuePlace::Kind::Before, id};
}

class QueueFixture : public ProjectFixture
{
  public:
    QueueFixture()
    {
        for (const char* id : {"a", "b", "c", "d"})
            addRun(id);
    }
};

} // namespace

HILO_TEST(runsWaitInTheOrderTheyCame)
{
    QueueFixture fixture;
    RunStore store = fixture.store();
    for (const char* id : {"c", "a", "b"})
        REQUIRE_OK(enqueue(store, id));
    CHECK_EQ(order(store), "cab");
    REQUIRE_OK(enqueue(store, "d", 3, {QueuePlace::Kind::First, {}}));
    CHECK_EQ(order(store), "dcab");
    REQUIRE_OK(enqueue(store, "b", 3, before("c")));
    CHECK_EQ(order(store), "dbca");
    REQUIRE_OK(enqueue(store, "d"));
    CHECK_EQ(order(store), "bcad");
    REQUIRE_OK(dequeue(store, "c"));
    REQUIRE_OK(dequeue(store, "c"));
    CHECK_EQ(order(store), "bad");
    CHECK(!fs::exists(fixture.folder("c") / "queue.json"));
    CHECK_CONTAINS(REQUIRE_ERROR(enqueue(store, "a", 3, before("c"))).message, "queue");
    CHECK(!enqueue(store, "a", 3, before("a")));
    CHECK(!enqueue(store, "absent"));
}

HILO_TEST(anyNumberOfMovesKeepsTheOrder)
{
    QueueFixture fixture;
    RunStore store = fixture.store();
    for (const char* id : {"a", "b", "c"})
        REQUIRE_OK(enqueue(store, id));
    // Halves the gap each time: the numbers run out and are made anew.
    for (int round = 0; round < 60; ++round)
        REQUIRE_OK(enqueue(store, round % 2 == 0 ? "a" : "b", 3, before("c")));
    CHECK_EQ(order(store), "abc");
}

HILO_TEST(theQueueOutlivesTheDatabase)
{
    QueueFixture fixture;
    {
        RunStore store = fixture.store();
        for (const char* id : {"c", "a", "b"})
            REQUIRE_OK(enqueue(store, id, 5));
    }
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(fixture.project().databaseFile().string() + end);
    RunStore store = fixture.store();
    CHECK_EQ(order(store), "cab");
    const auto queue = REQUIRE_OK(queuedRuns(store.database()));
    CHECK_EQ(queue.front().ticket.maximumAttempts, 5);
}

HILO_TEST(aDamagedTicketTakesNoRunOutOfTheQueue)
{
    QueueFixture fixture;
    RunStore store = fixture.store();
    for (const char* id : {"a", "b"})
        REQUIRE_OK(enqueue(store, id));
    for (const std::string& damage : {std::string(40, '\0'), std::string("{\"position\": "), std::string()}) {
        writeText(fixture.folder("a") / "queue.json", damage);
        REQUIRE_OK(store.scan());
        CHECK_EQ(order(store), "ab");
    }
    CHECK_EQ(attempt(store, "a"), 1);
    CHECK(REQUIRE_OK(readTicket(fixture.folder("a"))).has_value());
}

HILO_TEST(attemptsCountAnewAfterProgress)
{
    QueueFixture fixture;
    RunStore store = fixture.store();
    REQUIRE_OK(enqueue(store, "a"));
    CHECK_EQ(attempt(store, "a"), 1);
    CHECK_EQ(attempt(store, "a"), 2);
    makeCheckpoint(fixture.folder("a"), 10);
    CHECK_EQ(attempt(store, "a"), 1);
    CHECK_EQ(attempt(store, "a"), 2);
    // A damaged checkpoint is no progress.
    writeText(makeCheckpoint(fixture.folder("a"), 20) / "adapter/weights.bin", "");
    CHECK_EQ(attempt(store, "a"), 3);
    CHECK(!REQUIRE_OK(countAttempt(store, "b")).has_value());
}

HILO_TEST(aRunWhoseSpecCannotBeReadIsNotQueued)
{
    QueueFixture fixture;
    RunStore store = fixture.store();
    writeText(fixture.folder("a") / "run.json", "garbage");
    const Error error = REQUIRE_ERROR(enqueue(store, "a"));
    CHECK_CONTAINS(error.message, "run.json cannot be read");
    CHECK_CONTAINS(error.hint, "Restore run.json");
    CHECK_EQ(order(store), "");
}
