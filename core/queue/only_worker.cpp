// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/only_worker.h"

#include "base/text_format.h"

#include <algorithm>
#include <thread>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// A lock for each device; none at all when one of them is held.
Result<std::vector<FileLock>> placesFor(const Project& project, std::vector<std::string> devices)
{
    // Two workers that ask for the same devices in the same order cannot each hold what the other waits for.
    std::sort(devices.begin(), devices.end());
    devices.erase(std::unique(devices.begin(), devices.end()), devices.end());
    const fs::path folder = project.folder() / ".slots";
    std::error_code code;
    fs::create_directories(folder, code);
    std::vector<FileLock> places;
    for (std::string device : devices) {
        std::replace(device.begin(), device.end(), ':', '-');
        HILO_TRY(std::optional<FileLock> place, FileLock::tryAcquire(folder / ("worker-" + device + ".lock")));
        if (!place)
            return std::vector<FileLock>();
        places.push_back(std::move(*place));
    }
    return places;
}

} // namespace

Status workAlone(RunStore& store, const WorkOptions& options, WhenServed whenServed)
{
    bool saidWaiting = false;
    for (;;) {
        {
            HILO_TRY(const auto places, placesFor(store.project(), options.devices));
            if (places.empty() && whenServed == WhenServed::Leave) {
                options.say("Another worker serves this project's queue on " + joined(options.devices, ", ") +
                            " and takes up what is queued.");
                return {};
            }
            if (places.empty()) {
                if (!std::exchange(saidWaiting, true))
                    options.say("Another worker serves this project's queue on " + joined(options.devices, ", ") +
                                "; this one waits until it ends.");
                if (options.stop && options.stop->load())
                    return failure(cancelled());
                HILO_TRY(const std::vector<QueuedRun> left, queuedRuns(store.database()));
                if (left.empty() && options.untilEmpty)
                    return {};
                std::this_thread::sleep_for(options.poll);
                continue;
            }
            HILO_CHECK(Worker(store, options).work());
        }
        HILO_TRY(const std::vector<QueuedRun> left, queuedRuns(store.database()));
        if (left.empty() || !options.untilEmpty)
            return {};
    }
}

} // namespace hilo
