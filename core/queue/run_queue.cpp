// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/run_queue.h"

#include "run/checkpoints.h"

#include <algorithm>
#include <functional>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Changes the ticket file and its mirror in one transaction; the database's write lock keeps two processes from
/// writing tickets at once. When the mirror cannot be written, the file is put back.
Status changeTicket(RunStore& store, const std::string& id, const std::function<Status(const fs::path& folder)>& work)
{
    HILO_TRY(const fs::path folder, store.project().pathOfRun(id));
    std::optional<QueueTicket> before;
    bool known = false;
    const Status changed = store.database().change(Durability::Full, [&](SQLite::Database&) -> Status {
        // A damaged ticket is replaced.
        const auto ticket = readTicket(folder);
        before = ticket ? *ticket : mirroredTicket(store.database(), id);
        known = true;
        if (Status done = work(folder); !done)
            return done;
        HILO_TRY([[maybe_unused]] const bool changedState,
                 RunIndexer(store.database(), store.project()).refreshState(id));
        return {};
    });
    if (!changed && known) {
        const Status restored = before ? writeTicket(folder, *before) : removeTicket(folder);
        if (!restored)
            return restored;
    }
    return changed;
}

double positionFor(Database& database, const std::string& id, const QueuePlace& place)
{
    const auto number = [&](const char* sql) {
        auto& query = database.statement(sql);
        return query.executeStep() && !query.isColumnNull(0) ? query.getColumn(0).getDouble() : 0.0;
    };
    if (place.kind == QueuePlace::Kind::Last)
        return number("SELECT max(position) FROM queue") + 1;
    if (place.kind == QueuePlace::Kind::First)
        return number("SELECT min(position) FROM queue") - 1;
    auto& next = database.statement("SELECT position FROM queue JOIN runs USING (run) WHERE id = ?");
    next.bind(1, place.before);
    const double upper = next.executeStep() ? next.getColumn(0).getDouble() : 0;
    auto& previous =
        database.statement("SELECT max(position) FROM queue JOIN runs USING (run) WHERE position < ? AND id <> ?");
    previous.bind(1, upper);
    previous.bind(2, id);
    const bool hasPrevious = previous.executeStep() && !previous.isColumnNull(0);
    return hasPrevious ? (previous.getColumn(0).getDouble() + upper) / 2 : upper - 1;
}

/// Halving the gap again and again ends; then all waiting runs get whole numbers.
Status renumber(RunStore& store, const std::string& before, double position)
{
    HILO_TRY(const std::vector<QueuedRun> queue, queuedRuns(store.database()));
    const auto next = std::find_if(queue.begin(), queue.end(), [&](const QueuedRun& run) { return run.id == before; });
    if (next == queue.end() || next->ticket.position - position > 1e-6)
        return {};
    double number = 0;
    for (const QueuedRun& run : queue) {
        QueueTicket ticket = run.ticket;
        ticket.position = ++number * 2;
        const Status moved =
            changeTicket(store, run.id, [&](const fs::path& folder) { return writeTicket(folder, ticket); });
        HILO_CHECK(moved);
    }
    return {};
}

/// A run that was begun on several devices goes on with as many, of the same kind; another one asks in its ticket.
void setNeed(QueuedRun& run, int processes, const std::string& begunOn)
{
    run.devices = std::max(1, processes > 0 ? processes : run.ticket.devices);
    run.begunOnSeveral = processes > 1;
    if (run.devices == 1)
        return;
    if (run.begunOnSeveral && !begunOn.empty())
        run.device = begunOn.starts_with("cuda") ? "cuda" : "cpu";
    else if (run.device.starts_with("cuda:"))
        run.device = "cuda";
}

} // namespace

