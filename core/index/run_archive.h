// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "index/run_store.h"

#include <string>

namespace hilo {

/// Packs a run's folder into archive/ID.tar.gz, reads that again and compares every file with its original, and only
/// then removes the folder; the database keeps the results. Errors: somebody runs the run, it is queued, no space.
Status archiveRun(RunStore& store, const std::string& id, const Progress& progress = {});

/// The way back: the folder appears whole or not at all, then the archive goes. Errors: no archive, a folder of that
/// name exists, a damaged archive (which stays).
Status restoreRun(RunStore& store, const std::string& id, const Progress& progress = {});

} // namespace hilo
