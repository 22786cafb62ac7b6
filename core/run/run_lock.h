// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file_lock.h"
#include "base/result.h"

#include <filesystem>
#include <optional>

namespace hilo {

/// The environment variable by which a worker tells the trainer that it started which run it already holds for it.
constexpr const char* runTokenName = "HILO_RUN_TOKEN";

/// Takes the run's lock for whoever is about to train it; nothing when somebody else holds it. A word that was left for
/// a process that is gone is removed before: as soon as the run is held, every word is meant for its holder.
Result<std::optional<FileLock>> claimRun(const std::filesystem::path& runFolder);

/// For a trainer at its start: holds the run, unless the worker that started this process holds it for it already.
/// Nothing to hold: the worker does. An error when somebody else runs the run.
Result<std::optional<FileLock>> lockRunForTraining(const std::filesystem::path& runFolder);

} // namespace hilo
