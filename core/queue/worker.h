// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "queue/device_slots.h"
#include "queue/launcher.h"
#include "queue/run_queue.h"
#include "queue/work_notice.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hilo {

struct WorkOptions
{
    std::vector<std::string> devices = {"cpu"}; ///< one run at a time on each; "cpu" may be named several times
    bool untilEmpty = true;                     ///< ends when nothing is queued or runs; else waits for more
    std::chrono::milliseconds poll{500};
    std::chrono::minutes silence{10};                          ///< after which "no signal" is said
    std::uint64_t minimumFreeBytes = std::uint64_t{256} << 20; ///< no run is started on a disk with less
    std::filesystem::path program = ownProgram();              ///< tests name a stand-in
    std::function<void(const std::string&)> say = [](const std::string&) {};
    /// Runs that have ended or stand still, and a queue that is done.
    std::function<void(const WorkNotice&)> notice = [](const WorkNotice&) {};
    const std::atomic<bool>* stop = nullptr;
};

/// Takes queued runs and starts each as a process of its own on a device that is free, or on as many as it needs; a run
/// that fails does not stop the others; one whose process died is resumed from its last checkpoint, a bounded number of
/// times.
///
/// The worker keeps nothing in memory that matters: which runs live is told by their locks, so that it may be killed
/// and started again at any time, and so that two of them never start the same run. Ends with Cancelled when stopped;
/// the runs go on. Ends with BadInput, after all others are trained, when a run is left that needs more devices at once
/// than the worker serves.
class Worker
{
  public:
    Worker(RunStore& store, WorkOptions options);
    Status work();

  private:
    /// What one look at the queue left to do.
    struct Pending
    {
        int live = 0;
        int waiting = 0;
        std::vector<std::string> tooLarge; ///< runs that need more devices at once than there are
    };
    Result<Pending> tick(bool lookAtAll);
    /// Starts what finds its devices, in the order of the queue.
    Status startReady(const std::vector<QueuedRun>& ready, Pending& pending);
    /// Says, once, what a run asks for that this worker does not serve.
    void sayUnplaceable(const QueuedRun& run);
    /// Looks after one run of the queue; true when it may be started.
    Result<bool> attend(const QueuedRun& run, Pending& pending);
    /// Looks after runs that were taken out of the queue while they ran: they are waited for, and their end is said.
    Status attendLeftovers(const std::vector<QueuedRun>& queue, Pending& pending);
    /// One broken run must not stop the others: says what is wrong with it, and counts it as waiting for a while.
    void complain(const std::string& id, const Error& error, Pending& pending);
    void forgetTrouble(const std::string& id);
    /// False, and said once, when the disk is too full to start anything.
    bool hasSpace();
    /// Reads a live run's news and says when it is silent.
    Status follow(const std::string& id);
    /// Ends a queued run that is over; true when it may be started.
    Result<bool> settle(const QueuedRun& run);
    /// Says it, and gives notice of it.
    Status tellOutcome(const std::string& id);
    Status giveUp(const QueuedRun& run, const std::string& why);
    /// True when it was started.
    Result<bool> start(const QueuedRun& run, const TakenDevices& devices);
    void reap();

    RunStore& store_;
    WorkOptions options_;
    DeviceSlots slots_;
    std::vector<pid_t> children_;
    std::set<std::string> live_;                     ///< runs that lived at the last look
    std::map<std::string, std::int64_t> saidSilent_; ///< minutes of silence said last, by run
    std::map<std::string, bool> saidUnplaceable_;
    std::map<std::string, int> failures_; ///< of looking after a run, one after the other
    std::map<std::string, std::string> saidProblem_;
    bool saidFull_ = false;
    std::string lastProblem_;
};

} // namespace hilo
