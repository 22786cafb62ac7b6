// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "compare/statistics.h"
#include "index/run_reader.h"
#include "project/project.h"
#include "run/run_spec.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// One allocation of a sweep, trained once with every seed.
struct SweepEntry
{
    std::string label;
    std::int64_t trainableParameters = 0;
    std::int64_t activeParameters = 0;
    std::int64_t totalRank = 0;
    std::map<std::int64_t, std::string> runs; ///< run id by seed
};

/// A comparison of allocations that differ in nothing else: every one is trained with the same settings and the same
/// seeds. In a project it is the file sweeps/NAME.sweep.json (hilo.sweep/1). The first entry is what the
/// others are compared with.
struct Sweep
{
    std::string name;
    std::string equal; ///< "parameters" or "total-rank": what the maps have in common
    std::vector<std::int64_t> seeds;
    std::vector<SweepEntry> entries;
};

/// Adds a run for every map and seed to the project (ids SWEEP-LABEL-sSEED), each from the given spec with the
/// map and the seed replaced, and writes the sweep's file. Everything is checked before the first run is added. wrong
/// usage: no maps or seeds, two equal labels, a name that exists.
Result<Sweep> addSweep(const Project& project, const RunSpec& spec, const ModelConfig& model, const std::string& name,
                       const std::string& equal, const std::vector<AllocationMap>& maps,
                       const std::vector<std::int64_t>& seeds);

/// bad input: no such sweep; names those that there are.
Result<Sweep> readSweep(const Project& project, const std::string& name);

/// What an entry's finished runs say.
struct SweepResult
{
    SweepEntry entry;
    MeanInterval accuracy;                  ///< over the seeds that have one
    std::optional<MeanInterval> difference; ///< from the first entry, seed by seed; not for the first one itself
    std::optional<double> seconds;          ///< mean of a run
};
Result<std::vector<SweepResult>> summarise(const Sweep& sweep, RunReader& reader);

} // namespace hilo
