// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_indexer.h"

#include "base/atomic_file.h"
#include "base/file_lock.h"
#include "base/process_identity.h"
#include "base/sha256.h"
#include "index/event_applier.h"
#include "index/imported_score_rows.h"
#include "index/result_rows.h"
#include "run/map_timeline.h"
#include "run/queue_ticket.h"
#include "run/run_notes.h"
#include "run/run_settings.h"

#include <sys/stat.h>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largestSpec = std::size_t{64} << 20;

/// A migration of the schema puts this in the place of a stamp: the log is to be read from its beginning.
constexpr const char* readAgain = "again";

/// What the database knows of a run before an update.
struct KnownRun
{
    std::int64_t run = 0;
    bool isNew = false;
    EventCursor cursor;
    std::int64_t events = 0;
    std::int64_t skipped = 0;
    std::string specStamp, eventsStamp, notesStamp, specSha256, lifecycle, problem;
};

KnownRun findOrInsert(Database& database, const std::string& id)
{
    auto& find =
        database.statement("SELECT r.run, c.offset, c.head_print, c.tail_print, c.events, c.skipped, c.spec_stamp, "
                           "r.spec_sha256, r.lifecycle, r.problem, c.events_stamp, c.notes_stamp "
                           "FROM runs r JOIN cursors c USING (run) WHERE r.id = ?");
    find.bind(1, id);
    KnownRun known;
    if (find.executeStep()) {
        known.run = find.getColumn(0).getInt64();
        known.cursor = {static_cast<std::uint64_t>(find.getColumn(1).getInt64()), find.getColumn(2).getString(),
                        find.getColumn(3).getString()};
        known.events = find.getColumn(4).getInt64();
        known.skipped = find.getColumn(5).getInt64();
        known.specStamp = find.getColumn(6).getString();
        known.specSha256 = find.getColumn(7).getString();
        known.lifecycle = find.getColumn(8).getString();
        known.problem = find.getColumn(9).getString();
        known.eventsStamp = find.getColumn(10).getString();
        known.notesStamp = find.getColumn(11).getString();
        return known;
    }
    auto& run = database.statement("INSERT INTO runs (id, name, spec_name) VALUES (?1, ?1, ?1)");
    run.bind(1, id);
    run.exec();
    known.run = database.raw().getLastInsertRowid();
    known.isNew = true;
    auto& cursor = database.statement("INSERT INTO cursors (run) VALUES (?)");
    cursor.bind(1, known.run);
    cursor.exec();
    return known;
}

void insertSetting(Database& database, std::int64_t run, const Setting& setting)
{
    const std::int64_t key = keyOf(database, setting.key);
    auto& insert = database.statement("INSERT INTO settings (run, key, number, text) VALUES (?, ?, ?, ?)");
    insert.bind(1, run);
    insert.bind(2, key);
    if (setting.number)
        insert.bind(3, *setting.number);
    if (setting.text)
        insert.bind(4, *setting.text);
    insert.exec();
}

void writeSettings(Database& database, std::int64_t run, const Json& document)
{
    auto& clear = database.statement("DELETE FROM settings WHERE run = ?");
    clear.bind(1, run);
    clear.exec();
    for (const Setting& setting : flattenSettings(document))
        insertSetting(database, run, setting);
}

/// A run's map is the one that it has come to, not the first one of its run.json.
void writeMapSettings(Database& database, std::int64_t run, const Json& map)
{
    for (const Setting& setting : mapSettings(map)) {
        auto& clear = database.statement("DELETE FROM settings WHERE run = ? AND key = ?");
        clear.bind(1, run);
        clear.bind(2, keyOf(database, setting.key));
        clear.exec();
        insertSetting(database, run, setting);
    }
}

/// Of a run whose run.json was read again, when no event came that says it: where its map has moved.
Json movedMap(const fs::path& folder)
{
    const auto timeline = readMapTimeline(folder);
    return timeline && timeline->hasMoved() ? toJson(timeline->last()) : Json();
}

/// Whether a log still holds as many events as were read from it once.
bool holdsEvents(const fs::path& folder, std::int64_t count)
{
    std::int64_t found = 0;
    const EventReceiver counting = [&found](const Json&) {
        ++found;
        return Status();
    };
    return followEvents(folder, {}, counting, UINT64_MAX).has_value() && found >= count;
}

