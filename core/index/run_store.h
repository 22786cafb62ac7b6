// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "index/database.h"
#include "index/run_indexer.h"
#include "project/project.h"

#include <string>
#include <vector>

namespace hilo {

/// What a look at all run folders found.
struct ScanReport
{
    std::int64_t runs = 0;            ///< folders
    std::int64_t changed = 0;         ///< of them read again
    std::int64_t events = 0;          ///< read
    std::vector<std::string> missing; ///< ids whose folder is gone; the database keeps what it knows of them
    std::vector<std::string> kept;    ///< reindex: ids whose files hold less than the database, so that its rows stayed
};

/// The writing side of workbench.db. The database is an index of the run folders: whatever happens to it, it is made
/// again from them. Several processes may have a store open; each change is one transaction.
class RunStore
{
  public:
    /// Opens or makes the database, brings it to the newest schema and checks it. A missing one is made from the run
    /// folders, a damaged one too after it was kept aside as workbench.db.damaged; notes() says so.
    static Result<RunStore> open(const Project& project);

    const Project& project() const { return project_; }
    Database& database() { return database_; }
    /// What people should know about the opening: rebuilt, network file system.
    const std::vector<std::string>& notes() const { return notes_; }

    /// Reads what is new in one run's folder. lockIsOurs: this process holds the run's lock.
    Result<IndexReport> update(const std::string& id, bool lockIsOurs = false);
    /// Looks at all run folders and reads what is new; runs whose process died become "interrupted".
    Result<ScanReport> scan(const Progress& progress = {});
    /// Reads every run folder anew. A run whose files hold fewer events than the database knows (or none: its folder is
    /// gone) keeps its rows, unless forgetMissing. Archived runs keep theirs.
    Result<ScanReport> reindex(bool forgetMissing, const Progress& progress = {});
    /// Removes a run's rows (not its folder).
    Status forget(const std::string& id);

  private:
    RunStore(Project project, Database database);
    /// Repeats work once when it met a damaged database, after that was made again.
    Status guarded(const std::function<Status()>& work);
    Status rebuild();
    Status prepare();
    Status makeFromFolders();
    void say(const std::string& note);
    Status updateOnce(const std::string& id, bool lockIsOurs, IndexReport& total);
    Status readArchived(const std::string& id, std::int64_t& events);
    Status scanOnce(ScanReport& report, const Progress& progress);
    Status reindexOnce(ScanReport& report, bool forgetMissing, const Progress& progress);
    Result<bool> reindexRun(const std::string& id, bool forgetMissing, std::int64_t& events);

    Project project_;
    Database database_;
    std::vector<std::string> notes_;
};

} // namespace hilo
