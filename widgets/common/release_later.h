// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/handover.h"

#include <QThreadPool>

#include <memory>

namespace hilo {

/// Lets go of something large on another thread: ten thousand runs take a moment to go, too.
template <class T>
void releaseLater(std::shared_ptr<T> value)
{
    if (!value)
        return;
    QThreadPool::globalInstance()->start([gone = std::move(value), handed = Handover()]() mutable {
        handed.take();
        gone.reset();
    });
}

} // namespace hilo
