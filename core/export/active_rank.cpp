// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/active_rank.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace hilo {
namespace {

std::int64_t sumOfLargest(std::vector<std::int64_t> ranks, std::size_t count, const ModuleShape& shape)
{
    std::sort(ranks.begin(), ranks.end(), std::greater<>());
    ranks.resize(std::min(count, ranks.size()));
    return std::min(std::accumulate(ranks.begin(), ranks.end(), std::int64_t{0}), shape.width());
}

} // namespace

std::int64_t activeRank(const ModuleAllocation& module, RouterKind router, const ModuleShape& shape)
{
    const bool usesAll = !module.hasRouter() || mayUseAll(router);
    return sumOfLargest({module.ranks.begin(), module.ranks.end()},
                        usesAll ? module.ranks.size() : static_cast<std::size_t>(module.topK), shape);
}

std::int64_t activeRank(const ModuleContent& module)
{
    std::vector<std::int64_t> ranks;
    for (const ExpertContent& expert : module.experts)
        ranks.push_back(expert.rank);
    const bool usesAll = module.router.empty() || module.dense || module.topP > 0;
    const std::size_t count = usesAll ? ranks.size() : static_cast<std::size_t>(module.topK);
    return sumOfLargest(std::move(ranks), count, module.shape);
}

} // namespace hilo
