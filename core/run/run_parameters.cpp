// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_parameters.h"

namespace hilo {

ParameterCount countParameters(const AllocationMap& map, const ModelConfig& model, RouterKind router)
{
    if (!mayUseAll(router))
        return countParameters(map, model);
    AllocationMap all = map;
    for (auto& layer : all.layers)
        for (auto& [name, module] : layer)
            if (module.hasRouter())
                module.topK = module.experts();
    return countParameters(all, model);
}

} // namespace hilo
