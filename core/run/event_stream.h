// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <functional>
#include <string>

namespace hilo {

/// Where a reader of a run's events stopped. The prints let it find its place again after the file was rotated (moved
/// to events.ndjson.1, .2, …), copied, truncated or replaced; inode numbers would not survive a copy of the project.
struct EventCursor
{
    std::uint64_t offset = 0; ///< in the part that the prints belong to
    std::string headPrint;    ///< SHA-256 of the first min(offset, 256) bytes; empty at offset 0
    std::string tailPrint;    ///< SHA-256 of the last min(offset, 256) bytes before offset
    bool operator==(const EventCursor&) const = default;
};

/// What was found when the events were followed from a cursor.
struct EventFollowing
{
    EventCursor cursor;       ///< where to go on
    std::int64_t events = 0;  ///< given to the receiver
    std::int64_t skipped = 0; ///< damaged lines: ended, but no events, and not the beginning of one either
    std::int64_t torn = 0;    ///< lines that a killed process left unfinished and its successor ended
    bool more = false;        ///< maximumBytes ended the reading
    bool sourceLost = false;  ///< events that were read before are not in the files any more
    std::string problem;      ///< what was wrong with the files, for people; empty when nothing
};

using EventReceiver = std::function<Status(const Json& event)>;

/// A line that tells nothing, or not all that it should.
struct DamagedLine
{
    std::string file;      ///< the part of the log, "events.ndjson"
    std::int64_t line = 0; ///< from 1 at the cursor: the number in the file where the reading began at its beginning
    std::string reason;    ///< "not JSON"
    bool partly = false;   ///< the rest of the line counts; reason says what does not
};
using DamageReceiver = std::function<void(const DamagedLine&)>;

/// Gives every complete line after the cursor to receive, oldest first, at most about maximumBytes of them; a torn last
/// line waits for its end. Memory use does not grow with the file. damaged, if given, hears of the lines that are
/// skipped and of the events that are of no use (RunEvent::Unusable) or not wholly (unusableValues), which receive is
/// given all the same.
Result<EventFollowing> followEvents(const std::filesystem::path& runFolder, const EventCursor& cursor,
                                    const EventReceiver& receive, std::uint64_t maximumBytes = std::uint64_t{16} << 20,
                                    const DamageReceiver& damaged = {});

/// All parts of the event log, oldest first: events.ndjson.2, events.ndjson.1, events.ndjson.
std::vector<std::filesystem::path> eventParts(const std::filesystem::path& runFolder);

} // namespace hilo
