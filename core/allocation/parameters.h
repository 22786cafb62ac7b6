// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "formats/module_grid.h"

#include <cstdint>

namespace hilo {

struct ParameterCount
{
    std::int64_t adapter = 0; ///< A and B of all experts
    std::int64_t router = 0;  ///< one row of the input's width per expert (and null expert) of a routed module
    std::int64_t active = 0;  ///< per token: the top_k largest experts' A and B, and all router rows
    std::int64_t trainable() const { return adapter + router; }
};

/// Exact counts (those of 2402.08562, Table 1, to the unit). Active counts the top_k largest ranks of each module.
ParameterCount countParameters(const AllocationMap& map, const ModelConfig& model);
ParameterCount countParameters(const ModuleAllocation& module, const ModuleShape& shape);

} // namespace hilo
