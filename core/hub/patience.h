// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "hub/http_connection.h"

#include <functional>

namespace hilo {

/// How long to wait between attempts, and when to give up: as long as a server asks for by Retry-After, else twice as
/// long every time. An attempt that brought something counts as the first one again.
class Patience
{
  public:
    explicit Patience(const HubSettings& settings) : settings_(settings) {}

    void succeeded() { failed_ = 0; }
    /// Waits before the next attempt; false when there should be none: too many have failed, the server asks for too
    /// long a pause, or it was cancelled.
    bool wait(const HttpReply& reply, const std::function<bool()>& isCancelled);

  private:
    const HubSettings& settings_;
    int failed_ = 0;
};

} // namespace hilo
