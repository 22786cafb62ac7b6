// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/worker.h"

#include "base/atomic_file.h"
#include "base/text_format.h"
#include "queue/run_ending.h"
#include "run/run_lock.h"

#include <sys/wait.h>

#include <algorithm>
#include <thread>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// A run that cannot be looked after so many times in a row keeps nobody waiting any more.
constexpr int patientFailures = 20;

Error tooFewDevices(const Project& project, const std::vector<std::string>& runs)
{
    return badInput(project.folder().string(), joined(runs),
                    runs.size() == 1 ? "The run needs more devices at once than this worker serves, and stays queued."
                                     : "The runs need more devices at once than this worker serves, and stay queued.",
                    "Name as many with --devices (processes that share the processor: cpu,cpu), use a machine that has "
                    "them, or take the run out of the queue: \"hilo project queue DIR --remove ID\".");
}

} // namespace

Worker::Worker(RunStore& store, WorkOptions options)
    : store_(store), options_(std::move(options)), slots_(store.project(), options_.devices)
{
}

Status Worker::work()
{
    auto nextScan = std::chrono::steady_clock::now();
    for (;;) {
        const bool lookAtAll = std::chrono::steady_clock::now() >= nextScan;
        if (lookAtAll)
            nextScan = std::chrono::steady_clock::now() + scanInterval;
        reap();
        const auto pending = tick(lookAtAll);
        if (!pending) {
            // A full disk or a locked database is no reason to end: runs go on, and it may be over in a moment.
            std::error_code code;
            if (!fs::exists(store_.project().folder() / "project.json", code))
                return failure(pending.error());
            if (const std::string problem = describe(pending.error()); problem != lastProblem_)
                options_.say(lastProblem_ = problem);
        } else {
            lastProblem_.clear();
            if (options_.untilEmpty && pending->live == 0 && pending->waiting == 0)
                return pending->tooLarge.empty() ? Status()
                                                 : Status(failure(tooFewDevices(store_.project(), pending->tooLarge)));
        }
        if (options_.stop && options_.stop->load())
            return failure(cancelled());
        std::this_thread::sleep_for(options_.poll);
    }
}

Result<Worker::Pending> Worker::tick(bool lookAtAll)
{
    if (lookAtAll) {
        HILO_TRY([[maybe_unused]] const ScanReport scanned, store_.scan());
    }
    HILO_TRY(const std::vector<QueuedRun> queue, queuedRuns(store_.database()));
    Pending pending;
    std::vector<QueuedRun> ready;
    for (const QueuedRun& run : queue) {
        const auto startable = attend(run, pending);
        if (!startable)
            complain(run.id, startable.error(), pending);
        else if (*startable)
            ready.push_back(run);
    }
    HILO_CHECK(attendLeftovers(queue, pending));
    if (!ready.empty() && !hasSpace()) {
        pending.waiting += static_cast<int>(ready.size());
        return pending;
    }
    HILO_CHECK(startReady(ready, pending));
    return pending;
}

Status Worker::startReady(const std::vector<QueuedRun>& ready, Pending& pending)
{
    slots_.beginLook();
    for (const QueuedRun& run : ready) {
        if (slots_.fitting(run.device) < run.devices) {
            sayUnplaceable(run);
            if (run.devices > 1)
                pending.tooLarge.push_back(run.id);
            continue;
        }
        ++pending.waiting;
        if (options_.stop && options_.stop->load())
            continue;
        HILO_TRY(const std::optional<TakenDevices> devices, slots_.take(run.device, run.devices));
        if (!devices)
            continue;
        if (const auto started = start(run, *devices); !started)
            complain(run.id, started.error(), pending);
        else
            forgetTrouble(run.id);
    }
    return slots_.endLook();
}

