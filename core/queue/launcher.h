// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file_lock.h"
#include "base/process_identity.h"
#include "project/project.h"

#include <string>
#include <vector>

namespace hilo {

/// The program that runs this code; the queue starts nothing else. Tests name a stand-in.
std::filesystem::path ownProgram();

struct Launch
{
    std::filesystem::path program = ownProgram();
    bool resume = false;              ///< "resume RUN_DIR", else "train --project DIR --run ID"
    std::vector<std::string> devices; ///< the slots: "cpu", "cuda:0"; on several it trains with a process each
    bool choosesDevice = false;       ///< the run leaves its one device open: it sees only the slot's
};

/// Starts the trainer of a run as a session of its own, with its output in log.txt and all locks in its hands, and
/// writes process.json before it begins. The run's and the slots' locks may be given up by the caller afterwards.
Result<ProcessIdentity> launchRun(const Project& project, const std::string& id, const Launch& launch,
                                  const FileLock& runLock, const std::vector<FileLock>& slotLocks);

} // namespace hilo
