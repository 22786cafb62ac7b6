// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>

namespace hilo {

struct RefineSettings
{
    double dropBelow = 0.25;   ///< an expert goes whose load is below this part of an even share; the busiest stays
    double negligible = 0.01;  ///< ranks go whose squared singular values are together at most this share
    double growAbove = 0.3;    ///< an expert grows whose smallest singular value is at least this part of its largest
    std::int64_t growBy = 2;   ///< ranks that such an expert gains
    std::int64_t rankMax = 64; ///< no expert grows beyond it
};

/// What became of a run's adapter.
struct Refinement
{
    AllocationMap map;
    std::int64_t droppedExperts = 0;
    std::int64_t droppedRanks = 0; ///< of experts that stayed
    std::int64_t addedRanks = 0;
    std::int64_t parametersBefore = 0;
    std::int64_t parametersAfter = 0;
    double loadVariation =
        0; ///< mean over routed modules of the squared coefficient of variation of the experts' loads
};

/// From a finished run: leaves out experts that routing hardly uses (by the last routing event) and ranks whose
/// singular values are negligible, grows experts whose ranks are all in use, and keeps the trained weights: what stays
/// computes the same update, because B is corrected where the scale alpha/rank changes. Grown ranks begin as a fresh
/// adapter's, B at zero. Writes into the new folder `out`: refined.map.json, adapter/ and next.run.json, the run's own
/// spec with the new map that starts from the adapter. Errors: not a run with an adapter, a folder that is not empty.
Result<Refinement> refineRun(const std::filesystem::path& runFolder, const RefineSettings& settings,
                             const std::filesystem::path& out, const Progress& progress);

Json toJson(const Refinement& refinement);

/// Population variance over squared mean; 0 where all are zero.
double squaredVariation(const std::vector<double>& values);

} // namespace hilo
