// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/patience.h"

#include "base/log.h"
#include "hub/hub_text.h"

#include <algorithm>
#include <thread>

namespace hilo {

bool Patience::wait(const HttpReply& reply, const std::function<bool()>& isCancelled)
{
    if (++failed_ >= settings_.attempts || isCancelled())
        return false;
    std::chrono::milliseconds pause = settings_.firstPause * (std::int64_t{1} << std::min(failed_ - 1, 6));
    if (reply.retryAfter) {
        if (*reply.retryAfter > settings_.longestPause)
            return false;
        pause = *reply.retryAfter;
    }
    logger("hub")->info("{}; the next attempt in {} ms",
                        reply.problem.empty() ? originOf(reply.address) + " answered " + std::to_string(reply.status)
                                              : reply.problem,
                        pause.count());
    const auto end = std::chrono::steady_clock::now() + pause;
    while (std::chrono::steady_clock::now() < end) {
        if (isCancelled())
            return false;
        std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(
            std::chrono::milliseconds(100), end - std::chrono::steady_clock::now()));
    }
    return !isCancelled();
}

} // namespace hilo
