// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/event_stream.h"

#include "core/project/project_fixture.h"
#include "run/event_time.h"
#include "run/event_writer.h"

#include <random>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// Follows a log and keeps the steps it was given.
struct Follower
{
    fs::path folder;
    EventCursor cursor;
    std::vector<int> steps;

    EventFollowing follow(std::uint64_t maximumBytes = std::uint64_t{16} << 20)
    {
        EventFollowing following = REQUIRE_OK(followEvents(
            folder, cursor,
            [&](const Json& event) -> Status {
                steps.push_back(event.value("step", -1));
                return {};
            },
            maximumBytes));
        cursor = following.cursor;
        return following;
    }
};

std::string stepLines(int first, int last)
{
    std::string text;
    for (int step = first; step <= last; ++step)
        text += stepLine(step, 1.0) + "\n";
    return text;
}

std::vector<int> count(int first, int last)
{
    std::vector<int> numbers;
    for (int number = first; number <= last; ++number)
        numbers.push_back(number);
    return numbers;
}

} // namespace

HILO_TEST(goesOnWhereItStopped)
{
    const TemporaryFolder folder;
    Follower follower{folder.path(), {}, {}};
    CHECK_EQ(follower.follow().events, 0);
    appendText(folder / "events.ndjson", stepLines(1, 3));
    CHECK_EQ(follower.follow().events, 3);
    CHECK_EQ(follower.follow().events, 0);
    appendText(folder / "events.ndjson", stepLines(4, 5));
    CHECK_EQ(follower.follow().events, 2);
    CHECK_EQ(follower.steps, count(1, 5));
}

HILO_TEST(aTornLineWaitsForItsEnd)
{
    const TemporaryFolder folder;
    Follower follower{folder.path(), {}, {}};
    const std::string line = stepLine(2, 0.5);
    appendText(folder / "events.ndjson", stepLines(1, 1) + line.substr(0, 20));
    CHECK_EQ(follower.follow().events, 1);
    appendText(folder / "events.ndjson", line.substr(20, 10));
    CHECK_EQ(follower.follow().events, 0);
    appendText(folder / "events.ndjson", line.substr(30) + "\n");
    const EventFollowing last = follower.follow();
    CHECK_EQ(last.events, 1);
    CHECK_EQ(last.skipped + last.torn, 0);
    CHECK_EQ(follower.steps, count(1, 2));
}

HILO_TEST(aKilledWritersLineIsTornAndNoDamage)
{
    const TemporaryFolder folder;
    appendText(folder / "events.ndjson", stepLines(1, 1) + R"({"t":"2026-01-01T00:00:00.000Z","event":"st)");
    {
        EventWriter writer = REQUIRE_OK(EventWriter::open(folder / "events.ndjson"));
        REQUIRE_OK(writer.write("step", {{"step", 2}}));
    }
    Follower follower{folder.path(), {}, {}};
    const EventFollowing following = follower.follow();
    CHECK_EQ(follower.steps, count(1, 2));
    CHECK_EQ(following.torn, 1);
    CHECK_EQ(following.skipped, 0);
}

HILO_TEST(damagedLinesAreCountedAndLeftOut)
{
    const TemporaryFolder folder;
    appendText(folder / "events.ndjson",
               stepLines(1, 1) + std::string(50, '\0') + "\n" + "[1, 2]\n" + "{\"step\": 9}\n" +
                   "{\"event\": \"step\", \"step\": 8, \"event\": \"x\"}\n" + "\n" + stepLines(2, 2));
    Follower follower{folder.path(), {}, {}};
    const EventFollowing following = follower.follow();
    CHECK_EQ(follower.steps, count(1, 2));
    CHECK_EQ(following.skipped, 4);
}

HILO_TEST(aRotatedLogIsReadToItsEndAndThenTheNewOne)
{
    const TemporaryFolder folder;
    Follower follower{folder.path(), {}, {}};
    appendText(folder / "events.ndjson", stepLines(1, 10));
    follower.follow();
    appendText(folder / "events.ndjson", stepLines(11, 12));
    fs::rename(folder / "events.ndjson", folder / "events.ndjson.1");
    CHECK_EQ(follower.follow().events, 2);
    appendText(folder / "events.ndjson", stepLines(13, 13));
    CHECK_EQ(follower.follow().events, 1);
    fs::rename(folder / "events.ndjson.1", folder / "events.ndjson.2");
    fs::rename(folder / "events.ndjson", folder / "events.ndjson.1");
    appendText(folder / "events.ndjson", stepLines(14, 15));
    const EventFollowing last = follower.follow();
    CHECK_EQ(last.events, 2);
    CHECK(!last.sourceLost);
    CHECK_EQ(follower.steps, count(1, 15));
    // Who comes new reads all parts, oldest first.
    Follower fresh{folder.path(), {}, {}};
    fresh.follow();
    CHECK_EQ(fresh.steps, count(1, 15));
}

