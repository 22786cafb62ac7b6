// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/slurm_worker.h"

#include "base/atomic_file.h"
#include "base/process_identity.h"
#include "base/sha256.h"
#include "queue/run_ending.h"
#include "queue/slurm_script.h"

#include <algorithm>
#include <thread>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// The beginning of the names of all jobs of a project: those of others are none of its business.
std::string namePrefix(const Project& project)
{
    return "hilo-" + sha256(project.folder().string()).substr(0, 8) + "-";
}

std::string withReason(const std::string& reason)
{
    return reason.empty() || reason == "None" ? std::string() : ": " + reason;
}

} // namespace

Status cancelWaitingJob(const fs::path& runFolder)
{
    HILO_TRY(const std::optional<SlurmRecord> record, readSlurmRecord(runFolder));
    if (!record)
        return {};
    const SlurmClient client;
    const auto cancel = [&]() -> Status {
        HILO_TRY(const std::vector<SlurmJob> jobs, client.jobs());
        for (const SlurmJob& job : jobs)
            if (job.name == record->name && job.state == "PENDING") {
                HILO_CHECK(client.cancel(job.id));
                HILO_CHECK(removeSlurmRecord(runFolder));
            }
        return {};
    };
    Status done = cancel();
    if (!done)
        done.error().hint =
            "The run is out of the queue. Its job is cancelled by \"hilo work DIR --slurm\", or by \"scancel --name=" +
            record->name + "\", on a machine of the cluster.";
    return done;
}

SlurmWorker::SlurmWorker(RunStore& store, SlurmWorkOptions options)
    : store_(store), options_(std::move(options)), client_(options_.commands)
{
}

Status SlurmWorker::work()
{
    auto nextScan = std::chrono::steady_clock::now();
    for (;;) {
        const bool lookAtAll = std::chrono::steady_clock::now() >= nextScan;
        if (lookAtAll)
            nextScan = std::chrono::steady_clock::now() + scanInterval;
        const auto left = look(lookAtAll);
        if (!left)
            return failure(left.error());
        if (*left == 0 && options_.untilEmpty)
            return {};
        if (options_.stop && options_.stop->load())
            return failure(cancelled());
        std::this_thread::sleep_for(options_.poll);
    }
}

Result<std::size_t> SlurmWorker::look(bool lookAtAll)
{
    if (lookAtAll) {
        HILO_TRY([[maybe_unused]] const ScanReport scanned, store_.scan());
    }
    auto jobs = client_.jobs();
    if (!jobs && !isAway(jobs.error()))
        return failure(jobs.error());
    if (!jobs != std::exchange(isAway_, !jobs))
        options_.say(jobs ? "Slurm answers again." : "Slurm does not answer; nothing is submitted until it does.");
    HILO_TRY(const std::vector<QueuedRun> queue, queuedRuns(store_.database()));
    if (!jobs)
        return std::max<std::size_t>(queue.size(), 1);
    jobs_ = std::move(*jobs);
    const std::string prefix = namePrefix(store_.project());
    alive_ = static_cast<std::size_t>(std::count_if(jobs_.begin(), jobs_.end(), [&prefix](const SlurmJob& job) {
        return job.name.starts_with(prefix) && job.isAlive();
    }));
    std::size_t left = 0;
    for (const QueuedRun& run : queue) {
        const auto stays = attend(run);
        if (!stays && !isAway(stays.error()))
            return failure(stays.error());
        left += !stays || *stays ? 1 : 0;
    }
    HILO_CHECK(endLeftovers(queue));
    return left;
}

const SlurmJob* SlurmWorker::jobOf(const SlurmRecord& record) const
{
    const SlurmJob* found = nullptr;
    for (const SlurmJob& job : jobs_)
        if ((job.name == record.name || (!record.job.empty() && job.id == record.job)) && (!found || job.isAlive()))
            found = &job;
    return found;
}

Result<bool> SlurmWorker::attend(const QueuedRun& run)
{
    const fs::path folder = store_.project().runsFolder() / run.id;
    // What was submitted while this look was under way is in the next listing.
    if (FileLock::isHeld(submissionLockFile(folder)))
        return true;
    HILO_TRY(const std::optional<SlurmRecord> record, readSlurmRecord(folder));
    if (!record) {
        HILO_CHECK(submit(run));
        return true;
    }
    const SlurmJob* const job = jobOf(*record);
    if (job && job->isAlive()) {
        absent_.erase(run.id);
        // The next look finds that it has ended, and submits the run anew.
        if (job->isStuck()) {
            sayOnce(run.id, "its job " + job->id + " cannot be launched (" + job->reason + ") and is cancelled.");
            HILO_CHECK(client_.cancel(job->id));
            return true;
        }
        HILO_CHECK(followJob(run, *record, *job));
        return true;
    }
    // A job that is in no listing may have come between the listing and the look at its lock: it is looked for twice.
    if (!job && absent_.insert(run.id).second)
        return true;
    absent_.erase(run.id);
    return settle(run, *record, job);
}

