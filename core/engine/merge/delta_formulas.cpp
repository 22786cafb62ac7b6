// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/merge/delta_formulas.h"

#include "gpu/kernels/counter_random.h"

#include <cmath>

namespace hilo {
namespace {

using torch::Tensor;

Tensor weighted(const WeightedDeltas& inputs)
{
    std::vector<std::int64_t> shape(static_cast<std::size_t>(inputs.deltas.dim()), 1);
    shape[0] = inputs.deltas.size(0);
    return inputs.deltas * torch::tensor(inputs.weights, inputs.deltas.options()).view(shape);
}

} // namespace

Tensor linearSum(const WeightedDeltas& inputs)
{
    return weighted(inputs).sum(0);
}

Tensor trimmed(const Tensor& delta, double density)
{
    const auto kept = static_cast<std::int64_t>(density * static_cast<double>(delta.numel()));
    const Tensor flat = delta.reshape({-1});
    const Tensor places = std::get<1>(flat.abs().topk(kept));
    return torch::zeros_like(flat).index_copy(0, places, flat.index_select(0, places)).view_as(delta);
}

Tensor droppedAndRescaled(const Tensor& delta, double density, std::uint64_t key)
{
    Tensor mask = torch::empty({delta.numel()}, torch::kFloat64);
    double* const values = mask.data_ptr<double>();
    for (std::int64_t i = 0; i < delta.numel(); ++i) {
        const std::uint64_t number = gpu::counterRandom(key, static_cast<std::uint64_t>(i)) >> 11;
        values[i] = static_cast<double>(number) * 0x1p-53 < density ? 1 / density : 0;
    }
    return delta * mask.view_as(delta).to(delta.scalar_type());
}

Tensor disjointMerge(const WeightedDeltas& inputs, SignElection election)
{
    const Tensor sign = inputs.deltas.sign();
    const Tensor sum = election == SignElection::Total ? inputs.deltas.sum(0) : sign.sum(0);
    const Tensor elected = torch::where(sum >= 0, torch::ones_like(sum), -torch::ones_like(sum));
    const Tensor agrees = (sign == elected).to(inputs.deltas.scalar_type());
    return (weighted(inputs) * agrees).sum(0) / agrees.sum(0).clamp_min(1);
}

Tensor tiesMerge(const WeightedDeltas& inputs, double density, SignElection election)
{
    std::vector<Tensor> kept;
    for (std::int64_t i = 0; i < inputs.deltas.size(0); ++i)
        kept.push_back(trimmed(inputs.deltas[i], density));
    return disjointMerge({torch::stack(kept), inputs.weights}, election);
}

} // namespace hilo
