// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hilo {

/// In the folder of a run that came without its predictions (an imported record of a study): which rows it answered
/// rightly, and nothing else of them.
inline constexpr const char* rightRowsFile = "right_rows.json";

/// Which rows of a task's result a run answered rightly, in the order of the split.
struct RightRows
{
    std::string task;
    std::string rowsSha256;                         ///< over the rows' identities, which row is where
    std::map<std::string, std::vector<bool>> right; ///< by metric, of those that look at single rows
    bool operator==(const RightRows&) const = default;
};

/// Of all tasks of a run: from its predictions, or from rightRowsFile where it has none. Empty where it has neither.
/// Errors: a damaged file.
Result<std::vector<RightRows>> readRightRows(const std::filesystem::path& runFolder);

/// {"task", "rows_sha256", "right": {metric: {"rows": how many, "bits": base64 of eight rows a byte, the first row in
/// the lowest bit}}}
Json toJson(const RightRows& rows);
/// Errors: missing keys, bits that are not as many as the rows.
Result<RightRows> parseRightRows(const JsonObject& object);

/// {"format": "hilo.right-rows/1", "tasks": […]}, the whole file.
Json rightRowsDocument(const std::vector<RightRows>& tasks);

} // namespace hilo
