// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

namespace hilo {

/// Bytes of a whole fetch, with their speed. add() and takeBack() may be called by any thread, the others by one.
class FetchMeter
{
  public:
    FetchMeter(const Progress& progress, std::string what, std::int64_t total);

    const Progress& progress() const { return progress_; }
    void beginFile(std::string name);
    void add(std::int64_t bytes) { done_ += bytes; }
    /// They have to be fetched again.
    void takeBack(std::int64_t bytes) { done_ -= bytes; }
    /// Bytes that were there already tell nothing of the speed.
    void addWithoutSpeed(std::int64_t bytes);
    void report();
    bool isCancelled() const { return progress_.isCancelled(); }

  private:
    using Clock = std::chrono::steady_clock;
    const Progress& progress_;
    std::string what_, file_;
    std::int64_t total_;
    std::atomic<std::int64_t> done_{0};
    std::deque<std::pair<Clock::time_point, std::int64_t>> past_; ///< of the last seconds
};

} // namespace hilo