HILO_TEST(aLogThatLostItsEndIsReportedAndGoesOn)
{
    const TemporaryFolder folder;
    Follower follower{folder.path(), {}, {}};
    appendText(folder / "events.ndjson", stepLines(1, 20));
    follower.follow();
    fs::resize_file(folder / "events.ndjson", stepLines(1, 10).size());
    const EventFollowing cut = follower.follow();
    CHECK(cut.sourceLost);
    CHECK_CONTAINS(cut.problem, "was cut");
    CHECK_EQ(cut.events, 0);
    appendText(folder / "events.ndjson", stepLines(21, 21));
    CHECK_EQ(follower.follow().events, 1);
}

HILO_TEST(aZeroFilledOrReplacedLogIsReported)
{
    const TemporaryFolder folder;
    Follower follower{folder.path(), {}, {}};
    appendText(folder / "events.ndjson", stepLines(1, 20));
    follower.follow();
    const auto size = fs::file_size(folder / "events.ndjson");
    writeText(folder / "events.ndjson", std::string(size, '\0'));
    const EventFollowing zeroed = follower.follow();
    CHECK(zeroed.sourceLost);
    CHECK_CONTAINS(zeroed.problem, "damaged");
    CHECK_CONTAINS(zeroed.problem, "backup");
    writeText(folder / "events.ndjson", eventLine("started", {{"steps", 3}}) + "\n" + stepLines(1, 5));
    Follower other{folder.path(), {}, {}};
    other.follow();
    writeText(folder / "events.ndjson", eventLine("started", {{"steps", 4}}) + "\n" + stepLines(1, 9));
    const EventFollowing replaced = other.follow();
    CHECK(replaced.sourceLost);
    CHECK_CONTAINS(replaced.problem, "replaced");
    fs::remove(folder / "events.ndjson");
    CHECK_CONTAINS(other.follow().problem, "missing");
}

HILO_TEST(aCopyOfTheFolderContinuesAtTheSamePlace)
{
    const TemporaryFolder folder;
    fs::create_directories(folder / "a");
    Follower follower{folder / "a", {}, {}};
    appendText(folder / "a/events.ndjson", stepLines(1, 10));
    follower.follow();
    fs::copy(folder / "a", folder / "b", fs::copy_options::recursive);
    appendText(folder / "b/events.ndjson", stepLines(11, 12));
    follower.folder = folder / "b";
    const EventFollowing following = follower.follow();
    CHECK(!following.sourceLost);
    CHECK_EQ(following.events, 2);
}

HILO_TEST(anyPiecesGiveTheSameEvents)
{
    const std::string whole = stepLines(1, 200);
    std::mt19937 random(3);
    for (int round = 0; round < 10; ++round) {
        const TemporaryFolder folder;
        Follower follower{folder.path(), {}, {}};
        for (std::size_t written = 0; written < whole.size();) {
            const std::size_t piece = std::min<std::size_t>(1 + random() % 700, whole.size() - written);
            appendText(folder / "events.ndjson", whole.substr(written, piece));
            written += piece;
            follower.follow(100 + random() % 300);
        }
        while (follower.follow(500).more) {
        }
        CHECK_EQ(follower.steps, count(1, 200));
    }
}

HILO_TEST(aPieceIsAboutAsLongAsItWasAskedToBe)
{
    const TemporaryFolder folder;
    appendText(folder / "events.ndjson", stepLines(1, 100));
    const auto size = static_cast<std::int64_t>(fs::file_size(folder / "events.ndjson"));
    Follower follower{folder.path(), {}, {}};
    const EventFollowing first = follower.follow(1);
    CHECK(first.more);
    CHECK(first.events > 0 && first.events < 50);
    CHECK(static_cast<std::int64_t>(first.cursor.offset) < size / 2);
    while (follower.follow(1000).more)
        ;
    CHECK_EQ(follower.steps, count(1, 100));
}

HILO_TEST(timesReadBackAsWritten)
{
    for (const std::int64_t milliseconds :
         {std::int64_t{0}, std::int64_t{1767225600250}, std::int64_t{-1}, std::int64_t{253402300799999}})
        CHECK_EQ(parseTime(formatTime(milliseconds)).value_or(7), milliseconds);
    CHECK_EQ(formatTime(1767225600250), "2026-01-01T00:00:00.250Z");
    CHECK_EQ(parseTime("2026-01-01T00:00:00Z").value_or(7), 1767225600000);
    for (const char* bad : {"", "now", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T25:00:00Z",
                            "2026-01-01 00:00:00", "2026-01-01T00:00:00+01:00"})
        CHECK(!parseTime(bad));
}