Status SlurmWorker::followJob(const QueuedRun& run, const SlurmRecord& record, const SlurmJob& job)
{
    // Its submitter died before it could write the number down.
    if (record.job.empty())
        HILO_CHECK(writeSlurmRecord(store_.project().runsFolder() / run.id, {record.name, job.id}));
    HILO_TRY([[maybe_unused]] const IndexReport read, store_.update(run.id));
    if (job.state == "RUNNING")
        sayOnce(run.id, "runs on " + job.nodes + " (job " + job.id + ").");
    else if (job.state == "PENDING")
        sayOnce(run.id, "waits in Slurm's queue (job " + job.id + withReason(job.reason) + ").");
    return {};
}

Result<bool> SlurmWorker::settle(const QueuedRun& run, const SlurmRecord& record, const SlurmJob* job)
{
    const fs::path folder = store_.project().runsFolder() / run.id;
    HILO_TRY([[maybe_unused]] const IndexReport read, store_.update(run.id, true));
    // Slurm's word that a job is over may come before its process has ended.
    if (FileLock::isHeld(runLockFile(folder)))
        return true;
    HILO_TRY(const std::optional<QueuedRun> now, queuedRun(store_.database(), run.id));
    if (!now)
        return false;
    const bool tryAgain = now->outOfSpace && now->ticket.attempts < now->ticket.maximumAttempts;
    const bool over = now->lifecycle == "finished" || (isOver(now->lifecycle) && !tryAgain);
    std::error_code code;
    const bool broken = !over && !fs::exists(folder / "run.json", code);
    if (!over && !broken && !isHopeless(folder, now->ticket)) {
        const std::string state = job ? job->state : "gone";
        options_.say(run.id + ": its job " + record.job + " ended before it (" + state + "); it is submitted anew.");
        said_.erase(run.id);
        HILO_CHECK(removeSlurmRecord(folder));
        HILO_CHECK(submit(*now));
        return true;
    }
    if (!over)
        HILO_CHECK(writeGivenUp(store_, run.id, broken ? "The run's run.json is gone." : whyHopeless(now->ticket)));
    HILO_CHECK(dequeue(store_, run.id));
    HILO_CHECK(removeSlurmRecord(folder));
    HILO_TRY(const WorkNotice ended, noticeOfEnd(store_, run.id));
    options_.say(run.id + ": " + (over ? std::string() : "given up: ") + ended.text);
    options_.notify(ended);
    return false;
}

Status SlurmWorker::submit(const QueuedRun& run)
{
    if (alive_ >= options_.mostJobs || (options_.stop && options_.stop->load()))
        return {};
    const Project& project = store_.project();
    const fs::path folder = project.runsFolder() / run.id;
    HILO_TRY(std::optional<FileLock> submitting, FileLock::tryAcquire(submissionLockFile(folder)));
    if (!submitting)
        return {};
    // Under the lock nobody else submits it; somebody may have since the queue was read, or train it here.
    HILO_TRY(const std::optional<SlurmRecord> known, readSlurmRecord(folder));
    if (known)
        return {};
    if (FileLock::isHeld(runLockFile(folder))) {
        sayOnce(run.id, "is trained by another process; it is given to Slurm when that one ends before the run.");
        return {};
    }
    const SlurmRecord record{namePrefix(project) + run.id + "-" + randomToken().substr(0, 8), {}};
    const fs::path script = folder / "slurm.sh";
    HILO_CHECK(writeFileAtomically(script, slurmScript(project, run, options_.program)));
    HILO_CHECK(writeSlurmRecord(folder, record));
    const auto job = client_.submit(
        slurmOptions(project, run, record.name, {options_.memoryOf(run), options_.notice}, options_.sbatchOptions),
        script, submitting->descriptor());
    if (!job) {
        // Where the controller did not answer, it may have taken the job all the same: the next listings tell.
        if (isAway(job.error())) {
            sayOnce(run.id, "was not taken by Slurm, which does not answer.");
            return {};
        }
        HILO_CHECK(removeSlurmRecord(folder));
        return failure(job.error());
    }
    HILO_CHECK(writeSlurmRecord(folder, {record.name, *job}));
    HILO_TRY(const std::optional<QueueTicket> ticket, countAttempt(store_, run.id));
    ++alive_;
    options_.say(run.id + ": submitted as job " + *job + " (attempt " +
                 std::to_string(ticket ? ticket->attempts : run.ticket.attempts) + " of " +
                 std::to_string(run.ticket.maximumAttempts) + ").");
    return {};
}

Status SlurmWorker::endLeftovers(const std::vector<QueuedRun>& queue)
{
    const std::string prefix = namePrefix(store_.project());
    for (const SlurmJob& job : jobs_) {
        if (!job.name.starts_with(prefix) || job.state != "PENDING")
            continue;
        const std::string id = job.name.substr(prefix.size(), job.name.rfind('-') - prefix.size());
        if (std::any_of(queue.begin(), queue.end(), [&id](const QueuedRun& run) { return run.id == id; }))
            continue;
        if (const Status done = client_.cancel(job.id); !done && !isAway(done.error()))
            return done;
        HILO_CHECK(removeSlurmRecord(store_.project().runsFolder() / id));
        options_.say(id + ": taken out of the queue; its job " + job.id + " is cancelled.");
    }
    return {};
}

void SlurmWorker::sayOnce(const std::string& id, const std::string& text)
{
    if (std::exchange(said_[id], text) != text)
        options_.say(id + ": " + text);
}

} // namespace hilo
