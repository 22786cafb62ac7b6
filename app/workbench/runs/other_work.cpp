// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/other_work.h"

#include "background.h"
#include "base/file_lock.h"
#include "settings.h"

#include <QDir>
#include <QTimer>

#include <algorithm>

namespace hilo {
namespace {

constexpr int lookAtOthersEvery = 5000; ///< milliseconds

} // namespace

QStringList servedProjects(const QStringList& folders)
{
    QStringList served;
    for (const QString& folder : folders) {
        const QFileInfoList places =
            QDir(folder + QStringLiteral("/.slots")).entryInfoList({QStringLiteral("worker-*.lock")}, QDir::Files);
        if (std::any_of(places.begin(), places.end(),
                        [](const QFileInfo& place) { return FileLock::isHeld(place.filePath().toStdString()); }))
            served << folder;
    }
    return served;
}

OtherWork::OtherWork(QObject* parent) : QObject(parent), timer_(new QTimer(this))
{
    timer_->setInterval(lookAtOthersEvery);
    connect(timer_, &QTimer::timeout, this, &OtherWork::look);
    timer_->start();
}

void OtherWork::setProject(const QString& folder)
{
    folder_ = folder;
    served_.clear();
    Q_EMIT changed();
    look();
}

void OtherWork::look()
{
    if (std::exchange(isLooking_, true))
        return;
    QStringList folders = settings::recentPaths();
    folders.removeAll(folder_);
    inBackground(
        this, [folders] { return servedProjects(folders); },
        [this, asked = folder_](const QStringList& served) {
            isLooking_ = false;
            if (asked != folder_ || served == served_)
                return;
            served_ = served;
            Q_EMIT changed();
        });
}

} // namespace hilo
