// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_store.h"
#include "project/archive_file.h"

#include "base/atomic_file.h"
#include "base/file_lock.h"
#include "base/file_system.h"
#include "base/log.h"
#include "index/schema.h"
#include "project/archive.h"
#include "run/imported_scores.h"
#include "run/run_notes.h"

#include <set>
#include <unordered_map>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Changed runs that are read in one transaction when many changed.
constexpr std::size_t runsPerTransaction = 64;

struct KnownFiles
{
    std::string specStamp, eventsStamp, notesStamp, importedStamp, state;
};

Status readAll(RunIndexer& indexer, const std::string& id, std::int64_t& events)
{
    for (bool more = true; more;) {
        HILO_TRY(const IndexReport report, indexer.readFolder(id));
        events += report.events;
        more = report.more;
    }
    HILO_TRY([[maybe_unused]] const bool changed, indexer.refreshState(id));
    return {};
}

bool isSettled(const std::string& state)
{
    return state == "finished" || state == "failed" || state == "stopped" || state == "new" || state == "interrupted";
}

} // namespace

RunStore::RunStore(Project project, Database database) : project_(std::move(project)), database_(std::move(database)) {}

Result<RunStore> RunStore::open(const Project& project)
{
    // Only one process at a time may make, migrate or rebuild the database.
    HILO_TRY(const FileLock lock, FileLock::acquire(project.folder() / ".workbench.lock"));
    std::error_code code;
    const bool isNew = !fs::exists(project.databaseFile(), code) || fs::file_size(project.databaseFile(), code) == 0;
    HILO_TRY(Database database, Database::openToWrite(project.databaseFile()));
    RunStore store(project, std::move(database));
    Status ready = store.prepare();
    if (!ready && store.database_.isDamaged())
        ready = store.rebuild();
    else if (ready && isNew)
        ready = store.makeFromFolders();
    HILO_CHECK(ready);
    const std::string type = fileSystemType(project.folder());
    if (isNetworkFileSystem(type))
        store.say("The project lies on a network file system (" + type +
                  "): the database uses a rollback journal there. Work on it from one machine at a time.");
    return store;
}

void RunStore::say(const std::string& note)
{
    notes_.push_back(note);
    logger("project")->warn("{}", note);
}

Status RunStore::makeFromFolders()
{
    ScanReport report;
    HILO_CHECK(scanOnce(report, {}));
    if (report.events > 0)
        say("There was no database. It was made from the " + std::to_string(report.runs) + " run folders.");
    return {};
}

Status RunStore::prepare()
{
    if (database_.isDamaged())
        return failure(badInput(database_.file().string(), {}, "The database is damaged."));
    // Before the schema is looked at: a damaged page of the schema must not count as an empty database.
    HILO_CHECK(migrate(database_));
    return checkDatabase(database_, false);
}

Status RunStore::rebuild()
{
    const fs::path file = database_.file();
    const fs::path aside = file.string() + ".damaged";
    std::error_code code;
    fs::copy_file(file, aside, fs::copy_options::overwrite_existing, code);
    if (!database_.wipe()) {
        // Too damaged for SQLite's own reset; nobody else can use this file either.
        for (const char* end : {"", "-wal", "-shm"})
            fs::remove(file.string() + end, code);
        HILO_TRY(database_, Database::openToWrite(file));
    }
    HILO_CHECK(prepare());
    say("The database was damaged. It was made again from the run folders; the damaged file is kept as " +
        aside.filename().string() + ".");
    ScanReport report;
    return scanOnce(report, {});
}

Status RunStore::guarded(const std::function<Status()>& work)
{
    Status done = work();
    if (done || !database_.isDamaged())
        return done;
    {
        HILO_TRY(const FileLock lock, FileLock::acquire(project_.folder() / ".workbench.lock"));
        HILO_CHECK(rebuild());
    }
    return work();
}

Result<IndexReport> RunStore::update(const std::string& id, bool lockIsOurs)
{
    IndexReport total;
    HILO_CHECK(guarded([&] { return updateOnce(id, lockIsOurs, total = {}); }));
    return total;
}

Status RunStore::updateOnce(const std::string& id, bool lockIsOurs, IndexReport& total)
{
    RunIndexer indexer(database_, project_);
    do {
        const Status read = database_.change(Durability::Normal, [&](SQLite::Database&) -> Status {
            HILO_TRY(const IndexReport report, indexer.readFolder(id));
            total.events += report.events;
            total.skipped += report.skipped;
            total.isNew = total.isNew || report.isNew;
            total.problem = report.problem;
            total.more = report.more;
            return {};
        });
        HILO_CHECK(read);
    } while (total.more);
    // States are synced to the disk at once, and with them everything before.
    return database_.change(Durability::Full, [&](SQLite::Database&) -> Status {
        HILO_TRY([[maybe_unused]] const bool changed, indexer.refreshState(id, lockIsOurs));
        return {};
    });
}

Result<ScanReport> RunStore::scan(const Progress& progress)
{
    ScanReport report;
    HILO_CHECK(guarded([&] { return scanOnce(report = {}, progress); }));
    return report;
}

