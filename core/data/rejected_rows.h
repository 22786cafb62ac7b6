// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/dataset.h"

#include <filesystem>

namespace hilo {

/// Logs how many rows were rejected, the first few of them with file, line and reason, and where all of them are:
/// list, if it is not empty.
void logRejectedRows(const std::vector<RejectedRow>& rejected, const std::filesystem::path& list = {});

/// Writes all of them, one JSON object a line: {"file", "line" (the number), "place" ("line 3" or
/// "record 3"), "reason"}. Without any the file is removed.
Status writeRejectedRows(const std::filesystem::path& file, const std::vector<RejectedRow>& rejected);

/// The name of that file in a run's folder.
inline constexpr const char* rejectedRowsFile = "rejected_rows.ndjson";

} // namespace hilo
