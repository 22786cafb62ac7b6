// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_archive.h"

#include "base/atomic_file.h"
#include "base/file_lock.h"
#include "project/archive.h"
#include "project/archive_file.h"
#include "run/queue_ticket.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// What belongs to a process of this machine, not to the run.
bool isLeftOut(const fs::path& relative)
{
    const std::string name = relative.filename().string();
    return name == "lock" || name.starts_with(".");
}

Result<std::vector<fs::path>> filesOf(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code code;
    for (auto entry = fs::recursive_directory_iterator(folder, code); entry != fs::recursive_directory_iterator();
         entry.increment(code)) {
        const fs::path relative = entry->path().lexically_relative(folder);
        if (isLeftOut(relative)) {
            entry.disable_recursion_pending();
            continue;
        }
        if (entry->is_symlink(code) || !(entry->is_regular_file(code) || entry->is_directory(code)))
            return failure(badInput(entry->path().string(), {}, "Only files and folders can be archived.",
                                    "Replace the link by the file, or remove it."));
        if (entry->is_regular_file(code))
            files.push_back(relative);
    }
    if (code)
        return failure(badInput(folder.string(), {}, "Cannot be read: " + code.message() + "."));
    std::sort(files.begin(), files.end());
    // What an index needs comes first, so that it can be read without unpacking the rest.
    std::stable_partition(files.begin(), files.end(), isIndexFile);
    return files;
}

/// The folder leaves its place in one step; a kill in between leaves a hidden rest that is no run.
Status removeFolder(const fs::path& folder)
{
    const fs::path hidden = folder.parent_path() / ("." + folder.filename().string() + ".removed");
    std::error_code code;
    fs::remove_all(hidden, code);
    fs::rename(folder, hidden, code);
    if (code)
        return failure(badInput(folder.string(), {}, "Cannot be removed: " + code.message() + ".",
                                "Make the project's folder writable."));
    HILO_CHECK(syncPath(folder.parent_path()));
    fs::remove_all(hidden, code);
    return {};
}

} // namespace

Status archiveRun(RunStore& store, const std::string& id, const Progress& progress)
{
    const Project& project = store.project();
    HILO_TRY(const fs::path folder, project.runFolder(id));
    HILO_TRY(const std::optional<FileLock> lock, FileLock::tryAcquire(runLockFile(folder)));
    if (!lock)
        return failure(
            badInput(folder.string(), {}, "The run is being worked on.", "Wait until it is over, or stop it."));
    HILO_TRY(const std::optional<QueueTicket> ticket, readTicket(folder));
    if (ticket)
        return failure(badInput(folder.string(), {}, "The run is in the queue.",
                                "Take it out first: \"hilo project queue DIR --remove " + id + "\"."));
    // The rows must be complete before the folder goes.
    HILO_TRY([[maybe_unused]] const IndexReport read, store.update(id, true));
    HILO_TRY(const std::vector<fs::path> files, filesOf(folder));
    std::error_code code;
    fs::create_directories(project.archiveFolder(), code);
    const fs::path target = archiveFile(project, id);
    HILO_CHECK(packFiles(folder, files, target, progress));
    const Status same = compareArchive(target, folder, files, progress);
    if (!same) {
        fs::remove(target, code);
        return same;
    }
    HILO_CHECK(removeFolder(folder));
    HILO_TRY([[maybe_unused]] const IndexReport after, store.update(id));
    return {};
}

Status restoreRun(RunStore& store, const std::string& id, const Progress& progress)
{
    const Project& project = store.project();
    HILO_TRY(const fs::path folder, project.pathOfRun(id));
    const fs::path archive = archiveFile(project, id);
    std::error_code code;
    if (!fs::exists(archive, code))
        return failure(badInput(archive.string(), {}, "There is no archive of this run.",
                                "\"hilo project list " + project.folder().string() + "\" shows the runs."));
    HILO_TRY(AtomicFolder unpacked, AtomicFolder::create(folder));
    HILO_CHECK(unpackArchive(archive, unpacked.path(), false, progress));
    if (!fs::exists(unpacked.path() / "run.json", code))
        return failure(badInput(archive.string(), {}, "There is no run.json in the archive.",
                                "Unpack it by hand to see what it holds."));
    HILO_CHECK(unpacked.commit());
    fs::remove(archive, code);
    HILO_TRY([[maybe_unused]] const IndexReport after, store.update(id));
    return {};
}

} // namespace hilo
