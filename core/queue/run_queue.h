// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_store.h"
#include "run/queue_ticket.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// How often who works a queue looks at all run folders; at those that it runs it looks each time.
constexpr std::chrono::seconds scanInterval{5};

/// One run in the queue, as the worker sees it.
struct QueuedRun
{
    std::string id;
    QueueTicket ticket;
    std::string state;     ///< queued, running, paused
    std::string lifecycle; ///< the last of started, interrupted, finished, failed, …; empty before the first start
    std::string device;    ///< what its settings ask for: auto, cpu, cuda:0; of several devices their kind
    int devices = 1;       ///< that it needs at once
    bool begunOnSeveral = false; ///< and it can go on with as many only
    bool outOfSpace = false;     ///< failed for want of memory or disk space
};

/// Lowest position first.
Result<std::vector<QueuedRun>> queuedRuns(Database& database);
/// Nothing when it is not in the queue.
Result<std::optional<QueuedRun>> queuedRun(Database& database, const std::string& id);

/// Where in the queue a run goes.
struct QueuePlace
{
    enum class Kind { Last, First, Before } kind = Kind::Last;
    std::string before; ///< the id of a queued run, for Before
};

/// Puts a run into the queue, or moves one that waits there. devices: how many it trains on at once; 0 leaves that as
/// it is. Errors: no such run, finished already, begun on another number of devices.
Status enqueue(RunStore& store, const std::string& id, int maximumAttempts = 3, const QueuePlace& place = {},
               int devices = 0);
/// Takes a run out of the queue; one that runs goes on. No error when it was not queued.
Status dequeue(RunStore& store, const std::string& id);

/// Under the run's lock, before a start: counts the attempt and writes it down. Attempts count anew after each
/// checkpoint. Nothing when the run is not queued any more.
Result<std::optional<QueueTicket>> countAttempt(RunStore& store, const std::string& id);

} // namespace hilo