Status RunStore::scanOnce(ScanReport& report, const Progress& progress)
{
    HILO_TRY(const std::vector<std::string> ids, project_.runIds());
    std::unordered_map<std::string, KnownFiles> known;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        auto& query =
            database_.statement("SELECT id, spec_stamp, events_stamp, notes_stamp, imported_stamp, state FROM "
                                "runs JOIN cursors USING (run)");
        while (query.executeStep())
            known[query.getColumn(0).getString()] = {query.getColumn(1).getString(), query.getColumn(2).getString(),
                                                     query.getColumn(3).getString(), query.getColumn(4).getString(),
                                                     query.getColumn(5).getString()};
        return {};
    }));

    const std::vector<std::string> archived = archivedIds(project_);
    for (const std::string& id : archived)
        if (!known.contains(id) && !std::binary_search(ids.begin(), ids.end(), id))
            HILO_CHECK(readArchived(id, report.events));

    std::vector<std::string> changed;
    std::error_code code;
    for (const std::string& id : ids) {
        const fs::path folder = project_.runsFolder() / id;
        const auto found = known.find(id);
        const bool same = found != known.end() && isSettled(found->second.state) &&
                          !fs::exists(folder / "queue.json", code) &&
                          found->second.specStamp == fileStamp(folder / "run.json") &&
                          found->second.eventsStamp == eventsStamp(folder) &&
                          found->second.importedStamp == fileStamp(folder / importedScoresFile) &&
                          found->second.notesStamp == fileStamp(folder / runNotesFile) &&
                          (found->second.state != "interrupted" || !FileLock::isHeld(runLockFile(folder)));
        if (!same)
            changed.push_back(id);
        if (found != known.end())
            known.erase(found);
    }
    report.runs = static_cast<std::int64_t>(ids.size());
    report.changed = static_cast<std::int64_t>(changed.size());
    for (const auto& [id, files] : known) {
        if (!std::binary_search(archived.begin(), archived.end(), id))
            report.missing.push_back(id);
        if (files.state != "missing" && files.state != "archived")
            changed.push_back(id);
    }
    std::sort(report.missing.begin(), report.missing.end());

    RunIndexer indexer(database_, project_);
    for (std::size_t start = 0; start < changed.size(); start += runsPerTransaction) {
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report(
            {"Reading runs", static_cast<std::int64_t>(start), static_cast<std::int64_t>(changed.size()), {}});
        HILO_CHECK(database_.change(Durability::Full, [&](SQLite::Database&) -> Status {
            for (std::size_t i = start; i < std::min(start + runsPerTransaction, changed.size()); ++i)
                if (Status read = readAll(indexer, changed[i], report.events); !read)
                    return read;
            return {};
        }));
    }
    return {};
}

/// A run that only its archive knows: after a damaged database was made again.
Status RunStore::readArchived(const std::string& id, std::int64_t& events)
{
    RunIndexer indexer(database_, project_);
    HILO_TRY(const AtomicFolder unpacked, AtomicFolder::create(project_.archiveFolder() / (id + ".index")));
    const Status whole = unpackArchive(archiveFile(project_, id), unpacked.path(), true);
    return database_.change(Durability::Full, [&](SQLite::Database&) -> Status {
        if (!whole) {
            indexer.noteProblem(id, whole.error().message);
        } else {
            for (bool more = true; more;) {
                HILO_TRY(const IndexReport report, indexer.readFolder(id, unpacked.path()));
                events += report.events;
                more = report.more;
            }
        }
        HILO_TRY([[maybe_unused]] const bool changed, indexer.refreshState(id));
        return {};
    });
}

Result<ScanReport> RunStore::reindex(bool forgetMissing, const Progress& progress)
{
    ScanReport report;
    HILO_CHECK(guarded([&] { return reindexOnce(report = {}, forgetMissing, progress); }));
    return report;
}

Status RunStore::reindexOnce(ScanReport& report, bool forgetMissing, const Progress& progress)
{
    HILO_CHECK(checkDatabase(database_, true));
    HILO_TRY(const std::vector<std::string> ids, project_.runIds());
    report.runs = static_cast<std::int64_t>(ids.size());
    for (const std::string& id : ids) {
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({"Reading runs", report.changed, report.runs, id});
        HILO_TRY(const bool readAnew, reindexRun(id, forgetMissing, report.events));
        if (readAnew)
            ++report.changed;
        else
            report.kept.push_back(id);
    }
    std::set<std::string> known;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        auto& query = database_.statement("SELECT id FROM runs");
        while (query.executeStep())
            known.insert(query.getColumn(0).getString());
        return {};
    }));
    for (const std::string& id : ids)
        known.erase(id);
    for (const std::string& id : archivedIds(project_))
        known.erase(id);
    report.missing.assign(known.begin(), known.end());
    for (const std::string& id : report.missing)
        if (forgetMissing)
            HILO_CHECK(forget(id));
    return {};
}

Result<bool> RunStore::reindexRun(const std::string& id, bool forgetMissing, std::int64_t& events)
{
    bool lost = false;
    std::int64_t read = 0;
    RunIndexer indexer(database_, project_);
    const Status done = database_.change(Durability::Normal, [&](SQLite::Database&) -> Status {
        auto& query = database_.statement("SELECT events FROM runs JOIN cursors USING (run) WHERE id = ?");
        query.bind(1, id);
        const std::int64_t before = query.executeStep() ? query.getColumn(0).getInt64() : 0;
        HILO_CHECK(indexer.remove(id));
        HILO_CHECK(readAll(indexer, id, read));
        lost = read < before && !forgetMissing;
        // An error rolls the whole change back.
        return lost ? failure(cancelled()) : Status();
    });
    if (lost)
        return false;
    HILO_CHECK(done);
    events += read;
    return true;
}

Status RunStore::forget(const std::string& id)
{
    return database_.change(Durability::Full,
                            [&](SQLite::Database&) { return RunIndexer(database_, project_).remove(id); });
}

} // namespace hilo
