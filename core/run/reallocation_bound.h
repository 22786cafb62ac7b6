// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "run/reallocation_spec.h"

#include <cstdint>

namespace hilo {

/// What a run needs at most on the way when its map moves.
struct ReallocationBound
{
    AllocationMap map;           ///< with as many ranks as it can come to have at once
    std::int64_t stateBytes = 0; ///< of the method, beside parameters, gradients and moments
};

/// adalora: the run's map, which only gets smaller, and four more numbers a parameter (triplets, their gradients,
/// sensitivity and uncertainty). balanced-live and elalora, which has these numbers too: within its parameters ranks
/// move from the widest modules to the narrowest, as many as its changes may move; steps: of the run, 0 where they are
/// not known. map must be valid for the model.
ReallocationBound reallocationBound(const ReallocationSpec& spec, const AllocationMap& map, const ModelConfig& model,
                                    std::int64_t steps);

/// Ranks that elalora may exchange at one change (HuandongChang/ElaLoRA: b = 4).
constexpr std::int64_t elaloraExchange = 4;

/// Of all ranks the part that may come at one change of balanced-live; at least one may.
constexpr std::int64_t ranksPerGrowth = 20;

} // namespace hilo
