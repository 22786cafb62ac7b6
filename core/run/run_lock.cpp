// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_lock.h"

#include "base/process_identity.h"
#include "run/control.h"

#include <unistd.h>

#include <cstdlib>

namespace hilo {
namespace fs = std::filesystem;

Result<std::optional<FileLock>> claimRun(const fs::path& runFolder)
{
    const fs::path file = runLockFile(runFolder);
    if (!FileLock::isHeld(file))
        clearControl(runFolder);
    return FileLock::tryAcquire(file);
}

Result<std::optional<FileLock>> lockRunForTraining(const fs::path& runFolder)
{
    const char* const token = std::getenv(runTokenName);
    const auto identity = readIdentity(runFolder);
    if (token && identity && identity->token == token && identity->pid == getpid())
        return std::optional<FileLock>();
    HILO_TRY(std::optional<FileLock> lock, claimRun(runFolder));
    if (!lock)
        return failure(badInput(runFolder.string(), {}, "Another process works on this run.",
                                "Wait for it, or stop it with \"hilo project control DIR stop ID\"."));
    HILO_TRY(ProcessIdentity self, identify(getpid()));
    // What this process shows to whoever looks for it, also when it has that from another trainer.
    self.token = token ? token : randomToken();
    HILO_CHECK(writeIdentity(runFolder, self));
    return lock;
}

} // namespace hilo
