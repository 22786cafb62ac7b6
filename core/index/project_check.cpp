// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/project_check.h"

#include "base/file_lock.h"
#include "index/schema.h"
#include "index/series.h"
#include "project/archive.h"
#include "project/archive_file.h"
#include "run/checkpoints.h"
#include "run/event_stream.h"
#include "run/provenance.h"
#include "run/queue_ticket.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Lines of a log of which something is left out; the first ones by their place.
class DamagedLines
{
  public:
    void add(const DamagedLine& line)
    {
        constexpr std::int64_t shown = 5;
        ++count_;
        if (count_ <= shown)
            places_ +=
                (count_ == 1 ? "" : "; ") + line.file + ", line " + std::to_string(line.line) + ": " + line.reason;
        else if (count_ == shown + 1)
            places_ += "; …";
    }
    std::int64_t count() const { return count_; }
    std::string describe(const std::string& what) const
    {
        return what + ": " + std::to_string(count_) + " (" + places_ + ").";
    }

  private:
    std::int64_t count_ = 0;
    std::string places_;
};

class ProjectCheck
{
  public:
    ProjectCheck(RunStore& store, const CheckOptions& options, const Progress& progress)
        : store_(store), options_(options), progress_(progress)
    {
    }

    Result<std::vector<Finding>> run()
    {
        HILO_TRY(const ScanReport scanned, store_.scan(progress_));
        for (const std::string& note : store_.notes())
            add("", note, "");
        if (const Status sound = checkDatabase(store_.database(), true); !sound)
            add("", sound.error().message, sound.error().hint);
        for (const std::string& id : scanned.missing)
            add(id, "The run's folder is gone; the database still knows its results.",
                "Restore it from a backup, or forget it with \"hilo project reindex --forget-missing\".");
        HILO_CHECK(checkArchives());
        HILO_TRY(const std::vector<std::string> ids, store_.project().runIds());
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (progress_.isCancelled())
                return failure(cancelled());
            progress_.report(
                {"Checking runs", static_cast<std::int64_t>(i), static_cast<std::int64_t>(ids.size()), ids[i]});
            HILO_CHECK(checkRun(ids[i]));
        }
        return std::move(findings_);
    }

  private:
    void add(const std::string& id, const std::string& message, const std::string& hint,
             Finding::Kind kind = Finding::Kind::Damage)
    {
        findings_.push_back({kind, id, message, hint});
    }

    Status checkArchives()
    {
        for (const std::string& id : archivedIds(store_.project())) {
            if (!options_.hashes)
                break;
            const Status whole = checkArchive(archiveFile(store_.project(), id), progress_);
            if (!whole && whole.error().code == ErrorCode::Cancelled)
                return whole;
            if (!whole)
                add(id, whole.error().message, whole.error().hint);
        }
        return {};
    }

    Status checkRun(const std::string& id)
    {
        const fs::path folder = store_.project().runsFolder() / id;
        HILO_CHECK(checkIndex(id, folder));
        if (const auto ticket = readTicket(folder); !ticket)
            add(id, "queue.json is damaged: " + ticket.error().message, "Queue the run again.");
        HILO_TRY(const std::vector<Checkpoint> checkpoints, listCheckpoints(folder, options_.hashes, progress_));
        bool anyValid = false;
        for (const Checkpoint& checkpoint : checkpoints) {
            anyValid = anyValid || checkpoint.valid;
            // A live run may have pruned it meanwhile.
            std::error_code code;
            if (!checkpoint.valid && fs::exists(checkpoint.folder, code))
                add(id,
                    "The checkpoint of step " + std::to_string(checkpoint.step) + " is damaged: " + checkpoint.problem,
                    "It is never used; \"hilo project prune\" removes it.");
        }
        if (!checkpoints.empty() && !anyValid)
            add(id, "No checkpoint is valid any more.",
                "Restore one from a backup; else the run starts from its beginning.");
        return options_.hashes ? checkProvenance(id, folder) : Status();
    }

    /// Every complete line of the log must be in the database.
    Status checkIndex(const std::string& id, const fs::path& folder)
    {
        std::int64_t known = 0, skipped = 0, counted = 0;
        std::string problem;
        const Status asked = store_.database().read([&](SQLite::Database&) -> Status {
            auto& query = store_.database().statement(
                "SELECT events, skipped, problem FROM runs JOIN cursors USING (run) WHERE id = ?");
            query.bind(1, id);
            if (query.executeStep()) {
                known = query.getColumn(0).getInt64();
                skipped = query.getColumn(1).getInt64();
                problem = query.getColumn(2).getString();
            }
            return {};
        });
        HILO_CHECK(asked);
        const EventReceiver count = [&counted](const Json&) -> Status {
            ++counted;
            return {};
        };
        DamagedLines damaged, partly;
        const DamageReceiver note = [&](const DamagedLine& line) { (line.partly ? partly : damaged).add(line); };
        HILO_TRY([[maybe_unused]] const EventFollowing followed, followEvents(folder, {}, count, UINT64_MAX, note));
        if (!problem.empty())
            add(id, problem, "");
        else if (counted < known)
            add(id, "The log holds " + std::to_string(counted) + " events, the database " + std::to_string(known) + ".",
                "Restore events.ndjson from a backup; the database keeps what it knows.");
        else if (counted > known && !isLive(folder))
            add(id, "The database misses " + std::to_string(counted - known) + " events of the log.",
                "Run \"hilo project reindex\".");
        std::error_code code;
        if (counted == 0 && known == 0 && problem.empty() &&
            (fs::exists(folder / "checkpoints", code) || fs::exists(folder / "adapter", code)))
            add(id, "The run has been trained, but its log holds no event.",
                "Restore events.ndjson from a backup; \"hilo resume " + folder.string() + "\" goes on without it.");
        if (const std::string damage = damagedMetric(id); !damage.empty())
            add(id, "The database's points of \"" + damage + "\" are damaged.", "Run \"hilo project reindex\".");
        if (damaged.count() > 0)
            add(id, damaged.describe("Damaged lines that were left out"), "");
        else if (skipped > 0)
            add(id, "Damaged lines that were left out: " + std::to_string(skipped) + ", which the log no longer has.",
                "");
        if (partly.count() > 0)
            add(id, partly.describe("Lines with values that were left out"), "");
        return {};
    }

    /// The name of a metric whose points cannot be read; empty when all can.
    std::string damagedMetric(const std::string& id)
    {
        std::string damaged;
        [[maybe_unused]] const Status read = store_.database().read([&](SQLite::Database&) -> Status {
            auto& query = store_.database().statement(
                "SELECT k.name, c.data FROM runs r JOIN series s USING (run) JOIN keys k USING (key) "
                "JOIN chunks c USING (series) WHERE r.id = ?");
            query.bind(1, id);
            while (query.executeStep() && damaged.empty()) {
                Series points;
                if (!decodeChunk(query.getColumn(1).getString(), points))
                    damaged = query.getColumn(0).getString();
            }
            return {};
        });
        return read ? damaged : describe(read.error());
    }

    static bool isLive(const fs::path& folder) { return FileLock::isHeld(runLockFile(folder)); }

    Status checkProvenance(const std::string& id, const fs::path& folder)
    {
        std::error_code code;
        if (!fs::exists(folder / "provenance.json", code))
            return {};
        const auto changes = changedSince(folder, options_.libtorch, progress_);
        if (!changes) {
            if (changes.error().code == ErrorCode::Cancelled)
                return failure(changes.error());
            add(id, "provenance.json cannot be read: " + changes.error().message, "Restore it from a backup.");
            return {};
        }
        for (const std::string& change : *changes)
            add(id, "Not as when the run was made: " + change + ".", "A repetition may give other numbers.",
                Finding::Kind::Change);
        return {};
    }

    RunStore& store_;
    CheckOptions options_;
    Progress progress_;
    std::vector<Finding> findings_;
};

} // namespace

Result<std::vector<Finding>> checkProject(RunStore& store, const CheckOptions& options, const Progress& progress)
{
    return ProjectCheck(store, options, progress).run();
}

} // namespace hilo
