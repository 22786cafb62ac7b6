// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/model_config.h"
#include "index/run_reader.h"
#include "study/study.h"

#include <cstdint>
#include <optional>
#include <string>

namespace hilo {

/// What a study will take.
struct StudyEstimate
{
    std::int64_t runs = 0;         ///< all of it, those of a search too
    std::int64_t missingRuns = 0;  ///< of them not finished
    std::optional<double> seconds; ///< of those, one after the other; nothing: unknown
    std::string timeFrom;          ///< where the time is from, or why it is unknown
    std::int64_t diskBytes = 0;    ///< of the missing runs' checkpoints, adapters and logs, about
    std::int64_t memoryBytes = 0;  ///< at the peak of the largest run: the most that its settings allow
};

/// Time: the median of a step's seconds over finished runs of the project with the same model, batch, accumulation and
/// length, times the steps of the missing runs. Unknown without such runs, or where epochs say how long a run is.
Result<StudyEstimate> estimateStudy(const Study& study, const ModelConfig& model, RunReader& reader);

/// {"runs", "missing_runs", "seconds", "time_from", "disk_bytes", "memory_bytes"}; seconds is null where unknown.
Json toJson(const StudyEstimate& estimate);

} // namespace hilo
