// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/reallocation_bound.h"

#include "allocation/parameters.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace hilo {
namespace {

/// One expert whose rank may change.
struct Movable
{
    int* rank = nullptr;
    std::int64_t price = 0; ///< of a rank, in parameters
    std::int64_t most = 0;  ///< ranks that it may come to have
};

std::vector<Movable> movablesOf(AllocationMap& map, const ModuleGrid& grid, std::int64_t changes)
{
    std::vector<Movable> all;
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (auto& [name, module] : map.layers[layer]) {
            const ModuleShape* shape = grid.find(layer, name);
            if (!shape || module.ofBase)
                continue;
            for (int& rank : module.ranks)
                all.push_back({&rank, shape->in + shape->out, std::min(shape->width(), rank + changes)});
        }
    std::stable_sort(all.begin(), all.end(), [](const Movable& a, const Movable& b) { return a.price < b.price; });
    return all;
}

/// atOnce: ranks that one change may move; 0: the part of all that balanced-live may.
AllocationMap widest(AllocationMap map, const ModelConfig& model, std::int64_t changes, std::int64_t atOnce)
{
    std::vector<Movable> movable = movablesOf(map, mapGrid(model), atOnce > 0 ? changes * atOnce : changes);
    std::int64_t ranks = 0;
    for (const Movable& one : movable)
        ranks += *one.rank;
    if (atOnce == 0)
        atOnce = std::max<std::int64_t>(1, ranks / ranksPerGrowth);
    std::int64_t left = changes > std::numeric_limits<std::int64_t>::max() / atOnce ? changes : changes * atOnce;
    std::int64_t free = 0;
    std::size_t paying = movable.size();
    for (std::size_t growing = 0; growing < paying; ++growing)
        while (left > 0 && *movable[growing].rank < movable[growing].most) {
            while (free < movable[growing].price && paying > growing + 1) {
                Movable& source = movable[paying - 1];
                // Between modules of one price nothing is gained.
                if (source.price == movable[growing].price || *source.rank <= 1) {
                    --paying;
                    continue;
                }
                --*source.rank;
                free += source.price;
            }
            if (free < movable[growing].price)
                return map;
            ++*movable[growing].rank;
            free -= movable[growing].price;
            --left;
        }
    return map;
}

} // namespace

ReallocationBound reallocationBound(const ReallocationSpec& spec, const AllocationMap& map, const ModelConfig& model,
                                    std::int64_t steps)
{
    const ReallocationMethod* method = findReallocationMethod(spec.method);
    if (!method)
        return {map, 0};
    constexpr std::int64_t bytes = 4;
    const std::int64_t ofTriplets = method->ofTriplets ? 4 * bytes * countParameters(map, model).trainable() : 0;
    if (method->shrinks)
        return {map, ofTriplets};
    constexpr std::int64_t unlimited = std::int64_t{1} << 40;
    return {widest(map, model, steps > 0 ? ReallocationSteps::of(spec, steps).changes() : unlimited,
                   spec.method == "elalora" ? elaloraExchange : 0),
            ofTriplets};
}

} // namespace hilo
