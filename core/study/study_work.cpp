// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_work.h"

#include "base/file_lock.h"
#include "index/run_reader.h"
#include "project/archive.h"
#include "queue/run_removal.h"
#include "study/study_runs.h"
#include "study/study_store.h"

#include <filesystem>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Under the lock: what can be planned by now is planned, written, made and queued.
Result<std::int64_t> goOn(RunStore& store, Study& study, bool again)
{
    const Project& project = store.project();
    HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan());
    {
        HILO_TRY(RunReader reader, RunReader::open(project));
        HILO_CHECK(planRuns(study, project, reader));
    }
    // The file first: whatever comes after can be done again from it.
    HILO_CHECK(writeStudy(project, study));
    HILO_CHECK(addPlannedRuns(study, project));
    return queuePlannedRuns(study, store, again);
}

} // namespace

Result<std::int64_t> addStudy(RunStore& store, const Study& study)
{
    HILO_TRY(const FileLock lock, lockStudy(store.project(), study.name));
    std::error_code code;
    if (fs::exists(studyFile(store.project(), study.name), code))
        return failure(badInput(studyFile(store.project(), study.name).string(), {},
                                "The project has a study \"" + study.name + "\" already.",
                                "Choose another --name; hilo study extend adds to the one that there is."));
    Study own = study;
    return goOn(store, own, false);
}

Result<std::int64_t> advanceStudy(RunStore& store, const std::string& name, bool again)
{
    // Nothing is made for a study that there is not.
    HILO_TRY([[maybe_unused]] const Study known, readStudy(store.project(), name));
    HILO_TRY(const FileLock lock, lockStudy(store.project(), name));
    HILO_TRY(Study study, readStudy(store.project(), name));
    return goOn(store, study, again);
}

Result<std::int64_t> changeStudy(RunStore& store, const std::string& name, const std::function<Status(Study&)>& change)
{
    HILO_TRY([[maybe_unused]] const Study known, readStudy(store.project(), name));
    HILO_TRY(const FileLock lock, lockStudy(store.project(), name));
    HILO_TRY(Study study, readStudy(store.project(), name));
    HILO_CHECK(change(study));
    return goOn(store, study, false);
}

Status removeStudy(RunStore& store, const std::string& name, bool withRuns)
{
    const Project& project = store.project();
    HILO_TRY([[maybe_unused]] const Study known, readStudy(project, name));
    HILO_TRY(const FileLock lock, lockStudy(project, name));
    HILO_TRY(const Study study, readStudy(project, name));
    if (!withRuns)
        return removeStudyFile(project, name);
    std::set<std::string> runs;
    for (const StudyRun& run : study.runs)
        runs.insert(run.run);
    for (const std::string& other : studyNames(project)) {
        if (other == name)
            continue;
        HILO_TRY(const Study another, readStudy(project, other));
        for (const StudyRun& run : another.runs)
            runs.erase(run.run);
    }
    std::error_code code;
    for (const std::string& run : runs)
        if (FileLock::isHeld(runLockFile(project.runsFolder() / run)))
            return failure(badInput((project.runsFolder() / run).string(), {}, "The run runs.",
                                    "Stop it first: hilo project control DIR stop " + run + " --wait"));
    // The file last: while it is there, what is left can be removed by another call.
    for (const std::string& run : runs)
        if (fs::exists(project.runsFolder() / run, code) || fs::exists(archiveFile(project, run), code))
            HILO_CHECK(deleteRun(store, run));
    return removeStudyFile(project, name);
}

} // namespace hilo
