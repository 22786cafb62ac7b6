// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <filesystem>
#include <vector>

namespace hilo {

/// run.json and the parts of the event log: all that the database is made from.
bool isIndexFile(const std::filesystem::path& relative);

/// Writes the files (paths relative to folder) into a gzip-compressed tar file, which appears whole or not at all.
/// A full disk is ErrorCode::NoSpace.
Status packFiles(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& files,
                 const std::filesystem::path& target, const Progress& progress);

/// Success when the archive holds exactly these files with the content that they have in folder.
Status compareArchive(const std::filesystem::path& archive, const std::filesystem::path& folder,
                      const std::vector<std::filesystem::path>& files, const Progress& progress);

/// Reads it to its end: its checksums must be right.
Status checkArchive(const std::filesystem::path& archive, const Progress& progress);

/// Unpacks an archive into a folder that exists. Only files and folders with paths inside of it are accepted; links and
/// everything else are errors. indexOnly: nothing but run.json and the event log, for reading an archived run's rows.
Status unpackArchive(const std::filesystem::path& archive, const std::filesystem::path& target, bool indexOnly,
                     const Progress& progress = {});

} // namespace hilo
