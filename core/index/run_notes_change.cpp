// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_notes_change.h"

#include "base/file_lock.h"

namespace hilo {
namespace fs = std::filesystem;

Result<RunNotes> changeRunNotes(RunStore& store, const std::string& id, const std::function<void(RunNotes&)>& change)
{
    HILO_TRY(const fs::path folder, store.project().pathOfRun(id));
    std::error_code code;
    if (!fs::is_directory(folder, code))
        return failure(badInput(folder.string(), {}, "The run's folder is not there, and notes are kept in it.",
                                "Restore the run if it is archived."));
    RunNotes before;
    {
        HILO_TRY(const FileLock lock, FileLock::acquire(store.project().folder() / ".notes.lock"));
        HILO_TRY(before, readRunNotes(folder));
        RunNotes after = before;
        change(after);
        HILO_CHECK(writeRunNotes(folder, after));
    }
    HILO_TRY([[maybe_unused]] const IndexReport read, store.update(id));
    return before;
}

} // namespace hilo
