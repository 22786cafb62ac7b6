// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/parameters.h"
#include "formats/module_grid.h"

#include "formats/base_expert_modules.h"

#include <algorithm>
#include <numeric>

namespace hilo {

ParameterCount countParameters(const ModuleAllocation& module, const ModuleShape& shape)
{
    ParameterCount count;
    if (module.ranks.empty())
        return count;
    const std::int64_t perRank = shape.in + shape.out;
    count.adapter = module.totalRank() * perRank;
    if (module.hasRouter())
        count.router = (module.experts() + module.nullExperts) * shape.in;

    std::vector<int> largest = module.ranks;
    const auto chosen = std::min<std::ptrdiff_t>(module.topK, module.experts());
    std::partial_sort(largest.begin(), largest.begin() + chosen, largest.end(), std::greater<>());
    count.active = std::accumulate(largest.begin(), largest.begin() + chosen, std::int64_t{0}) * perRank + count.router;
    return count;
}

ParameterCount countParameters(const AllocationMap& map, const ModelConfig& model)
{
    ParameterCount total;
    const ModuleGrid modules = mapGrid(model);
    for (std::size_t layer = 0; layer < std::min(map.layers.size(), modules.layers()); ++layer) {
        for (const ModuleShape& shape : modules.layer(layer)) {
            const ModuleAllocation* module = map.find(layer, shape.name);
            if (!module)
                continue;
            const ParameterCount count = countParameters(*module, shape);
            total.adapter += count.adapter;
            total.router += count.router;
            total.active += count.active;
        }
    }
    return total;
}

} // namespace hilo
