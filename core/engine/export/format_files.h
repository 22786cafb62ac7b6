// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/export/export_job.h"

#include <string_view>

namespace hilo {

/// How a format is written and read back. Found by the name that exportFormats() lists.
struct FormatFiles
{
    std::string_view name;
    Status (*write)(ExportJob& job, const std::filesystem::path& folder);
    /// Logits of the probe batch by what the folder holds.
    Result<torch::Tensor> (*readBack)(ExportJob& job, const std::filesystem::path& folder);
    double tolerance = 1e-4; ///< greatest difference of logits
    bool wholeModel = false; ///< its weights may be rounded, as job.stored says
};

/// Null when there is none of this name.
const FormatFiles* findFormatFiles(std::string_view name);

} // namespace hilo