Result<std::vector<QueuedRun>> queuedRuns(Database& database)
{
    std::vector<QueuedRun> queue;
    const Status read = database.read([&](SQLite::Database&) -> Status {
        auto& query = database.statement(
            "SELECT r.id, q.position, q.maximum_attempts, q.attempts, q.checkpoint, r.state, r.lifecycle, "
            "coalesce((SELECT s.text FROM settings s JOIN keys k USING (key) WHERE s.run = r.run AND k.name = "
            "'training.device'), "
            "'auto'), r.lifecycle = 'failed' AND coalesce(r.error_code, 0) = ?, q.devices, r.processes, r.devices "
            "FROM queue q JOIN runs r USING (run) "
            "ORDER BY q.position, r.id");
        query.bind(1, static_cast<int>(ErrorCode::NoSpace));
        while (query.executeStep()) {
            queue.push_back({query.getColumn(0).getString(),
                             {query.getColumn(1).getDouble(), query.getColumn(2).getInt(), query.getColumn(3).getInt(),
                              query.getColumn(4).getInt64(), query.getColumn(9).getInt()},
                             query.getColumn(5).getString(),
                             query.getColumn(6).getString(),
                             query.getColumn(7).getString(),
                             1,
                             false,
                             query.getColumn(8).getInt() != 0});
            const auto processes = std::clamp<std::int64_t>(query.getColumn(10).getInt64(), 0, INT32_MAX);
            setNeed(queue.back(), static_cast<int>(processes), query.getColumn(11).getString());
        }
        return {};
    });
    HILO_CHECK(read);
    return queue;
}

Result<std::optional<QueuedRun>> queuedRun(Database& database, const std::string& id)
{
    HILO_TRY(const std::vector<QueuedRun> queue, queuedRuns(database));
    const auto found = std::find_if(queue.begin(), queue.end(), [&](const QueuedRun& run) { return run.id == id; });
    return found == queue.end() ? std::optional<QueuedRun>() : std::optional(*found);
}

Status enqueue(RunStore& store, const std::string& id, int maximumAttempts, const QueuePlace& place, int devices)
{
    HILO_TRY(const fs::path runFolder, store.project().runFolder(id));
    HILO_TRY(const IndexReport read, store.update(id));
    // It would only be started in vain.
    if (read.problem.starts_with("run.json cannot be read"))
        return failure(badInput(runFolder.string(), {}, read.problem, "Restore run.json, or add the run once more."));
    HILO_TRY(const std::vector<QueuedRun> queue, queuedRuns(store.database()));
    if (place.kind == QueuePlace::Kind::Before &&
        (place.before == id ||
         std::none_of(queue.begin(), queue.end(), [&](const QueuedRun& run) { return run.id == place.before; })))
        return failure(badInput(store.project().folder().string(), place.before, "Not another run of the queue.",
                                "\"hilo project queue DIR\" shows the queue."));
    double position = 0;
    const Status changed = changeTicket(store, id, [&](const fs::path& folder) -> Status {
        auto& query = store.database().statement("SELECT lifecycle, processes FROM runs WHERE id = ?");
        query.bind(1, id);
        const bool isKnown = query.executeStep();
        if (isKnown && query.getColumn(0).getString() == "finished")
            return failure(
                badInput(folder.string(), {}, "The run has finished.", "Add it once more as a new run to repeat it."));
        if (const std::int64_t processes = isKnown ? query.getColumn(1).getInt64() : 0;
            devices > 0 && processes > 0 && processes != devices)
            return failure(badInput(folder.string(), {},
                                    "The run was begun on " + std::to_string(processes) +
                                        (processes == 1 ? " device" : " devices") + " and can go on with as many only.",
                                    "Queue it without a number of devices."));
        QueueTicket ticket;
        const auto known = readTicket(folder);
        if (const auto before = known ? *known : mirroredTicket(store.database(), id))
            ticket = *before;
        ticket.maximumAttempts = std::max(1, maximumAttempts);
        if (devices > 0)
            ticket.devices = devices;
        position = ticket.position = positionFor(store.database(), id, place);
        return writeTicket(folder, ticket);
    });
    HILO_CHECK(changed);
    return place.kind == QueuePlace::Kind::Before ? renumber(store, place.before, position) : Status();
}

Status dequeue(RunStore& store, const std::string& id)
{
    return changeTicket(store, id, [](const fs::path& folder) { return removeTicket(folder); });
}

Result<std::optional<QueueTicket>> countAttempt(RunStore& store, const std::string& id)
{
    std::optional<QueueTicket> counted;
    const Status changed = changeTicket(store, id, [&](const fs::path& folder) -> Status {
        const auto known = readTicket(folder);
        std::optional<QueueTicket> ticket = known ? *known : mirroredTicket(store.database(), id);
        if (!ticket)
            return {};
        const std::int64_t checkpoint = newestCheckpointStep(folder);
        if (checkpoint > ticket->checkpoint)
            ticket->attempts = 0;
        ticket->checkpoint = std::max(ticket->checkpoint, checkpoint);
        ++ticket->attempts;
        counted = ticket;
        return writeTicket(folder, *ticket);
    });
    HILO_CHECK(changed);
    return counted;
}

} // namespace hilo