void Worker::sayUnplaceable(const QueuedRun& run)
{
    if (std::exchange(saidUnplaceable_[run.id], true))
        return;
    if (run.devices == 1) {
        options_.say(run.id + " waits: it asks for the device \"" + run.device +
                     "\", which this worker does not serve.");
        return;
    }
    options_.say(run.id + " is not started: it needs " + std::to_string(run.devices) + " devices (" + run.device +
                 ") at once" + (run.begunOnSeveral ? ", as it was begun on so many" : "") +
                 ", and this worker serves " + std::to_string(slots_.fitting(run.device)) + ".");
}

Result<bool> Worker::attend(const QueuedRun& run, Pending& pending)
{
    if (!FileLock::isHeld(runLockFile(store_.project().runsFolder() / run.id)))
        return settle(run);
    ++pending.live;
    if (live_.insert(run.id).second)
        options_.say(run.id + ": runs already; its end is waited for.");
    HILO_CHECK(follow(run.id));
    return false;
}

Status Worker::attendLeftovers(const std::vector<QueuedRun>& queue, Pending& pending)
{
    const std::set<std::string> known = live_;
    for (const std::string& id : known) {
        if (std::any_of(queue.begin(), queue.end(), [&id](const QueuedRun& run) { return run.id == id; }))
            continue;
        if (FileLock::isHeld(runLockFile(store_.project().runsFolder() / id))) {
            ++pending.live;
            HILO_CHECK(follow(id));
            continue;
        }
        live_.erase(id);
        HILO_TRY([[maybe_unused]] const IndexReport read, store_.update(id));
        HILO_CHECK(tellOutcome(id));
    }
    return {};
}

Status Worker::tellOutcome(const std::string& id)
{
    HILO_TRY(const WorkNotice ended, noticeOfEnd(store_, id));
    options_.say(id + ": " + ended.text);
    options_.notice(ended);
    return {};
}

void Worker::complain(const std::string& id, const Error& error, Pending& pending)
{
    const std::string problem = describe(error);
    if (std::exchange(saidProblem_[id], problem) != problem)
        options_.say(id + ": " + problem);
    if (error.code == ErrorCode::NoSpace || ++failures_[id] < patientFailures)
        ++pending.waiting;
}

void Worker::forgetTrouble(const std::string& id)
{
    failures_.erase(id);
    saidProblem_.erase(id);
}

bool Worker::hasSpace()
{
    const auto available = freeDiskBytes(store_.project().folder());
    const bool enough = !available || *available >= options_.minimumFreeBytes;
    if (!enough && !saidFull_)
        options_.say("The queue waits: the disk has only " + std::to_string(*available >> 20) +
                     " MiB left. Free some space, for example with \"hilo project prune\"; it goes on by itself.");
    saidFull_ = !enough;
    return enough;
}

Status Worker::follow(const std::string& id)
{
    HILO_TRY([[maybe_unused]] const IndexReport read, store_.update(id));
    std::int64_t silent = 0;
    const Status asked = store_.database().read([&](SQLite::Database&) -> Status {
        auto& query = store_.database().statement(
            "SELECT boot_id, signal_milliseconds FROM runs JOIN cursors USING (run) WHERE id = ? AND "
            "lifecycle <> 'paused'");
        query.bind(1, id);
        if (query.executeStep() && query.getColumn(0).getString() == currentBootId())
            silent = millisecondsSinceBoot() - query.getColumn(1).getInt64();
        return {};
    });
    HILO_CHECK(asked);
    const std::int64_t minutes = silent / 60000;
    std::int64_t& said = saidSilent_[id];
    if (minutes < options_.silence.count()) {
        said = 0;
    } else if (minutes >= std::max<std::int64_t>(1, 2 * said)) {
        said = std::max<std::int64_t>(1, minutes);
        const std::string text =
            "no signal for " + std::to_string(minutes) + " min; its process lives. Its log.txt may tell why.";
        options_.say(id + ": " + text);
        options_.notice({WorkNotice::Kind::Silent, id, text});
    }
    return {};
}

