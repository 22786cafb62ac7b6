// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/run_removal.h"

#include "base/file_lock.h"
#include "index/run_reader.h"
#include "project/archive.h"
#include "queue/run_queue.h"
#include "run/checkpoints.h"

#include <algorithm>
#include <optional>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Result<FileLock> lockRun(const fs::path& folder, const std::string& id)
{
    HILO_TRY(std::optional<FileLock> lock, FileLock::tryAcquire(runLockFile(folder)));
    if (!lock)
        return failure(badInput(folder.string(), id, "The run has a process that works on it.", "Stop it first."));
    return std::move(*lock);
}

} // namespace

Status deleteRun(RunStore& store, const std::string& id)
{
    HILO_TRY(const fs::path folder, store.project().pathOfRun(id));
    std::error_code code;
    if (fs::is_directory(folder, code)) {
        HILO_TRY(const FileLock lock, lockRun(folder, id));
        // A run whose ticket is damaged must go too.
        if (const Status out = dequeue(store, id); !out)
            HILO_CHECK(removeTicket(folder));
        const fs::path hidden = folder.parent_path() / (".deleted-" + id);
        fs::remove_all(hidden, code);
        fs::rename(folder, hidden, code);
        if (code)
            return failure(badInput(folder.string(), {}, "The folder cannot be removed: " + code.message() + ".",
                                    "Check the rights of the folder runs/."));
        HILO_CHECK(store.forget(id));
        fs::remove_all(hidden, code);
        if (code)
            return failure(badInput(hidden.string(), {}, "Parts of the folder stay: " + code.message() + ".",
                                    "The run is forgotten; remove this folder by hand."));
    } else {
        HILO_CHECK(store.forget(id));
    }
    fs::remove(archiveFile(store.project(), id), code);
    return {};
}

Status goBackTo(RunStore& store, const std::string& id, std::int64_t step)
{
    HILO_TRY(const fs::path folder, store.project().runFolder(id));
    HILO_TRY(const FileLock lock, lockRun(folder, id));
    HILO_TRY([[maybe_unused]] const IndexReport read, store.update(id, true));
    bool finished = false;
    HILO_CHECK(store.database().read([&](SQLite::Database&) -> Status {
        auto& query = store.database().statement("SELECT lifecycle FROM runs WHERE id = ?");
        query.bind(1, id);
        finished = query.executeStep() && query.getColumn(0).getString() == "finished";
        return {};
    }));
    if (finished)
        return failure(badInput(folder.string(), {}, "The run is finished.", "Duplicate it to train further."));
    HILO_TRY(const std::vector<Checkpoint> checkpoints, listCheckpoints(folder, false));
    const auto wanted = std::find_if(checkpoints.begin(), checkpoints.end(),
                                     [step](const Checkpoint& checkpoint) { return checkpoint.step == step; });
    if (wanted == checkpoints.end())
        return failure(badInput(folder.string(), "step " + std::to_string(step), "There is no such checkpoint."));
    HILO_CHECK(verifyCheckpoint(wanted->folder, step, true));
    for (const Checkpoint& checkpoint : checkpoints)
        if (checkpoint.step > step)
            HILO_CHECK(removeCheckpoint(checkpoint));
    return {};
}

} // namespace hilo
