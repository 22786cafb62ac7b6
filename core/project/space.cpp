// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/space.h"

#include "base/file_lock.h"
#include "project/archive.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

std::uint64_t sum(const std::vector<Checkpoint>& checkpoints)
{
    std::uint64_t bytes = 0;
    for (const Checkpoint& checkpoint : checkpoints)
        bytes += checkpoint.bytes;
    return bytes;
}

void addFiles(const fs::path& folder, RunSpace& space)
{
    std::error_code code;
    for (auto entry = fs::recursive_directory_iterator(folder, code); entry != fs::recursive_directory_iterator();
         entry.increment(code)) {
        if (entry->is_symlink(code) || !entry->is_regular_file(code))
            continue;
        const std::uintmax_t size = entry->file_size(code);
        const std::uint64_t bytes = code ? 0 : size;
        const fs::path relative = entry->path().lexically_relative(folder);
        const std::string part = relative.begin()->string();
        space.total += bytes;
        if (part == "checkpoints")
            space.checkpoints += bytes;
        else if (part == "adapter")
            space.adapter += bytes;
        else if (part.starts_with("events.ndjson"))
            space.events += bytes;
    }
}

} // namespace

Result<std::vector<RunSpace>> spaceOfRuns(const Project& project, std::size_t keep, const Progress& progress)
{
    HILO_TRY(const std::vector<std::string> ids, project.runIds());
    std::vector<RunSpace> all;
    for (const std::string& id : ids) {
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report(
            {"Measuring runs", static_cast<std::int64_t>(all.size()), static_cast<std::int64_t>(ids.size()), id});
        RunSpace space;
        space.id = id;
        const fs::path folder = project.runsFolder() / id;
        addFiles(folder, space);
        HILO_TRY(const std::vector<Checkpoint> checkpoints, listCheckpoints(folder, false, progress));
        space.checkpointCount = static_cast<int>(checkpoints.size());
        space.prunable = sum(prunable(checkpoints, keep));
        all.push_back(space);
    }
    for (const std::string& id : archivedIds(project)) {
        RunSpace space;
        space.id = id;
        space.archived = true;
        std::error_code code;
        const auto size = fs::file_size(archiveFile(project, id), code);
        space.total = code ? 0 : size;
        all.push_back(space);
    }
    std::stable_sort(all.begin(), all.end(), [](const RunSpace& a, const RunSpace& b) { return a.total > b.total; });
    return all;
}

Result<PruneReport> pruneRun(const Project& project, const std::string& id, std::size_t keep, bool onlyAsk,
                             const Progress& progress)
{
    HILO_TRY(const fs::path folder, project.runFolder(id));
    HILO_TRY(const std::optional<FileLock> lock, FileLock::tryAcquire(runLockFile(folder)));
    if (!lock)
        return failure(badInput(folder.string(), {}, "The run is being worked on.",
                                "Wait until it is over; a running run prunes its own checkpoints."));
    // With hashes: what is kept must be good, not only of the right size.
    HILO_TRY(const std::vector<Checkpoint> checkpoints, listCheckpoints(folder, true, progress));
    PruneReport report;
    report.removed = prunable(checkpoints, keep);
    report.bytes = sum(report.removed);
    if (!onlyAsk)
        for (const Checkpoint& checkpoint : report.removed)
            HILO_CHECK(removeCheckpoint(checkpoint));
    return report;
}

} // namespace hilo
