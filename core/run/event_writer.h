// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <string>

namespace hilo {

/// Appends one JSON object a line to events.ndjson, with "t" (UTC, ISO 8601, milliseconds) and "event" in front.
/// Each line is one write; important ones (all but "step" and "routing") are synced. A line that could not be written
/// in full (a full disk) is an error, and the next one begins on a line of its own. For reading see event_stream.h.
class EventWriter
{
  public:
    /// Opens for appending; a torn last line from a crash is ended with a newline first.
    static Result<EventWriter> open(const std::filesystem::path& eventsFile);
    EventWriter(EventWriter&& other) noexcept;
    EventWriter& operator=(EventWriter&& other) noexcept;
    ~EventWriter();

    Status write(const std::string& event, const Json& fields);

  private:
    EventWriter(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    std::filesystem::path path_;
    int descriptor_ = -1;
    bool torn_ = false; ///< the last line has no end
};

} // namespace hilo
