// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_spec.h"

#include <filesystem>
#include <optional>

namespace hilo {

/// The folder that holds adapter.json, where a person may name a run folder as well: FOLDER/adapter if it is there,
/// else FOLDER.
std::filesystem::path adapterFolder(const std::filesystem::path& folder);

/// Whether a run folder has the adapter of a finished run.
bool hasAdapter(const std::filesystem::path& runFolder);

/// The spec of the run that made an adapter: of the run folder itself, or of the one that the adapter or checkpoint
/// folder lies in. Nothing where there is no run.json; errors of reading it.
Result<std::optional<RunSpec>> runOfAdapter(const std::filesystem::path& folder);

} // namespace hilo
