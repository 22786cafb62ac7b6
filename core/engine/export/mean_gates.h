// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/token_rows.h"
#include "engine/export/export_job.h"

#include <vector>

namespace hilo {

struct MeanGates
{
    std::vector<std::vector<double>> weights; ///< one number for each expert of each module of job.content
    std::int64_t tokens = 0;                  ///< that they are the means of
};

/// The routers' mean weights over request.calibrationRows of the rows; 1 where there is no router. Cancelled.
Result<MeanGates> meanGates(const ExportJob& job, const TokenRows& rows);

} // namespace hilo
