// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"

#include <string>
#include <vector>

namespace hilo {

/// A module of a layer that two people gave different allocations.
struct MapConflict
{
    std::size_t layer = 0;
    std::string module;
    bool operator==(const MapConflict&) const = default;
};

/// Two maps that grew out of one.
struct MergedMap
{
    AllocationMap map;                  ///< where both differ from the base and from each other: ours
    std::size_t ours = 0, theirs = 0;   ///< cells that only one of the two changed
    std::vector<MapConflict> conflicts; ///< cells that both changed, each to something else; by layer and module
};

/// Cell by cell: what one of the two changed since the base is taken. The name goes likewise, ours where both changed
/// it; strategy and settings are those of the side that alone changed cells, else the map is "manual". The maps are of
/// one model: layers beyond ours are left out.
MergedMap mergeMaps(const AllocationMap& base, const AllocationMap& ours, const AllocationMap& theirs);

} // namespace hilo
