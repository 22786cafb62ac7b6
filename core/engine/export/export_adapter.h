// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/export/distillation_settings.h"
#include "engine/export/export_report.h"
#include "export/sharded_safetensors.h"

#include <filesystem>

namespace hilo {

/// What `hilo export` needs to know.
struct ExportRequest
{
    std::filesystem::path source; ///< run or adapter folder
    std::filesystem::path model;  ///< instead of the run's
    std::string format;           ///< a name of exportFormats()
    std::filesystem::path out;    ///< new folder
    std::string baseName;         ///< how the files name the base model; empty: the model's path
    std::string weightType;       ///< of whole models: float32, float16, bfloat16, q8_0; empty: the format's default
    /// Of a static approximation; 0: the sum of the experts' ranks, so nothing is cut, and of a distilled one each
    /// module's active rank (export/active_rank.h).
    std::int64_t rank = 0;
    std::optional<DistillationSettings> distillation; ///< of a static approximation; nothing: mean weights
    std::int64_t calibrationRows = 256;
    std::int64_t evaluationRows = 500;          ///< 0: all
    double tolerance = 0;                       ///< 0: the format's
    std::uint64_t shardBytes = usualShardBytes; ///< of a merged folder
    int threads = 0;
};

/// Writes the adapter in a foreign format under a temporary name, reads the files back by another path, compares the
/// logits, and puts the folder in place. Errors: a format that cannot express the adapter (bad input, with the reason);
/// a difference above the tolerance (internal error: the files are kept beside the target as NAME.failed); full or
/// unwritable folders and too little space for what is estimated, with nothing changed; cancelled.
Result<ExportReport> exportAdapter(const ExportRequest& request, const Progress& progress);

} // namespace hilo
