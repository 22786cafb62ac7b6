// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/key_value_cache.h"
#include "engine/serve/mixed_adapters.h"
#include "engine/serve/served_model.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

/// What one sequence of the cache is to read.
struct StepPart
{
    std::vector<std::int32_t> tokens; ///< at least one
    int adapter = -1;
    bool experts = false; ///< which ones they use is wanted
};

struct StepResult
{
    torch::Tensor hidden; ///< [T, hidden], on the device
    std::vector<std::int64_t> starts;
    std::vector<std::vector<std::vector<ChosenExperts>>> experts; ///< by part and token; empty where nobody wants them
};

/// Reads one part of each of the cache's first sequences in one pass.
StepResult readParts(const Decoder& decoder, MixedAdapters& adapters, KeyValueCache& cache,
                     std::span<const StepPart> parts);

} // namespace hilo
