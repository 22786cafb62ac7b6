// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/run_ending.h"

#include "base/atomic_file.h"
#include "base/text_format.h"
#include "run/checkpoints.h"
#include "run/event_writer.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t tailBytes = 4000;

/// The last lines of a run's log, for the message of a crash.
std::string logTail(const fs::path& runFolder)
{
    const auto text = readFile(runFolder / "log.txt");
    if (!text)
        return {};
    std::string tail = text->substr(text->size() - std::min(text->size(), tailBytes));
    const auto firstLine = tail.size() < text->size() ? tail.find('\n') : std::string::npos;
    return firstLine == std::string::npos ? tail : tail.substr(firstLine + 1);
}

} // namespace

bool isOver(const std::string& lifecycle)
{
    return lifecycle == "finished" || lifecycle == "failed" || lifecycle == "stopped";
}

bool isHopeless(const fs::path& runFolder, const QueueTicket& ticket)
{
    return ticket.attempts >= ticket.maximumAttempts && newestCheckpointStep(runFolder) <= ticket.checkpoint;
}

std::string whyHopeless(const QueueTicket& ticket)
{
    return "The process ended " + std::to_string(ticket.attempts) + (ticket.attempts == 1 ? " time" : " times") +
           " without finishing and without a new checkpoint.";
}

Result<WorkNotice> noticeOfEnd(RunStore& store, const std::string& id)
{
    std::string outcome;
    const Status asked = store.database().read([&](SQLite::Database&) -> Status {
        auto& query =
            store.database().statement("SELECT state, lifecycle, accuracy, error_message FROM runs WHERE id = ?");
        query.bind(1, id);
        if (!query.executeStep())
            return {};
        const std::string lifecycle = query.getColumn(1).getString();
        outcome = isOver(lifecycle) ? lifecycle : query.getColumn(0).getString();
        if (lifecycle == "finished" && !query.isColumnNull(2))
            outcome += printed(", accuracy %.1f %%", query.getColumn(2).getDouble() * 100);
        if (const std::string message = query.getColumn(3).getString(); lifecycle == "failed" && !message.empty())
            outcome += ". " + message;
        return {};
    });
    HILO_CHECK(asked);
    const auto kind = outcome.starts_with("finished") ? WorkNotice::Kind::Finished
                      : outcome.starts_with("failed") ? WorkNotice::Kind::Failed
                                                      : WorkNotice::Kind::Stopped;
    return WorkNotice{kind, id, outcome.ends_with('.') ? outcome : outcome + "."};
}

Status writeGivenUp(RunStore& store, const std::string& id, const std::string& why)
{
    const fs::path folder = store.project().runsFolder() / id;
    HILO_TRY(EventWriter events, EventWriter::open(folder / "events.ndjson"));
    HILO_CHECK(events.write(
        "failed", {{"code", static_cast<int>(ErrorCode::Internal)},
                   {"message", why},
                   {"hint", "See log.txt in the run's folder; queue the run again to go on from its last checkpoint."},
                   {"log", logTail(folder)}}));
    HILO_TRY([[maybe_unused]] const IndexReport read, store.update(id, true));
    return {};
}

} // namespace hilo
