// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/cached_plan.h"

#include <algorithm>
#include <limits>

namespace hilo {

using torch::Tensor;

CachedPlan::CachedPlan(const PackedBatch& batch, const KeyValueCache& cache, torch::Device device)
{
    std::vector<std::vector<std::int64_t>> before;
    for (std::int64_t s = 0; s < batch.sequences(); ++s) {
        const std::int64_t first = batch.starts[static_cast<std::size_t>(s)];
        const std::int64_t count = batch.starts[static_cast<std::size_t>(s) + 1] - first;
        if (count == 0)
            continue;
        const std::int64_t length = cache.length(s);
        const bool joins =
            !runs_.empty() && runs_.back().count == count && runs_.back().first + runs_.back().sequences == s;
        if (!joins) {
            runs_.push_back({s, 0, first, count, 0, {}});
            before.emplace_back();
        }
        ++runs_.back().sequences;
        runs_.back().longest = std::max(runs_.back().longest, length + count);
        before.back().push_back(length);
    }
    for (std::size_t run = 0; run < runs_.size(); ++run)
        runs_[run].before = torch::tensor(before[run], torch::kInt64).to(device);
}

const Tensor& CachedPlan::mask(std::size_t run, std::int64_t window) const
{
    Tensor& mask = masks_[{run, window}];
    if (mask.defined())
        return mask;
    const CachedRun& one = runs_[run];
    const auto options = one.before.options();
    const Tensor queries = (one.before.unsqueeze(1) + torch::arange(one.count, options)).unsqueeze(2);
    const Tensor keys = torch::arange(one.longest, options);
    Tensor hidden = keys > queries;
    if (window > 0)
        hidden = hidden.logical_or(keys <= queries - window);
    mask = torch::zeros(hidden.sizes(), options.dtype(torch::kFloat32))
               .masked_fill_(hidden, -std::numeric_limits<float>::infinity())
               .view({one.sequences, 1, 1, one.count, one.longest});
    return mask;
}

} // namespace hilo
