// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/handover.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace hilo {

/// Runs work() on another thread and gives its value to done() on this one, unless context is gone by then. work must
/// not touch widgets. The program waits for all work at its end.
template <class Work, class Done>
void inBackground(QObject* context, Work work, Done done)
{
    QPointer<QObject> guard(context);
    QThreadPool::globalInstance()->start(
        [guard, work = std::move(work), done = std::move(done), handed = Handover()]() mutable {
            handed.take();
            auto value = std::make_shared<decltype(work())>(work());
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard, value, done = std::move(done), handed = Handover()]() mutable {
                    handed.take();
                    if (guard)
                        done(std::move(*value));
                },
                Qt::QueuedConnection);
        });
}

} // namespace hilo
