// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/silence.h"

#include <algorithm>

namespace hilo {

SilenceWatch::SilenceWatch(std::filesystem::path runFolder, std::chrono::minutes limit)
    : runFolder_(std::move(runFolder)), limit_(limit)
{
}

Result<std::optional<std::int64_t>> SilenceWatch::look(std::int64_t now)
{
    for (bool more = true; more;) {
        HILO_TRY(const EventFollowing followed, followEvents(runFolder_, cursor_, [this](const Json& event) -> Status {
                     result_.apply(readRunEvent(event));
                     return {};
                 }));
        cursor_ = followed.cursor;
        more = followed.more;
        if (followed.events > 0) {
            heardAt_ = now;
            said_ = 0;
        }
    }
    if (!heardAt_ || result_.state != "started")
        return std::optional<std::int64_t>{};
    const std::int64_t minutes = (now - *heardAt_) / 60000;
    if (minutes < std::max<std::int64_t>({1, limit_.count(), 2 * said_}))
        return std::optional<std::int64_t>{};
    said_ = minutes;
    return std::optional(minutes);
}

} // namespace hilo