/// Takes back what was read of the events; the run itself, its settings and its place in the queue stay.
void forgetEvents(Database& database, KnownRun& known)
{
    for (const char* table : {"series", "documents"}) {
        auto& clear = database.statement("DELETE FROM " + std::string(table) + " WHERE run = ?");
        clear.bind(1, known.run);
        clear.exec();
    }
    saveResult(database, known.run, {}, loadResult(database, known.run));
    auto& findings = database.statement("UPDATE runs SET findings = '' WHERE run = ?");
    findings.bind(1, known.run);
    findings.exec();
    known.cursor = {};
    known.events = known.skipped = 0;
}

std::optional<std::int64_t> seedOf(const Json& document)
{
    const auto training = document.find("training");
    if (training == document.end() || !training->is_object())
        return {};
    const auto seed = training->find("seed");
    return seed != training->end() && seed->is_number_integer() ? std::optional(seed->get<std::int64_t>())
                                                                : std::nullopt;
}

bool asksForAMovingMap(const Json& document)
{
    const Json::json_pointer method("/training/reallocation/method");
    return document.contains(method) && document[method] != "none";
}

/// Returns what is wrong with run.json; empty when nothing. moves: whether the run's map is to move.
std::string readSpec(Database& database, const fs::path& file, const std::string& id, const KnownRun& known,
                     std::string& sha, bool& moves)
{
    const auto text = readFile(file, largestSpec);
    const auto document = text ? parseJson(*text, file.string()) : Result<Json>(failure(text.error()));
    if (!document || !document->is_object()) {
        const std::string why = document ? "It is no JSON object." : document.error().message;
        return "run.json cannot be read: " + why + " What was known before is kept; restore the file from a backup.";
    }
    sha = sha256(*text);
    const bool changedLate = !known.specSha256.empty() && known.specSha256 != sha && !known.lifecycle.empty();
    moves = asksForAMovingMap(*document);
    writeSettings(database, known.run, *document);
    const auto name = document->find("name");
    auto& update =
        database.statement("UPDATE runs SET spec_name = ?1, name = coalesce(nullif(given_name, ''), ?1), seed = ?2, "
                           "repeat_group = ?3, spec_sha256 = ?4 WHERE run = ?5");
    update.bind(1, name != document->end() && name->is_string() && !name->get<std::string>().empty()
                       ? name->get<std::string>()
                       : id);
    if (const auto seed = seedOf(*document))
        update.bind(2, *seed);
    update.bind(3, repeatGroupOf(*document));
    update.bind(4, sha);
    update.bind(5, known.run);
    update.exec();
    return changedLate ? "run.json was changed after the run had started; its results belong to the settings before."
                       : "";
}

/// Notes that cannot be read change nothing of what is known, and are said.
void readNotes(Database& database, const fs::path& folder, const KnownRun& known, const std::string& stamp,
               std::string& problem)
{
    if (problem.starts_with(runNotesFile))
        problem.clear();
    const auto notes = readRunNotes(folder);
    if (notes) {
        auto& update =
            database.statement("UPDATE runs SET given_name = ?1, name = coalesce(nullif(?1, ''), spec_name), "
                               "note = ?2, tags = ?3, starred = ?4 WHERE run = ?5");
        update.bind(1, notes->name);
        update.bind(2, notes->note);
        update.bind(3, joinedTags(*notes));
        update.bind(4, notes->starred ? 1 : 0);
        update.bind(5, known.run);
        update.exec();
    } else if (problem.empty()) {
        problem = std::string(runNotesFile) + " cannot be read: " + notes.error().message +
                  " What was noted before is kept; mend the file or remove it.";
    }
    auto& cursor = database.statement("UPDATE cursors SET notes_stamp = ? WHERE run = ?");
    cursor.bind(1, stamp);
    cursor.bind(2, known.run);
    cursor.exec();
}

void writeProblem(Database& database, std::int64_t run, const std::string& problem)
{
    auto& update = database.statement("UPDATE runs SET problem = ?1 WHERE run = ?2 AND problem <> ?1");
    update.bind(1, problem);
    update.bind(2, run);
    update.exec();
}

} // namespace

