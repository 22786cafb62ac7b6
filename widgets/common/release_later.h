// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThreadPool>

#include <memory>

namespace hilo {

/// Lets go of something large on another thread: ten thousand runs take a moment to go, too.
template <class T>
void releaseLater(std::shared_ptr<T> value)
{
    if (value)
        QThreadPool::globalInstance()->start([gone = std::move(value)]() mutable { gone.reset(); });
}

} // namespace hilo
