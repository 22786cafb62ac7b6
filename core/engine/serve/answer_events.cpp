// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/answer_events.h"

#include <algorithm>
#include <iterator>

namespace hilo {

void AnswerEvents::push(AnswerEvent event)
{
    {
        const std::lock_guard lock(mutex_);
        events_.push_back(std::move(event));
    }
    more_.notify_one();
}

std::vector<AnswerEvent> AnswerEvents::take(std::chrono::milliseconds wait)
{
    std::unique_lock lock(mutex_);
    more_.wait_for(lock, wait, [this] { return !events_.empty(); });
    std::vector<AnswerEvent> taken(std::make_move_iterator(events_.begin()), std::make_move_iterator(events_.end()));
    events_.clear();
    return taken;
}

void AnswerEvents::cancel(std::size_t answer)
{
    const std::lock_guard lock(mutex_);
    cancelled_[answer] = true;
}

void AnswerEvents::cancelAll()
{
    const std::lock_guard lock(mutex_);
    std::fill(cancelled_.begin(), cancelled_.end(), true);
}

bool AnswerEvents::isCancelled(std::size_t answer) const
{
    const std::lock_guard lock(mutex_);
    return cancelled_[answer];
}

} // namespace hilo
