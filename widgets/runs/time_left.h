// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"

#include <deque>
#include <map>
#include <optional>
#include <string>

namespace hilo {

/// How long runs still take, from the pace of their last minutes: a pause or a restart long ago does not count.
class TimeLeft
{
  public:
    /// Takes in what is known of a run now.
    void observe(const RunSummary& run);
    /// Seconds; nothing for a run that is not running, or whose pace is not known.
    std::optional<double> of(const RunSummary& run) const;

  private:
    struct Sample
    {
        std::int64_t step, milliseconds;
    };
    std::map<std::string, std::deque<Sample>> samples_;
};

} // namespace hilo
