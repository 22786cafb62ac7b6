// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_store.h"
#include "queue/run_queue.h"
#include "queue/slurm_client.h"
#include "queue/slurm_record.h"
#include "queue/work_notice.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hilo {

struct SlurmWorkOptions
{
    std::vector<std::string> sbatchOptions; ///< the user's own: partition, account, time limit, …
    std::filesystem::path program;          ///< hilo, as the nodes find it
    std::filesystem::path commands;         ///< folder of Slurm's commands; empty: found by PATH
    bool untilEmpty = true;                 ///< ends when the queue is empty; else waits for more
    std::chrono::milliseconds poll{2000};   ///< between two looks; each asks Slurm once
    std::chrono::seconds notice{120};       ///< before a job's time limit, for its checkpoint
    std::size_t mostJobs = 500;             ///< of this project that are given to Slurm at once
    /// Bytes at a run's peak; 0: unknown, and no memory is asked for.
    std::function<std::int64_t(const QueuedRun&)> memoryOf = [](const QueuedRun&) { return 0; };
    std::function<void(const std::string&)> say = [](const std::string&) {};
    std::function<void(const WorkNotice&)> notify = [](const WorkNotice&) {};
    const std::atomic<bool>* stop = nullptr;
};

/// Of a run that was taken out of the queue: cancels the job in which it waits. One that runs goes on; no error where
/// there is none. Error: this machine does not reach Slurm.
Status cancelWaitingJob(const std::filesystem::path& runFolder);

/// Gives a project's queued runs to Slurm, a job each, and looks after them: a job that ended before its run did (time
/// limit, preemption, a lost node, scancel) is submitted anew and goes on from the newest checkpoint, a bounded number
/// of times without progress.
///
/// What is known of a run's job stands in its folder before the job is submitted, and a submission that is on its way
/// holds a lock: so this may be killed at any moment and started again, also on another machine, and no run is
/// submitted twice. The nodes write into run folders alone; the index has this one writer.
class SlurmWorker
{
  public:
    SlurmWorker(RunStore& store, SlurmWorkOptions options);
    /// Ends with Cancelled when stopped; the jobs go on. BadInput: Slurm refuses a submission, in its words.
    Status work();

  private:
    /// One look at Slurm and at the queue; how many runs are not over.
    Result<std::size_t> look(bool lookAtAll);
    /// False when the run has left the queue.
    Result<bool> attend(const QueuedRun& run);
    Status submit(const QueuedRun& run);
    /// Slurm is done with the run's job; false when the run is over.
    Result<bool> settle(const QueuedRun& run, const SlurmRecord& record, const SlurmJob* job);
    Status followJob(const QueuedRun& run, const SlurmRecord& record, const SlurmJob& job);
    /// Jobs of runs that were taken out of the queue are cancelled, those that run after they have heard it themselves.
    Status endLeftovers(const std::vector<QueuedRun>& queue);
    const SlurmJob* jobOf(const SlurmRecord& record) const;
    void sayOnce(const std::string& id, const std::string& text);

    RunStore& store_;
    SlurmWorkOptions options_;
    SlurmClient client_;
    std::vector<SlurmJob> jobs_;              ///< of the last look
    std::size_t alive_ = 0;                   ///< of them this project's that may still run
    std::map<std::string, std::string> said_; ///< last text by run
    std::set<std::string> absent_;            ///< runs whose job the look before did not find
    bool isAway_ = false;
};

} // namespace hilo