Result<bool> Worker::settle(const QueuedRun& run)
{
    const fs::path folder = store_.project().runsFolder() / run.id;
    std::error_code code;
    if (!fs::is_directory(folder, code)) {
        // Deleted by hand: the scan marks it as missing and takes it out of the queue.
        HILO_TRY([[maybe_unused]] const IndexReport read, store_.update(run.id));
        return false;
    }
    // Never started since it was queued: start() looks closely.
    if (run.ticket.attempts == 0 && run.lifecycle != "finished" && fs::exists(folder / "run.json", code))
        return true;
    HILO_TRY(std::optional<FileLock> lock, FileLock::tryAcquire(runLockFile(folder)));
    if (!lock)
        return false;
    // Under the lock nobody else starts it, so what is read now stays true.
    HILO_TRY([[maybe_unused]] const IndexReport read, store_.update(run.id, true));
    HILO_TRY(const std::optional<QueuedRun> now, queuedRun(store_.database(), run.id));
    if (!now)
        return false;
    // What ended on a full disk is no failure of the run: it is tried again, and as long as the disk is full it waits.
    const bool tryAgain = now->outOfSpace && (now->ticket.attempts < now->ticket.maximumAttempts || !hasSpace());
    const bool over = now->lifecycle == "finished" || (isOver(now->lifecycle) && now->ticket.attempts > 0 && !tryAgain);
    const bool broken = !over && !fs::exists(folder / "run.json", code);
    const bool hopeless = !over && isHopeless(folder, now->ticket);
    if (tryAgain && std::exchange(saidProblem_[run.id], "space") != "space")
        options_.say(run.id + ": ended for want of space; it goes on from its last checkpoint when there is room.");
    if (!over && !broken && (!hopeless || !hasSpace()))
        return true;
    if (broken || hopeless)
        HILO_CHECK(giveUp(*now, broken ? "The run's run.json is gone." : whyHopeless(now->ticket)));
    // The events say by now that it is over: whoever comes between does the same.
    lock.reset();
    HILO_CHECK(dequeue(store_, run.id));
    live_.erase(run.id);
    if (over)
        HILO_CHECK(tellOutcome(run.id));
    return false;
}

Status Worker::giveUp(const QueuedRun& run, const std::string& why)
{
    HILO_CHECK(writeGivenUp(store_, run.id, why));
    options_.say(run.id + ": given up. " + why);
    options_.notice({WorkNotice::Kind::Failed, run.id, "given up. " + why});
    return {};
}

Result<bool> Worker::start(const QueuedRun& run, const TakenDevices& devices)
{
    const fs::path folder = store_.project().runsFolder() / run.id;
    // Held first, then counted in, then started: whoever stops it takes it out of the queue first, then looks whether
    // it is held.
    HILO_TRY(const std::optional<FileLock> lock, claimRun(folder));
    if (!lock)
        return false;
    // Another worker may have run it to its end since the queue was read.
    HILO_TRY([[maybe_unused]] const IndexReport read, store_.update(run.id, true));
    HILO_TRY(const std::optional<QueuedRun> now, queuedRun(store_.database(), run.id));
    if (!now || now->lifecycle == "finished" || now->ticket != run.ticket)
        return false;
    HILO_TRY(const std::optional<QueueTicket> ticket, countAttempt(store_, run.id));
    if (!ticket)
        return false;
    Launch launch;
    launch.program = options_.program;
    launch.resume = !now->lifecycle.empty();
    launch.devices = devices.names;
    launch.choosesDevice = run.device == "auto" || run.device.empty() || run.device == "cuda";
    HILO_TRY(const ProcessIdentity identity, launchRun(store_.project(), run.id, launch, *lock, devices.locks));
    children_.push_back(identity.pid);
    live_.insert(run.id);
    options_.say(run.id + (launch.resume ? ": resumed" : ": started") + " on " + joined(devices.names) + " (attempt " +
                 std::to_string(ticket->attempts) + " of " + std::to_string(ticket->maximumAttempts) + ").");
    HILO_TRY([[maybe_unused]] const IndexReport after, store_.update(run.id));
    return true;
}

void Worker::reap()
{
    std::erase_if(children_, [](pid_t child) {
        int status = 0;
        return waitpid(child, &status, WNOHANG) != 0;
    });
}

} // namespace hilo
