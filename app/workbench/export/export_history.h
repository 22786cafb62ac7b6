// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <QDateTime>
#include <QString>

#include <filesystem>
#include <vector>

namespace hilo {

/// An export that was made from the window.
struct EarlierExport
{
    QDateTime time; ///< when it was ready
    Json report;    ///< what `hilo export --json` printed
};

/// exports/history.ndjson of a project: one line an export. A line that is none is left out; a missing file is empty.
std::filesystem::path exportHistoryFile(const std::filesystem::path& projectFolder);
/// The newest ones, oldest first.
std::vector<EarlierExport> readExportHistory(const std::filesystem::path& file, std::size_t most = 50);
/// Adds a line. The file is written whole and put in the place of the old one.
Status addToExportHistory(const std::filesystem::path& file, const EarlierExport& made);

} // namespace hilo
