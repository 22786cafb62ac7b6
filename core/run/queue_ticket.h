// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>

namespace hilo {

/// A run's place in the queue, kept as runs/ID/queue.json: the database only mirrors it, so that a lost database
/// loses no queue.
struct QueueTicket
{
    double position = 0;          ///< lowest first
    int maximumAttempts = 3;      ///< starts without progress before the queue gives up
    int attempts = 0;             ///< starts since the last new checkpoint
    std::int64_t checkpoint = -1; ///< newest valid checkpoint's step at the last start; -1: none
    int devices = 0;              ///< that it asks for at once; 0: as many as it was begun on, else one
    bool operator==(const QueueTicket&) const = default;
};

/// Nothing when the run is not queued; an error when the file is damaged.
Result<std::optional<QueueTicket>> readTicket(const std::filesystem::path& runFolder);
Status writeTicket(const std::filesystem::path& runFolder, const QueueTicket& ticket);
Status removeTicket(const std::filesystem::path& runFolder);

} // namespace hilo
