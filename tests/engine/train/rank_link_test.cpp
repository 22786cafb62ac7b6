// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that are connected as those of a run are, and end in every way at every place.
#include "engine/train/rank_link.h"

#include "engine/train/rank_socket.h"
#include "support/testing.h"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

using namespace hilo;
using namespace hilo::testing;

namespace {

using Part = std::function<int(RankLink&, int rank)>;

RankLinkSettings quick()
{
    RankLinkSettings settings;
    settings.patience = std::chrono::seconds(30);
    settings.grace = std::chrono::milliseconds(300);
    settings.farewell = std::chrono::milliseconds(300);
    return settings;
}

/// A process for each rank, which are ended when they do not end by themselves.
class Ranks
{
  public:
    Ranks(int size, const Part& part)
    {
        int addresses[2];
        if (pipe(addresses) != 0)
            fail("no pipe", __FILE__, __LINE__);
        for (int rank = 0; rank < size; ++rank) {
            const pid_t child = fork();
            if (child == 0) {
                try {
                    _exit(live(size, rank, addresses, part));
                } catch (const std::exception&) {
                    _exit(94);
                }
            }
            children_.push_back(child);
        }
        close(addresses[0]);
        close(addresses[1]);
    }
    ~Ranks()
    {
        for (const pid_t child : children_)
            if (child > 0) {
                kill(child, SIGKILL);
                waitpid(child, nullptr, 0);
            }
    }
    /// How a rank ended: its exit code, or minus its signal.
    int end(int rank)
    {
        int status = 0;
        for (int i = 0; i < 3000; ++i) {
            if (waitpid(children_[static_cast<std::size_t>(rank)], &status, WNOHANG) != 0) {
                children_[static_cast<std::size_t>(rank)] = 0;
                return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
            }
            usleep(10000);
        }
        return -1000; // it hangs
    }

  private:
    static int live(int size, int rank, const int (&addresses)[2], const Part& part)
    {
        char text[128] = {};
        if (rank == 0) {
            const auto link = RankLink::listen(size, true, {}, quick());
            (*link)->address().copy(text, sizeof text - 1);
            for (int other = 1; other < size; ++other)
                if (write(addresses[1], text, sizeof text) < 0)
                    return 90;
            if (!(*link)->acceptAll())
                return 91;
            return part(**link, rank);
        }
        if (read(addresses[0], text, sizeof text) < 0)
            return 92;
        const auto link = RankLink::connect("127.0.0.1", text, rank, size, {}, quick());
        return link ? part(**link, rank) : 93;
    }

    std::vector<pid_t> children_;
};

/// Waits for the others in one of the ways of a run, after a meeting; returns when that throws.
enum class Waiting { ForFirst, ToMeet, InASum };

int waitForOthers(RankLink& link, int rank, Waiting waiting)
{
    try {
        link.meet();
        if (waiting == Waiting::InASum)
            for (;;)
                pause();
        for (;;) {
            if (waiting == Waiting::ToMeet) {
                link.meet();
            } else {
                link.fromFirst(1);
                if (rank == 0)
                    usleep(1000);
            }
        }
    } catch (const RanksEnded& ended) {
        return static_cast<int>(link.fail(internalError(ended.what()), false).error.code);
    }
}

} // namespace

HILO_TEST(whatTheFirstSaysComesToAllInItsOrder)
{
    Ranks ranks(3, [](RankLink& link, int rank) {
        for (std::int64_t i = 0; i < 500; ++i) {
            if (link.fromFirst(rank == 0 ? i * i - 7 : 0) != i * i - 7)
                return 1;
            if (i % 50 == 0)
                link.meet();
        }
        link.leave();
        return 0;
    });
    for (int rank = 0; rank < 3; ++rank)
        CHECK_EQ(ranks.end(rank), 0);
}

HILO_TEST(theFirstMayTakeLongerThanTheOthersLive)
{
    Ranks ranks(3, [](RankLink& link, int rank) {
        link.meet();
        if (rank == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(800));
        link.leave();
        return 0;
    });
    for (const int rank : {1, 2, 0})
        CHECK_EQ(ranks.end(rank), 0);
}

HILO_TEST(whoIsKilledEndsTheOthersWhereverTheyAre)
{
    for (const Waiting waiting : {Waiting::ForFirst, Waiting::ToMeet, Waiting::InASum})
        for (const int dying : {0, 1, 2}) {
            Ranks ranks(3, [=](RankLink& link, int rank) {
                if (rank == dying) {
                    link.meet();
                    kill(getpid(), SIGKILL);
                }
                return waitForOthers(link, rank, waiting);
            });
            for (int rank = 0; rank < 3; ++rank)
                CHECK_EQ(ranks.end(rank), rank == dying ? -SIGKILL : 5);
        }
}

