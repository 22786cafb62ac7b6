// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_watcher.h"

#include <QThread>

namespace hilo {

/// The open project's runs, for the pages: a list, the news of one run, and changes. Never blocks the interface.
class RunService : public QObject
{
    Q_OBJECT
  public:
    explicit RunService(QObject* parent = nullptr);
    ~RunService() override;

    void setProject(const QString& folder);
    QString folder() const { return folder_; }
    /// In the order of the list of runs.
    const std::vector<RunSummary>& runs() const { return *runs_; }
    RunList list() const { return runs_; }
    const RunSummary* find(const QString& id) const;
    /// The folder of a run of the open project.
    QString runFolder(const QString& id) const;
    /// Those of all runs, in the order of the list.
    QStringList runFolders() const;

    /// The run that newsChanged() tells of; empty: none.
    void follow(const QString& id);
    QString followed() const { return followed_; }
    /// What the followed run's events told so far; grows with newsChanged(), and another object takes its place when
    /// what was told does not hold any more. Null until the first news.
    std::shared_ptr<const RunHistory> history() const { return history_; }
    const std::vector<Checkpoint>& checkpoints() const { return checkpoints_; }
    QString log() const { return log_; }
    /// The process that worked on the followed run last; 0: none.
    qint64 processId() const { return processId_; }
    /// The end of what `hilo work` printed last, when runs wait and none has a process.
    QString workerLog() const { return workerLog_; }

    /// Runs work on the store's own thread, then done (which may be empty) here, unless context is gone.
    void change(QObject* context, std::function<Status(RunStore&)> work, std::function<void(const Status&)> done = {});
    /// Starts `hilo work` for the open project; it outlives the desktop. One that works already is no harm.
    Status startWorker();

  Q_SIGNALS:
    void projectChanged();
    void runsChanged();
    void workerLogChanged();
    void newsChanged();
    void problem(const QString& sentence);

  private:
    void take(const RunNewsPointer& news);

    QThread thread_;
    RunWatcher* watcher_;
    QString folder_;
    RunList runs_;
    QString followed_;
    std::shared_ptr<RunHistory> history_;
    std::vector<Checkpoint> checkpoints_;
    QString log_;
    qint64 processId_ = 0;
    QString workerLog_;
};

/// Those of the run folders that hold a trained adapter. Reads the disk: for work in the background.
QStringList withAdapters(const QStringList& runFolders);

} // namespace hilo
