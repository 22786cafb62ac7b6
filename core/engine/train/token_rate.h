// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo {

/// Tokens a second over whole steps. On a GPU a step only queues its work until one is measured, and that one waits for
/// all of it: a rate is right over the steps behind one measured step up to and with the next, never of one of them.
class TokenRate
{
  public:
    void add(std::int64_t tokens, double seconds)
    {
        tokens_ += tokens;
        seconds_ += seconds;
    }
    /// Over all that was added since the last take; 0 where that took no time.
    double take()
    {
        const double rate = seconds_ > 0 ? static_cast<double>(tokens_) / seconds_ : 0;
        *this = {};
        return rate;
    }

  private:
    std::int64_t tokens_ = 0;
    double seconds_ = 0;
};

} // namespace hilo
