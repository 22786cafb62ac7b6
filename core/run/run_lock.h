// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file_lock.h"
#include "base/result.h"

#include <filesystem>
#include <optional>

namespace hilo {

/// The environment variable by which a worker tells the trainer that it started which run it already holds for it.
constexpr const char* runTokenName = "HILO_RUN_TOKEN";

/// For a trainer at its start: holds the run, unless the worker that started this process holds it for it already.
/// Nothing to hold: the worker does. An error when somebody else runs the run.
Result<std::optional<FileLock>> lockRunForTraining(const std::filesystem::path& runFolder);

} // namespace hilo
