// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/silence.h"

#include "run/event_writer.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

constexpr std::int64_t minute = 60000;

} // namespace

HILO_TEST(silenceIsSaidAtTheLimitAndWheneverItHasDoubled)
{
    const TemporaryFolder folder;
    SilenceWatch watch(folder.path());
    CHECK(!REQUIRE_OK(watch.look(0)));
    CHECK(!REQUIRE_OK(watch.look(100 * minute))); // nothing has begun
    EventWriter events = REQUIRE_OK(EventWriter::open(folder / "events.ndjson"));
    REQUIRE_OK(events.write("started", {{"steps", 10}}));
    CHECK(!REQUIRE_OK(watch.look(101 * minute)));
    CHECK(!REQUIRE_OK(watch.look(110 * minute)));
    CHECK_EQ(REQUIRE_OK(watch.look(111 * minute)).value_or(-1), 10);
    CHECK(!REQUIRE_OK(watch.look(112 * minute)));
    CHECK(!REQUIRE_OK(watch.look(120 * minute)));
    CHECK_EQ(REQUIRE_OK(watch.look(121 * minute)).value_or(-1), 20);
    // It goes on: the count starts anew.
    REQUIRE_OK(events.write("step", {{"step", 1}, {"loss", 2.0}}));
    CHECK(!REQUIRE_OK(watch.look(122 * minute)));
    CHECK(!REQUIRE_OK(watch.look(131 * minute)));
    CHECK_EQ(REQUIRE_OK(watch.look(132 * minute)).value_or(-1), 10);
}

HILO_TEST(aRunThatPausesOrIsOverIsNotSilent)
{
    const TemporaryFolder folder;
    EventWriter events = REQUIRE_OK(EventWriter::open(folder / "events.ndjson"));
    REQUIRE_OK(events.write("started", {{"steps", 10}}));
    REQUIRE_OK(events.write("paused", {{"step", 1}}));
    SilenceWatch watch(folder.path());
    CHECK(!REQUIRE_OK(watch.look(0)));
    CHECK(!REQUIRE_OK(watch.look(1000 * minute)));
    REQUIRE_OK(events.write("resumed", {{"step", 1}}));
    CHECK(!REQUIRE_OK(watch.look(1000 * minute)));
    CHECK_EQ(REQUIRE_OK(watch.look(1010 * minute)).value_or(-1), 10);
    REQUIRE_OK(events.write("finished", {{"step", 10}}));
    CHECK(!REQUIRE_OK(watch.look(2000 * minute)));
}
