// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/event_stream.h"
#include "run/run_result.h"

#include <chrono>
#include <filesystem>
#include <optional>

namespace hilo {

/// Follows a run's events and says for how long there was none.
class SilenceWatch
{
  public:
    explicit SilenceWatch(std::filesystem::path runFolder, std::chrono::minutes limit = std::chrono::minutes(10));

    /// Reads what is new. now: milliseconds of a clock that does not jump (millisecondsSinceBoot). The minutes without
    /// an event where it is time to say so: at the limit, then whenever they have doubled. Nothing while the run is
    /// paused or over, or before its first event.
    Result<std::optional<std::int64_t>> look(std::int64_t now);

  private:
    std::filesystem::path runFolder_;
    std::chrono::minutes limit_;
    EventCursor cursor_;
    RunResult result_;
    std::optional<std::int64_t> heardAt_;
    std::int64_t said_ = 0; ///< minutes
};

} // namespace hilo
