// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace hilo {

/// Appends one JSON object a line to events.ndjson, with "t" (UTC, ISO 8601, milliseconds) and "event" in front.
/// Each line is one write; important ones (all but "step" and "routing") are synced.
class EventWriter
{
  public:
    /// Opens for appending; a torn last line from a crash is ended with a newline first.
    static Result<EventWriter> open(const std::filesystem::path& eventsFile);
    EventWriter(EventWriter&&) noexcept;
    EventWriter& operator=(EventWriter&&) noexcept;
    ~EventWriter();

    Status write(const std::string& event, const Json& fields);

  private:
    explicit EventWriter(int descriptor);
    int descriptor_ = -1;
};

/// Reads the complete lines after byte offset; ignores lines that are not JSON objects (counted in skipped) and a torn
/// last line. Returns the offset to continue from.
struct EventBatch
{
    std::vector<Json> events;
    std::uint64_t nextOffset = 0;
    std::int64_t skipped = 0;
};
Result<EventBatch> readEvents(const std::filesystem::path& eventsFile, std::uint64_t offset = 0);

} // namespace hilo
