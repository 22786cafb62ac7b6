// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/checkpoints.h"
#include "project/event_stream.h"
#include "project/run_reader.h"
#include "project/run_store.h"
#include "runs/run_history.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <atomic>
#include <memory>
#include <optional>

class QTimer;

namespace hilo {

using RunList = std::shared_ptr<const std::vector<RunSummary>>;

/// Everything about the run that is looked at.
struct RunNews
{
    QString id;
    RunHistory history;
    std::vector<Checkpoint> checkpoints;
    QString log; ///< the end of log.txt
};
using RunNewsPointer = std::shared_ptr<const RunNews>;

/// Lives on a thread of its own: keeps the store's index up to date, follows one run's events, and does all changes.
/// Runs that were started by an earlier desktop, or by hand, are found like any other: by their folders.
class RunWatcher : public QObject
{
    Q_OBJECT
  public:
    RunWatcher();
    ~RunWatcher() override;

    /// The functions below run on the watcher's thread (invoke them there).
    void setProject(const std::string& folder); ///< empty: none
    void follow(const std::string& id);         ///< empty: none
    Status change(const std::function<Status(RunStore&)>& work);

    /// May be set from any thread: ends a long look at the folders.
    std::atomic<bool> stop = false;

  Q_SIGNALS:
    void listed(const hilo::RunList& runs);
    void told(const hilo::RunNewsPointer& news);
    void problem(const QString& sentence);

  private:
    void look();
    void lookAtAll();
    void lookAtRun();

    std::optional<RunStore> store_;
    std::optional<RunReader> reader_;
    QTimer* timer_ = nullptr;
    QElapsedTimer sinceScan_;
    qint64 scanTook_ = 0;
    std::optional<std::int64_t> seenChange_;
    std::string followed_;
    EventCursor cursor_;
    RunNews news_;
    std::string logStamp_;
    bool toldOnce_ = false;
    std::string lastProblem_;
};

} // namespace hilo
