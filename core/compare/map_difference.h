// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// A module of a layer that two maps treat differently. No value: the map has no such layer or gives it no adapter.
struct ModuleDifference
{
    std::size_t layer = 0;
    std::string module;
    std::optional<ModuleAllocation> first, second;
    /// Sum of ranks of the second minus the first.
    std::int64_t rankChange() const;
};

/// Layer by layer, module by module; empty when the maps ask for the same.
std::vector<ModuleDifference> mapDifference(const AllocationMap& first, const AllocationMap& second);

/// The map of a run: of a run whose map moves the one that its adapter has, or has come to so far; else that of its
/// run.json. Errors as readMapTimeline.
Result<AllocationMap> mapOfRun(const std::filesystem::path& runFolder);

/// "4 x 8, top 2" or "2+4+8, top 2", "none" for no adapter.
std::string describe(const std::optional<ModuleAllocation>& module);

} // namespace hilo
