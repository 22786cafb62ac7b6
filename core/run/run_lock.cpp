// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_lock.h"

#include "base/process_identity.h"
#include "run/control.h"

#include <unistd.h>

#include <cstdlib>

namespace hilo {

Result<std::optional<FileLock>> lockRunForTraining(const fs::path& runFolder)
{
    const char* const token = std::getenv(runTokenName);
    const auto identity = readIdentity(runFolder);
    if (token && identity && identity->token == token && identity->pid == getpid())
        return std::optional<FileLock>();
    HILO_TRY(std::optional<FileLock> lock, FileLock::tryAcquire(runLockFile(runFolder)));
    if (!lock)
        return failure(badInput(runFolder.string(), {}, "Another process works on this run.",
                                "Wait for it, or stop it with \"hilo project control DIR stop ID\"."));
    HILO_TRY(ProcessIdentity self, identify(getpid()));
    self.token = randomToken();
    HILO_CHECK(writeIdentity(runFolder, self));
    // A word for a process that is gone; what comes from now on is meant for this one.
    clearControl(runFolder);
    return lock;
}

} // namespace hilo
