// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "project/project.h"
#include "run/checkpoints.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// What a run takes on the disk, in bytes of its files.
struct RunSpace
{
    std::string id;
    std::uint64_t total = 0;
    std::uint64_t checkpoints = 0; ///< of total
    std::uint64_t adapter = 0;     ///< of total
    std::uint64_t events = 0;      ///< of total: all parts of the event log
    std::uint64_t prunable = 0;    ///< of checkpoints: what pruning would free
    int checkpointCount = 0;
    bool archived = false; ///< total is the archive's size
};

/// Every run and archived run, the largest first. keep: as for prunable().
Result<std::vector<RunSpace>> spaceOfRuns(const Project& project, std::size_t keep, const Progress& progress = {});

struct PruneReport
{
    std::vector<Checkpoint> removed; ///< or what would be, when it is only asked for
    std::uint64_t bytes = 0;
};
/// Removes a run's old checkpoints; the newest keep valid ones (at least one) and all pinned ones stay. Holds the run
/// meanwhile; an error when somebody works on it. onlyAsk: removes nothing.
Result<PruneReport> pruneRun(const Project& project, const std::string& id, std::size_t keep, bool onlyAsk,
                             const Progress& progress = {});

} // namespace hilo
