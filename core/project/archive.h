// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "project/run_store.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// archive/<id>.tar.gz
std::filesystem::path archiveFile(const Project& project, const std::string& id);
/// The ids of all archived runs, sorted.
std::vector<std::string> archivedIds(const Project& project);

/// Packs a run's folder into archive/<id>.tar.gz, reads that again and compares every file with its original, and only
/// then removes the folder; the database keeps the results. Errors: somebody runs the run, it is queued, no space.
Status archiveRun(RunStore& store, const std::string& id, const Progress& progress = {});

/// The way back: the folder appears whole or not at all, then the archive goes. Errors: no archive, a folder of that
/// name exists, a damaged archive (which stays).
Status restoreRun(RunStore& store, const std::string& id, const Progress& progress = {});

/// Unpacks an archive into a folder that exists. Only files and folders with paths inside of it are accepted; links and
/// everything else are errors. indexOnly: nothing but run.json and the event log, for reading an archived run's rows.
Status unpackArchive(const std::filesystem::path& archive, const std::filesystem::path& target, bool indexOnly,
                     const Progress& progress = {});

} // namespace hilo
