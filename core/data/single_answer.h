// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/example.h"

#include <optional>
#include <string>

namespace hilo {

/// Tells whether all examples with a right answer have the same one.
class SingleAnswer
{
  public:
    void see(const Example& example)
    {
        if (example.correct < 0 || static_cast<std::size_t>(example.correct) >= example.labels.size())
            return;
        const std::string& answer = example.labels[static_cast<std::size_t>(example.correct)];
        several_ = several_ || (answer_ && *answer_ != answer);
        answer_ = answer;
    }
    /// Empty where there are several, or none.
    std::string answer() const { return several_ ? std::string() : answer_.value_or(""); }

  private:
    std::optional<std::string> answer_;
    bool several_ = false;
};

} // namespace hilo