std::optional<QueueTicket> mirroredTicket(Database& database, const std::string& id)
{
    auto& query =
        database.statement("SELECT q.position, q.maximum_attempts, q.attempts, q.checkpoint, q.devices FROM queue q "
                           "JOIN runs r USING (run) WHERE r.id = ?");
    query.bind(1, id);
    if (!query.executeStep())
        return {};
    return QueueTicket{query.getColumn(0).getDouble(), query.getColumn(1).getInt(), query.getColumn(2).getInt(),
                       query.getColumn(3).getInt64(), query.getColumn(4).getInt()};
}

std::string fileStamp(const fs::path& file)
{
    struct stat status
    {
    };
    if (::stat(file.c_str(), &status) != 0)
        return {};
    return std::to_string(status.st_size) + ":" + std::to_string(status.st_mtim.tv_sec) + "." +
           std::to_string(status.st_mtim.tv_nsec) + ":" + std::to_string(status.st_ino);
}

std::string eventsStamp(const fs::path& runFolder)
{
    return fileStamp(runFolder / "events.ndjson");
}

Result<IndexReport> RunIndexer::readFolder(const std::string& id)
{
    HILO_TRY(const fs::path folder, project_.pathOfRun(id));
    return readFolder(id, folder);
}

Result<IndexReport> RunIndexer::readFolder(const std::string& id, const fs::path& folder)
{
    std::error_code code;
    IndexReport report;
    KnownRun known = findOrInsert(database_, id);
    report.isNew = known.isNew;
    if (!fs::is_directory(folder, code))
        return report;

    known.problem = updateImportedScores(database_, known.run, folder, known.problem);
    report.problem = known.problem;
    const std::string specStamp = fileStamp(folder / "run.json");
    // The stamp is taken before the reading, so that what is written meanwhile is read the next time.
    const std::string stamp = eventsStamp(folder);
    if (const std::string notes = fileStamp(folder / runNotesFile); notes != known.notesStamp) {
        readNotes(database_, folder, known, notes, report.problem);
        writeProblem(database_, known.run, report.problem);
    }
    if (!known.isNew && !specStamp.empty() && specStamp == known.specStamp && stamp == known.eventsStamp)
        return report;
    std::string sha = known.specSha256;
    bool moves = false;
    if (specStamp != known.specStamp || specStamp.empty()) {
        const std::string problem = readSpec(database_, folder / "run.json", id, known, sha, moves);
        if (!problem.empty() || report.problem.starts_with("run.json"))
            report.problem = problem;
    }

    // Events mean what the settings say; those of a run whose run.json could not be read at first are read again. Where
    // the files hold less by now, what is known stays: a migration has corrected that as far as it goes.
    const bool again = known.eventsStamp == readAgain || (known.specSha256.empty() && !sha.empty());
    if (again && known.events > 0 && holdsEvents(folder, known.events)) {
        forgetEvents(database_, known);
        if (report.problem.starts_with("events.ndjson"))
            report.problem.clear();
    }

    EventApplier applier(database_, known.run, known.events);
    Json map; // the newest that the run has come to
    HILO_TRY(const EventFollowing followed, followEvents(folder, known.cursor, [&](const Json& event) {
                 if (const auto found = event.find("map");
                     found != event.end() && found->is_object() &&
                     (event["event"] == "reallocation" || event["event"] == "finished"))
                     map = *found;
                 return applier.apply(event);
             }));
    HILO_CHECK(applier.finish());
    if (map.is_null() && moves)
        map = movedMap(folder);
    if (!map.is_null())
        writeMapSettings(database_, known.run, map);
    report.events = followed.events;
    report.skipped = followed.skipped + applier.unusable();
    report.more = followed.more;
    if (!followed.problem.empty())
        report.problem = followed.problem;

    auto& cursor = database_.statement(
        "UPDATE cursors SET offset = ?, head_print = ?, tail_print = ?, events = ?, skipped = ?, spec_stamp = ?, "
        "events_stamp = ?, boot_id = CASE WHEN ? THEN ? ELSE boot_id END, "
        "signal_milliseconds = CASE WHEN ? THEN ? ELSE signal_milliseconds END WHERE run = ?");
    cursor.bind(1, static_cast<std::int64_t>(followed.cursor.offset));
    cursor.bind(2, followed.cursor.headPrint);
    cursor.bind(3, followed.cursor.tailPrint);
    cursor.bind(4, known.events + followed.events);
    cursor.bind(5, known.skipped + report.skipped);
    cursor.bind(6, specStamp);
    cursor.bind(7, report.more ? std::string("more") : stamp);
    const int signal = followed.events > 0 ? 1 : 0;
    cursor.bind(8, signal);
    cursor.bind(9, currentBootId());
    cursor.bind(10, signal);
    cursor.bind(11, millisecondsSinceBoot());
    cursor.bind(12, known.run);
    cursor.exec();
    writeProblem(database_, known.run, report.problem);
    return report;
}

