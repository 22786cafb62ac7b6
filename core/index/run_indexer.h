// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/database.h"
#include "project/project.h"
#include "run/event_stream.h"
#include "run/queue_ticket.h"

#include <optional>
#include <string>

namespace hilo {

/// What an update of one run's rows found.
struct IndexReport
{
    std::int64_t events = 0;  ///< read now
    std::int64_t skipped = 0; ///< damaged lines met now
    bool isNew = false;
    bool more = false;   ///< the log holds more; call again
    std::string problem; ///< what is wrong with the run's files; empty when nothing
};

/// Brings the rows of runs up to date with their folders. Every function works inside a transaction that the caller
/// began with Database::change, so that two processes may index the same run: each goes on where the other stopped.
class RunIndexer
{
  public:
    RunIndexer(Database& database, const Project& project) : database_(database), project_(project) {}

    /// Reads run.json when it changed, and the events from where the last reading stopped. Damaged files are reported
    /// in the run's "problem" and never remove what is known already.
    Result<IndexReport> readFolder(const std::string& id);
    /// The same from another folder, into which an archived run's files were unpacked.
    Result<IndexReport> readFolder(const std::string& id, const std::filesystem::path& folder);
    /// Writes down what is wrong with a run's files; the run is made known when it was not.
    void noteProblem(const std::string& id, const std::string& problem);
    /// Brings the queue's mirror and the state (queued, running, interrupted, finished, …) up to date. Returns true
    /// when the state changed.
    Result<bool> refreshState(const std::string& id, bool lockIsOurs = false);
    /// Forgets the run.
    Status remove(const std::string& id);

  private:
    Database& database_;
    const Project& project_;
};

/// What the database knows of a run's place in the queue. Only inside run, change and read of the database.
std::optional<QueueTicket> mirroredTicket(Database& database, const std::string& id);

/// How a run's files look from outside: size, time and inode of each. Equal stamps: nothing to read.
std::string fileStamp(const std::filesystem::path& file);
std::string eventsStamp(const std::filesystem::path& runFolder);

} // namespace hilo
