// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// One change of a run's map, from its event.
struct MapMoment
{
    std::int64_t step = 0;
    AllocationMap map;      ///< from then on
    std::int64_t moved = 0; ///< ranks
    std::optional<std::int64_t> trainableParameters;
};

/// How a run's map has moved.
struct MapTimeline
{
    std::string method; ///< of training.reallocation; "none"
    AllocationMap first;
    std::vector<MapMoment> changes;    ///< by step; those that a resumed run has taken again are there once
    std::optional<AllocationMap> kept; ///< of the finished run's adapter

    /// The adapter's, else the newest.
    const AllocationMap& last() const;
    bool hasMoved() const { return !changes.empty(); }
};

/// From run.json, events.ndjson and adapter/adapter.json. Errors: run.json cannot be read, or an event's map is none.
Result<MapTimeline> readMapTimeline(const std::filesystem::path& runFolder);

} // namespace hilo
