// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace hilo {

/// Qt's queues order what one thread does before with what another does after, by locks that ThreadSanitizer does not
/// see in a Qt that was built without it. As the last capture of what is queued, or the last argument of a queued
/// signal, it is copied behind all that is given; the taking thread calls take() before it touches any of it.
class Handover
{
  public:
    Handover() { give(); }
    Handover(const Handover&) { give(); }
    Handover(Handover&&) noexcept { give(); }
    Handover& operator=(const Handover&) = default;
    Handover& operator=(Handover&&) noexcept = default;
    ~Handover() = default;

    static void take() { static_cast<void>(given.load(std::memory_order_acquire)); }

  private:
    static void give() { given.fetch_add(1, std::memory_order_release); }

    static inline std::atomic<unsigned> given = 0;
};

} // namespace hilo
