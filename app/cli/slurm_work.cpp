// SPDX-License-Identifier: GPL-3.0-or-later
#include "slurm_work.h"

#include "allocation/memory_estimate.h"
#include "formats/model_source.h"
#include "run/run_memory.h"

#include <thread>

namespace hilo::cli {
namespace fs = std::filesystem;
namespace {

/// What the process, its libraries and the rows hold beside what the estimate counts, and room for what it misses.
constexpr std::int64_t besideBytes = std::int64_t{1} << 30;

/// Bytes to ask for; 0 where the run or its model cannot be read from here, which the job itself will tell.
std::int64_t memoryOf(const Project& project, const QueuedRun& run)
{
    const auto spec = readRunSpec(project.runsFolder() / run.id / "run.json");
    if (!spec)
        return 0;
    const auto model = openModel(spec->modelPath);
    if (!model)
        return 0;
    const MemoryEstimate estimate = largestMemory(*spec, model->config);
    const std::int64_t onProcessor = spec->training.device.starts_with("cuda") ? estimate.weights : estimate.total;
    return besideBytes + onProcessor + onProcessor / 4;
}

} // namespace

Status workBySlurm(RunStore& store, SlurmWorkOptions options, bool unlessServed)
{
    std::error_code code;
    options.program = fs::read_symlink("/proc/self/exe", code);
    if (code)
        return failure(internalError("The file of this program is not known: " + code.message() + "."));
    options.memoryOf = [&store](const QueuedRun& run) { return memoryOf(store.project(), run); };
    const fs::path folder = store.project().folder() / ".slots";
    fs::create_directories(folder, code);
    bool saidWaiting = false;
    for (;;) {
        HILO_TRY(const std::optional<FileLock> place, FileLock::tryAcquire(folder / "worker-slurm.lock"));
        if (place)
            return SlurmWorker(store, options).work();
        if (!std::exchange(saidWaiting, true))
            options.say("Another \"hilo work --slurm\" looks after this project's jobs" +
                        std::string(unlessServed ? "." : "; this one waits until it ends."));
        if (unlessServed)
            return {};
        if (options.stop && options.stop->load())
            return failure(cancelled());
        std::this_thread::sleep_for(options.poll);
    }
}

} // namespace hilo::cli
