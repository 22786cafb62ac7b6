// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/compute.h"
#include "engine/train/selection.h"
#include "engine/train/trainer.h"
#include "run/run_spec.h"

#include <filesystem>
#include <optional>

namespace hilo {

/// What a checkpoint's state.json says.
struct CheckpointState
{
    TrainingPosition position;
    Compute compute;      ///< so that a resumed run computes in the same way, to the bit
    Json settings;        ///< settingsToKeep(); empty in a checkpoint that is older than they
    Json selection;       ///< BestSoFar; empty in a checkpoint that is older than it
    std::string firstMap; ///< mapHash() of the run's map; empty in a checkpoint that is older than it
};

/// Writes checkpoints/step-N (adapter, optimiser.safetensors, state.json, manifest.json last) under a temporary name
/// and renames it, then removes older ones beyond training.keepCheckpoints, but never the best. Returns the folder. An
/// error when a weight is not finite.
Result<std::filesystem::path> saveCheckpoint(const std::filesystem::path& runFolder, const Trainer& trainer,
                                             const MixtureAdapter& adapter, const Compute& compute, const RunSpec& spec,
                                             const BestSoFar& selection);

/// The newest checkpoint whose files are what its manifest says; nothing when there is none. Damaged ones are skipped
/// and logged.
Result<std::optional<std::filesystem::path>> newestValidCheckpoint(const std::filesystem::path& runFolder);
Result<CheckpointState> readCheckpointState(const std::filesystem::path& checkpoint);

} // namespace hilo
