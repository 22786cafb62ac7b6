// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "index/run_store.h"
#include "run/control.h"

#include <chrono>
#include <functional>
#include <string>

namespace hilo {

/// Gives a run a word: pause, checkpoint and stop go to its process; resume wakes a paused one, or queues one that does
/// not run in the first place. Stop also takes it out of the queue. An error when there is no process that could
/// listen.
Status controlRun(RunStore& store, const std::string& id, ControlWord word);

struct StopOptions
{
    std::chrono::seconds patience{120};  ///< for the step's end and its checkpoint; then SIGTERM
    std::chrono::seconds insistence{20}; ///< after SIGTERM; then SIGKILL
    std::function<void(const std::string&)> say = [](const std::string&) {};
};
/// Stops a run and waits until its process is gone: first by word, then by SIGTERM, then by SIGKILL to its process
/// group. Cancel ends the waiting, not the stop.
Status stopRun(RunStore& store, const std::string& id, const StopOptions& options, const Progress& progress = {});

} // namespace hilo
