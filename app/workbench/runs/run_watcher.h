// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/process_identity.h"
#include "common/handover.h"
#include "index/run_reader.h"
#include "index/run_store.h"
#include "run/checkpoints.h"
#include "run/event_stream.h"
#include "runs/run_history.h"
#include "runs/run_list_model.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <atomic>
#include <memory>
#include <optional>

class QTimer;

namespace hilo {

/// What is new of the run that is looked at.
struct RunNews
{
    QString id;
    bool restart = false; ///< what was told before does not hold any more
    bool more = false;    ///< the log holds more; it comes at once
    RunHistory part;      ///< to append to what was told before
    std::vector<Checkpoint> checkpoints;
    QString log;                            ///< the end of log.txt
    std::optional<ProcessIdentity> process; ///< the last one that worked on it
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
    void listed(const hilo::RunList& runs, const hilo::Handover& handed);
    void told(const hilo::RunNewsPointer& news, const hilo::Handover& handed);
    /// The end of what `hilo work` printed, while runs wait and none has a process.
    void workerSaid(const QString& log, const hilo::Handover& handed);
    void problem(const QString& sentence, const hilo::Handover& handed);

  private:
    void look();
    void lookAtAll();
    void lookAtRun();
    bool isSilenceDue() const;
    void tellOfWorker();

    std::optional<RunStore> store_;
    std::optional<RunReader> reader_;
    QTimer* timer_ = nullptr;
    QElapsedTimer sinceScan_;
    qint64 scanTook_ = 0;
    std::optional<std::int64_t> seenChange_;
    QElapsedTimer sinceListing_;
    bool someRun_ = false;  ///< runs have a process
    bool someWait_ = false; ///< runs wait in the queue
    std::string workerStamp_;
    std::string followed_;
    EventCursor cursor_;
    std::vector<Checkpoint> checkpoints_;
    QString log_;
    std::string logStamp_;
    bool toldOnce_ = false;
    bool restart_ = false;
    std::string lastProblem_;
};

} // namespace hilo
