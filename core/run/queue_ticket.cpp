// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/queue_ticket.h"

#include "base/atomic_file.h"
#include "base/json.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* ticketFormat = "hilo.queue/1";
constexpr std::int64_t mostDevices = 4096;

fs::path ticketFile(const fs::path& runFolder)
{
    return runFolder / "queue.json";
}

} // namespace

Result<std::optional<QueueTicket>> readTicket(const fs::path& runFolder)
{
    const fs::path file = ticketFile(runFolder);
    std::error_code code;
    if (!fs::exists(file, code))
        return std::optional<QueueTicket>();
    HILO_TRY(const Json document, readJsonFile(file, {64 << 10, 8}));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    QueueTicket ticket;
    HILO_TRY(ticket.position, root.number("position", -1e15, 1e15));
    HILO_TRY(const std::int64_t maximumAttempts, root.integer("maximum_attempts", 1, 1000000));
    HILO_TRY(const std::int64_t attempts, root.integer("attempts", 0, 1000000));
    HILO_TRY(ticket.checkpoint, root.integerOr("checkpoint", -1, -1, INT64_MAX));
    HILO_TRY(const std::int64_t devices, root.integerOr("devices", 0, 0, mostDevices));
    ticket.maximumAttempts = static_cast<int>(maximumAttempts);
    ticket.attempts = static_cast<int>(attempts);
    ticket.devices = static_cast<int>(devices);
    return std::optional(ticket);
}

Status writeTicket(const fs::path& runFolder, const QueueTicket& ticket)
{
    Json document = {{"format", ticketFormat},
                     {"position", ticket.position},
                     {"maximum_attempts", ticket.maximumAttempts},
                     {"attempts", ticket.attempts},
                     {"checkpoint", ticket.checkpoint}};
    if (ticket.devices > 0)
        document["devices"] = ticket.devices;
    return writeJsonFile(ticketFile(runFolder), document);
}

Status removeTicket(const fs::path& runFolder)
{
    std::error_code code;
    fs::remove(ticketFile(runFolder), code);
    if (code)
        return failure(badInput(ticketFile(runFolder).string(), {}, "Cannot be removed: " + code.message() + ".",
                                "Make the run's folder writable."));
    return fs::exists(runFolder, code) ? syncPath(runFolder) : Status();
}

} // namespace hilo
