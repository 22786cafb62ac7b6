// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "export/readme.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// What came of an export.
struct ExportReport
{
    std::string format;
    std::string quantisation = "none"; ///< of the base while the run was trained
    std::string weightType;            ///< of whole models
    Fit fit = Fit::Exact;
    std::string reason;
    std::filesystem::path folder;
    std::vector<std::pair<std::string, std::uint64_t>> files; ///< name and bytes
    Verification verification;
    std::optional<RoundingCost> rounding; ///< of whole models in smaller types
    std::optional<StaticCost> staticCost;
    double seconds = 0;
};

/// As export/export_format.h documents it.
Json toJson(const ExportReport& report);

} // namespace hilo
