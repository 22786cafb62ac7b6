// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/run_control.h"

#include "base/file_lock.h"
#include "base/process_identity.h"
#include "queue/run_queue.h"
#include "queue/slurm_worker.h"

#include <csignal>
#include <thread>

namespace hilo {
namespace fs = std::filesystem;
namespace {

bool isLive(const fs::path& folder)
{
    return FileLock::isHeld(runLockFile(folder));
}

/// Waits until nobody holds the run; false when the time is over.
Result<bool> waitForEnd(const fs::path& folder, std::chrono::seconds patience, const std::string& what,
                        const Progress& progress)
{
    const auto start = std::chrono::steady_clock::now();
    while (isLive(folder)) {
        const auto waited = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start);
        if (waited >= patience)
            return false;
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({what, waited.count(), patience.count(), {}});
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return true;
}

} // namespace

Status controlRun(RunStore& store, const std::string& id, ControlWord word)
{
    HILO_TRY(const fs::path folder, store.project().runFolder(id));
    if (word == ControlWord::Stop) {
        // Out of the queue first, so that no worker starts or resumes it. One that holds it by then has counted it in
        // before, and obeys the word.
        HILO_CHECK(dequeue(store, id));
        return isLive(folder) ? writeControl(folder, word) : cancelWaitingJob(folder);
    }
    const bool live = isLive(folder);
    if (word == ControlWord::Resume && !live)
        return enqueue(store, id, 3, {QueuePlace::Kind::First, {}});
    if (!live)
        return failure(badInput(folder.string(), {}, "The run has no process that could " + nameOf(word) + ".",
                                "Start it with \"hilo project queue\" and \"hilo work\"."));
    // There is room for one word: a second one must not take the place of one that the process has not read yet.
    const auto waiting = readControl(folder);
    if (waiting == ControlWord::Stop)
        return failure(badInput(folder.string(), {}, "The run was asked to stop; it does so at the end of its step.",
                                "Wait until it has stopped, then resume it."));
    // A pause writes a checkpoint, too.
    if (waiting == ControlWord::Pause && word == ControlWord::Checkpoint)
        return {};
    return writeControl(folder, word);
}

Status stopRun(RunStore& store, const std::string& id, const StopOptions& options, const Progress& progress)
{
    HILO_CHECK(controlRun(store, id, ControlWord::Stop));
    HILO_TRY(const fs::path folder, store.project().runFolder(id));
    HILO_TRY(bool ended, waitForEnd(folder, options.patience, "Waiting for the step's end", progress));
    for (const auto& [signal, name, patience] : {std::tuple{SIGTERM, "SIGTERM", options.insistence},
                                                 std::tuple{SIGKILL, "SIGKILL", std::chrono::seconds(10)}}) {
        if (ended)
            break;
        const auto identity = readIdentity(folder);
        if (!identity || !signalGroup(*identity, signal))
            return failure(badInput(folder.string(), {},
                                    "The run does not stop, and its process cannot be found on this machine.",
                                    "Stop it on the machine that runs it."));
        options.say(id + ": did not stop in time; " + name + " sent to process group " + std::to_string(identity->pid) +
                    ".");
        HILO_TRY(ended, waitForEnd(folder, patience, "Waiting for the process to end", progress));
    }
    HILO_TRY([[maybe_unused]] const IndexReport read, store.update(id));
    if (!ended)
        return failure(internalError("The process of " + id + " lives on after SIGKILL."));
    return {};
}

} // namespace hilo