HILO_TEST(whatOneHasFoundWrongAllSay)
{
    const TemporaryFolder folder;
    for (const Waiting waiting : {Waiting::ForFirst, Waiting::ToMeet, Waiting::InASum})
        for (const int failing : {0, 1, 2}) {
            Ranks ranks(3, [&, waiting, failing](RankLink& link, int rank) {
                const auto note = [&](const RankTrouble& trouble) {
                    writeText(folder / std::to_string(rank), describe(trouble.error) + (trouble.vanished ? "!" : ""));
                };
                link.setLastWords(note);
                if (rank == failing) {
                    link.meet();
                    const Error error = badInput("data.csv", "line 7", "It is torn.", "Mend it.");
                    return static_cast<int>(link.fail(error, false).error.code);
                }
                waitForOthers(link, rank, waiting);
                const RankTrouble trouble = link.fail(internalError("another"), false);
                note(trouble);
                return static_cast<int>(trouble.error.code);
            });
            for (int rank = 0; rank < 3; ++rank) {
                CHECK_EQ(ranks.end(rank), 3);
                if (rank == failing)
                    continue;
                const std::string said = readText(folder / std::to_string(rank));
                CHECK_CONTAINS(said, "data.csv: line 7: The process of rank " + std::to_string(failing) + " failed");
                CHECK_CONTAINS(said, "Mend it.");
                CHECK(!said.ends_with('!'));
            }
        }
}

HILO_TEST(aCauseIsWaitedForWhereASumBreaksOffBeforeIt)
{
    Ranks ranks(2, [](RankLink& link, int rank) {
        if (rank == 1) {
            usleep(200000);
            return static_cast<int>(link.fail(noSpace("full"), false).error.code);
        }
        return static_cast<int>(link.fail(internalError("connection reset"), true).error.code);
    });
    CHECK_EQ(ranks.end(0), 4);
    CHECK_EQ(ranks.end(1), 4);
}

HILO_TEST(whoCannotSayFarewellIsEnded)
{
    // A destructor that waits for sums of others, for example.
    Ranks ranks(2, [](RankLink& link, int) {
        link.fail(noSpace("full"), false);
        for (;;)
            pause();
        return 0;
    });
    CHECK_EQ(ranks.end(0), 4);
    CHECK_EQ(ranks.end(1), 4);
}

HILO_TEST(whoeverIsAskedToEndTheFirstHears)
{
    std::atomic<bool> flag{false};
    const Progress asked({}, &flag);
    const auto first = REQUIRE_OK(RankLink::listen(2, true, {}, quick()));
    Status accepted;
    std::thread accepting([&] { accepted = first->acceptAll(); });
    const auto other = REQUIRE_OK(RankLink::connect("127.0.0.1", first->address(), 1, 2, asked, quick()));
    accepting.join();
    REQUIRE_OK(accepted);
    CHECK(!first->progress().isCancelled());
    flag = true;
    for (int i = 0; i < 3000 && !first->progress().isCancelled(); ++i)
        usleep(10000);
    CHECK(first->progress().isCancelled());
    // It goes on itself until the first has kept what there is.
    CHECK(!other->progress().isCancelled());
    CHECK_EQ(first->fromFirst(1), 1);
    CHECK_EQ(other->fromFirst(0), 1);
    first->leave();
    other->leave();
}

HILO_TEST(whoDoesNotComeIsNotWaitedForForever)
{
    RankLinkSettings settings = quick();
    settings.patience = std::chrono::milliseconds(200);
    const auto alone = REQUIRE_OK(RankLink::listen(3, true, {}, settings));
    CHECK_CONTAINS(REQUIRE_ERROR(alone->acceptAll()).message, "Only 1 of 3");
    const auto child = REQUIRE_OK(RankLink::listen(2, true, {}, quick()));
    CHECK_CONTAINS(REQUIRE_ERROR(child->acceptAll([] { return std::string("It is dead."); })).message, "It is dead.");
    const std::atomic<bool> flag{true};
    const auto cancelling = REQUIRE_OK(RankLink::listen(2, true, Progress({}, &flag), quick()));
    CHECK(REQUIRE_ERROR(cancelling->acceptAll()).code == ErrorCode::Cancelled);
    CHECK(!RankLink::connect("127.0.0.1", "1 token", 1, 2, {}, quick()));
}

HILO_TEST(strangersAndSecondsOfARankAreNoneOfTheRun)
{
    const auto first = REQUIRE_OK(RankLink::listen(3, true, {}, quick()));
    const int port = std::stoi(first->address());
    RankSocket stranger = REQUIRE_OK(RankSocket::connect("127.0.0.1", port));
    stranger.send('i', "guess 1");
    RankSocket garbage = REQUIRE_OK(RankSocket::connect("127.0.0.1", port));
    garbage.send('\xff', std::string(5000, '\xff'));
    const auto one = REQUIRE_OK(RankLink::connect("127.0.0.1", first->address(), 1, 3, {}, quick()));
    const auto again = REQUIRE_OK(RankLink::connect("127.0.0.1", first->address(), 1, 3, {}, quick()));
    CHECK_CONTAINS(REQUIRE_ERROR(first->acceptAll()).message, "two processes of rank 1");
    one->fail(cancelled(), true);
    again->fail(cancelled(), false);
}
