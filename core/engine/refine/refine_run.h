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
    int growExperts = 0;       ///< experts that a module gains whose experts are all in use, with all their ranks
    double evenAbove = 0.7;    ///< in use is an expert whose load is at least this part of an even share
};

/// What became of a run's adapter.
struct Refinement
{
    AllocationMap map;
    std::int64_t droppedExperts = 0;
    std::int64_t droppedRanks = 0; ///< of experts that stayed
    std::int64_t addedRanks = 0;   ///< of experts that stayed
    std::int64_t addedExperts = 0;
    std::int64_t loweredTopK = 0; ///< modules that choose fewer experts than before, because fewer are left
    std::int64_t parametersBefore = 0;
    std::int64_t parametersAfter = 0;
    double loadVariation =
        0; ///< mean over routed modules of the squared coefficient of variation of the experts' loads
};

/// From a finished run: leaves out experts that routing hardly uses (by the last routing event: loads, with a dense
/// router mean weights) and ranks whose singular values are negligible, grows experts whose ranks are all in use, and
/// keeps the trained weights: what stays computes the same update, because B is corrected where the scale alpha/rank
/// changes. Grown ranks begin as a fresh adapter's, B at zero. Writes into the new folder `out`: refined.map.json,
/// adapter/ and next.run.json, the run's own spec with the new map that starts from the adapter. Errors: not a run with
/// an adapter, a folder that is not empty.
///
/// Experts are added to modules with a router only: one expert alone is not chosen, so nothing tells whether there
/// should be two. An added expert has the module's smallest rank, A as a fresh adapter's and B at zero, and its row of
/// the router is the mean of the others, so that its logit is their mean. With top_k 1 the module computes exactly what
/// it did, because a mean is never above the largest. With top_k k it does so for every token whose k-th largest logit
/// is above the mean; for the others the new expert takes the k-th one's place and weight, and adds nothing yet. With a
/// dense router, or where all experts are chosen (then all stay so), it computes what it did times 1 - p with
/// p <= 1 / (N + 1) for N choices before (Jensen's inequality). With top_k 1 and no auxiliary loss nothing would ever
/// move the new row up: there none is added.
Result<Refinement> refineRun(const std::filesystem::path& runFolder, const RefineSettings& settings,
                             const std::filesystem::path& out, const Progress& progress);

Json toJson(const Refinement& refinement);

/// Squared coefficient of variation, the variance with n: 0 where all are alike, n - 1 where one has everything. 0
/// where the mean is 0.
double squaredPopulationVariation(const std::vector<double>& values);

} // namespace hilo
