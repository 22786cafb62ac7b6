// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/cached_batch.h"

#include "engine/model/rope.h"

#include <algorithm>

namespace hilo {

CachedBatch batchForCache(const ModelConfig& config, const PackedBatch& batch, KeyValueCache& cache)
{
    std::vector<std::int64_t> originals;
    for (const RopeConfig& rope : ropesInUse(config))
        if (rope.kind == RopeKind::LongRope)
            originals.push_back(rope.originalMaximumPositions);
    if (originals.empty())
        return {batch, {}};
    const torch::Tensor given = batch.tokens.to(torch::kCPU, torch::kInt64).contiguous();
    std::vector<std::int64_t> tokens, positions, rows, lengths;
    PackedBatch whole;
    whole.starts = {0};
    bool forgets = false;
    for (std::int64_t s = 0; s < batch.sequences(); ++s) {
        const auto index = static_cast<std::size_t>(s);
        const std::int64_t* const first = given.data_ptr<std::int64_t>() + batch.starts[index];
        const std::int64_t* const last = given.data_ptr<std::int64_t>() + batch.starts[index + 1];
        const std::int64_t before = cache.length(s);
        std::vector<std::int64_t>& seen = cache.tokens(s);
        seen.insert(seen.end(), first, last);
        const auto after = static_cast<std::int64_t>(seen.size());
        const bool crosses = before > 0 && std::any_of(originals.begin(), originals.end(), [&](std::int64_t original) {
                                 return before <= original && after > original;
                             });
        forgets = forgets || crosses;
        lengths.push_back(crosses ? 0 : before);
        for (std::int64_t position = lengths.back(); position < after; ++position) {
            if (position >= before)
                rows.push_back(static_cast<std::int64_t>(tokens.size()));
            tokens.push_back(seen[static_cast<std::size_t>(position)]);
            positions.push_back(position);
        }
        whole.starts.push_back(static_cast<std::int64_t>(tokens.size()));
    }
    if (!forgets)
        return {batch, {}};
    cache.setLengths(std::move(lengths));
    whole.tokens = torch::tensor(tokens, torch::kInt64);
    whole.positions = torch::tensor(positions, torch::kInt64);
    return {whole, torch::tensor(rows, torch::kInt64)};
}

} // namespace hilo
