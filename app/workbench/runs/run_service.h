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
    const std::vector<RunSummary>& runs() const { return *runs_; }
    const RunSummary* find(const QString& id) const;
    /// The folder of a run of the open project.
    QString runFolder(const QString& id) const;

    /// The run that newsChanged() tells of; empty: none.
    void follow(const QString& id);
    /// Null until the first news of the followed run.
    const RunNewsPointer& news() const { return news_; }

    /// Runs work on the store's own thread, then done (which may be empty) here, unless context is gone.
    void change(QObject* context, std::function<Status(RunStore&)> work, std::function<void(const Status&)> done = {});
    /// Starts `hilo work` for the open project; it outlives the desktop. One that works already is no harm.
    Status startWorker();

  Q_SIGNALS:
    void projectChanged();
    void runsChanged();
    void newsChanged();
    void problem(const QString& sentence);

  private:
    QThread thread_;
    RunWatcher* watcher_;
    QString folder_;
    RunList runs_;
    QString followed_;
    RunNewsPointer news_;
};

} // namespace hilo
