// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_service.h"

#include "common/handover.h"
#include "common/release_later.h"
#include "program_runner.h"
#include "run/adapter_place.h"

#include <QDir>
#include <QPointer>

namespace hilo {

RunService::RunService(QObject* parent)
    : QObject(parent), watcher_(new RunWatcher), runs_(std::make_shared<const std::vector<RunSummary>>())
{
    qRegisterMetaType<RunList>("hilo::RunList");
    qRegisterMetaType<RunNewsPointer>("hilo::RunNewsPointer");
    qRegisterMetaType<Handover>("hilo::Handover");
    watcher_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, watcher_, &QObject::deleteLater);
    connect(watcher_, &RunWatcher::listed, this, [this](const RunList& runs) {
        Handover::take();
        releaseLater(std::exchange(runs_, runs));
        Q_EMIT runsChanged();
    });
    connect(watcher_, &RunWatcher::told, this, &RunService::take);
    connect(watcher_, &RunWatcher::workerSaid, this, [this](const QString& log) {
        Handover::take();
        workerLog_ = log;
        Q_EMIT workerLogChanged();
    });
    connect(watcher_, &RunWatcher::problem, this, &RunService::problem);
    thread_.start();
}

RunService::~RunService()
{
    watcher_->stop = true;
    thread_.quit();
    thread_.wait();
}

void RunService::take(const RunNewsPointer& news)
{
    Handover::take();
    if (news->id != followed_)
        return;
    if (news->restart || !history_)
        history_ = std::make_shared<RunHistory>();
    history_->append(news->part);
    checkpoints_ = news->checkpoints;
    log_ = news->log;
    processId_ = news->process ? news->process->pid : 0;
    Q_EMIT newsChanged();
}

void RunService::setProject(const QString& folder)
{
    folder_ = folder;
    workerLog_.clear();
    follow({});
    QMetaObject::invokeMethod(watcher_, [watcher = watcher_, path = folder.toStdString(), handed = Handover()] {
        handed.take();
        watcher->setProject(path);
    });
    Q_EMIT projectChanged();
}

const RunSummary* RunService::find(const QString& id) const
{
    const std::string wanted = id.toStdString();
    const auto found =
        std::find_if(runs_->begin(), runs_->end(), [&](const RunSummary& run) { return run.id == wanted; });
    return found == runs_->end() ? nullptr : &*found;
}

QString RunService::runFolder(const QString& id) const
{
    return QDir(folder_).filePath(QStringLiteral("runs/") + id);
}

QStringList RunService::runFolders() const
{
    QStringList folders;
    for (const RunSummary& run : runs())
        folders << runFolder(QString::fromStdString(run.id));
    return folders;
}

void RunService::follow(const QString& id)
{
    if (id == followed_)
        return;
    followed_ = id;
    history_.reset();
    checkpoints_.clear();
    log_.clear();
    processId_ = 0;
    Q_EMIT newsChanged();
    QMetaObject::invokeMethod(watcher_, [watcher = watcher_, run = id.toStdString(), handed = Handover()] {
        handed.take();
        watcher->follow(run);
    });
}

void RunService::change(QObject* context, std::function<Status(RunStore&)> work,
                        std::function<void(const Status&)> done)
{
    QMetaObject::invokeMethod(watcher_, [this, watcher = watcher_, guard = QPointer<QObject>(context),
                                         work = std::move(work), done = std::move(done), handed = Handover()] {
        handed.take();
        const Status status = watcher->change(work);
        QMetaObject::invokeMethod(this, [guard, done, status, handed = Handover()] {
            handed.take();
            if (guard && done)
                done(status);
        });
    });
}

Status RunService::startWorker()
{
    if (folder_.isEmpty())
        return failure(wrongUsage("No project is open.", "Open one on the start page."));
    return ProgramRunner::startDetached({QStringLiteral("work"), folder_, QStringLiteral("--unless-served")},
                                        QDir(folder_).filePath(QStringLiteral("runs/worker.log")));
}

QStringList withAdapters(const QStringList& runFolders)
{
    QStringList found;
    for (const QString& folder : runFolders)
        if (hasAdapter(folder.toStdString()))
            found << folder;
    return found;
}

} // namespace hilo