void RunIndexer::noteProblem(const std::string& id, const std::string& problem)
{
    const KnownRun known = findOrInsert(database_, id);
    auto& update = database_.statement("UPDATE runs SET problem = ? WHERE run = ?");
    update.bind(1, problem);
    update.bind(2, known.run);
    update.exec();
}

Result<bool> RunIndexer::refreshState(const std::string& id, bool lockIsOurs)
{
    HILO_TRY(const fs::path folder, project_.pathOfRun(id));
    auto& find = database_.statement("SELECT run, state, lifecycle, problem FROM runs WHERE id = ?");
    find.bind(1, id);
    if (!find.executeStep())
        return false;
    const std::int64_t run = find.getColumn(0).getInt64();
    const std::string before = find.getColumn(1).getString(), lifecycle = find.getColumn(2).getString();
    const std::string problem = find.getColumn(3).getString();

    std::error_code code;
    const bool exists = fs::is_directory(folder, code);
    auto ticket = readTicket(folder);
    // A damaged ticket takes no run out of the queue: the mirror still knows its place.
    if (!ticket && exists)
        ticket = mirroredTicket(database_, id);
    const bool live = exists && !lockIsOurs && FileLock::isHeld(runLockFile(folder));
    std::string state = lifecycle;
    if (!exists)
        state = fs::exists(project_.archiveFolder() / (id + ".tar.gz"), code) ? "archived" : "missing";
    else if (live && lifecycle != "finished" && lifecycle != "failed")
        state = lifecycle == "paused" ? "paused" : "running";
    else if (ticket && *ticket)
        state = "queued";
    else if (lifecycle.empty())
        state = problem.starts_with("run.json cannot be read") ? "damaged" : "new";
    else if (lifecycle == "started" || lifecycle == "paused")
        state = "interrupted";

    if (ticket && *ticket) {
        auto& mirror = database_.statement(
            "INSERT INTO queue (run, position, maximum_attempts, attempts, checkpoint, devices) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (run) DO UPDATE SET "
            "position = excluded.position, maximum_attempts = excluded.maximum_attempts, "
            "attempts = excluded.attempts, checkpoint = excluded.checkpoint, devices = excluded.devices "
            "WHERE position <> excluded.position OR maximum_attempts <> excluded.maximum_attempts "
            "OR attempts <> excluded.attempts OR checkpoint <> excluded.checkpoint "
            "OR devices <> excluded.devices");
        mirror.bind(1, run);
        mirror.bind(2, (*ticket)->position);
        mirror.bind(3, (*ticket)->maximumAttempts);
        mirror.bind(4, (*ticket)->attempts);
        mirror.bind(5, (*ticket)->checkpoint);
        mirror.bind(6, (*ticket)->devices);
        mirror.exec();
    } else {
        auto& drop = database_.statement("DELETE FROM queue WHERE run = ?");
        drop.bind(1, run);
        drop.exec();
    }
    if (state == before)
        return false;
    auto& update = database_.statement("UPDATE runs SET state = ? WHERE run = ?");
    update.bind(1, state);
    update.bind(2, run);
    update.exec();
    return true;
}

Status RunIndexer::remove(const std::string& id)
{
    auto& statement = database_.statement("DELETE FROM runs WHERE id = ?");
    statement.bind(1, id);
    statement.exec();
    return {};
}

} // namespace hilo
