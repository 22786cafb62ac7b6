// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace hilo {

/// One folder runs/ID/checkpoints/step-N.
struct Checkpoint
{
    std::int64_t step = 0;
    std::filesystem::path folder;
    std::uint64_t bytes = 0;
    bool valid = false; ///< its manifest is there and every file has the size (and when asked the hash) it names
    bool pinned = false;
    std::string problem; ///< why it is not valid
    bool best = false;   ///< the run's best one so far, by the newest valid checkpoint; its weights become the adapter
};

/// Writes manifest.json into a finished checkpoint folder, as the last file: {"format": "hilo.checkpoint/1", "step": N,
/// "files": [{"path", "bytes", "sha256"}]} over every other file in it.
Status writeManifest(const std::filesystem::path& checkpointFolder, std::int64_t step);

/// Checks a checkpoint folder against its manifest; hashes: also the content of the files.
Status verifyCheckpoint(const std::filesystem::path& checkpointFolder, std::int64_t step, bool hashes,
                        const Progress& progress = {});

/// All checkpoints of a run, lowest step first. Hidden folders (unfinished ones) are no checkpoints.
Result<std::vector<Checkpoint>> listCheckpoints(const std::filesystem::path& runFolder, bool hashes,
                                                const Progress& progress = {});
/// The step of the newest valid one (sizes only); -1 when there is none.
std::int64_t newestCheckpointStep(const std::filesystem::path& runFolder);

/// Steps that must never be pruned: runs/ID/pins.json.
std::set<std::int64_t> pinnedSteps(const std::filesystem::path& runFolder);
Status pinStep(const std::filesystem::path& runFolder, std::int64_t step, bool pinned);

/// Which checkpoints may go when the newest keep valid ones stay: never the last valid one, never a pinned one, never
/// the run's best.
/// Invalid ones go when a valid one is newer.
std::vector<Checkpoint> prunable(const std::vector<Checkpoint>& checkpoints, std::size_t keep);
/// Removes a checkpoint folder so that a kill at any moment leaves it whole or hidden.
Status removeCheckpoint(const Checkpoint& checkpoint);

} // namespace hilo
