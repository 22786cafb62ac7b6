// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/triplets.h"

#include "gpu/kernels/counter_random.h"

#include <cmath>
#include <numbers>

namespace hilo {
namespace {

using torch::Tensor;

constexpr double deviation = 0.02;

enum class Factor { P = 11, Q = 12, NewP = 13, NewQ = 14 };

/// Normal numbers by Box and Muller, the same on every machine that draws them.
Tensor normalNumbers(std::int64_t rows, std::int64_t columns, std::uint64_t key)
{
    Tensor result = torch::empty({rows, columns}, torch::kFloat32);
    auto* const values = result.data_ptr<float>();
    for (std::int64_t i = 0; i < result.numel(); ++i) {
        const auto draw = [&](std::uint64_t which) {
            return static_cast<double>(
                gpu::uniformFloat(gpu::counterRandom(key, 2 * static_cast<std::uint64_t>(i) + which)));
        };
        values[i] = static_cast<float>(deviation * std::sqrt(-2 * std::log(1 - draw(0))) *
                                       std::cos(2 * std::numbers::pi * draw(1)));
    }
    return result;
}

Tensor rowsOfA(const Tensor& flat, const GroupLayout& group)
{
    return flat.narrow(0, group.offset, group.plan.ranks * group.in).view({group.plan.ranks, group.in});
}

Tensor columnsOfB(const Tensor& flat, const ModuleLayout& module)
{
    return flat.narrow(0, module.offsetB, module.out * module.ranks).view({module.out, module.ranks});
}

/// Of each rank in the layout's order.
std::vector<bool> newRanks(const Repacking& repacking, std::int64_t oldRanks)
{
    const Tensor old = repacking.perRank(torch::ones({oldRanks}, torch::kFloat32));
    std::vector<bool> isNew;
    for (std::int64_t i = 0; i < old.numel(); ++i)
        isNew.push_back(old[i].item<float>() == 0);
    return isNew;
}

/// v less its part along the rows of X [r, n] where these are orthonormal, of length 1.
Tensor besideRows(const Tensor& rows, const Tensor& v)
{
    const Tensor rest = v - torch::mv(rows.t(), torch::mv(rows, v));
    return rest / rest.norm().clamp_min(1e-6);
}

/// The gradient of ‖XᵀX - I‖_F by X [n, r].
Tensor slopeOfOrthogonality(const Tensor& x)
{
    const Tensor rest = torch::mm(x.t(), x) - torch::eye(x.size(1), x.options());
    return torch::mm(x, rest) * (2 / rest.norm().clamp_min(1e-30));
}

} // namespace

Triplets::Triplets(MixtureAdapter& adapter)
{
    const AdapterLayout& layout = adapter.layout();
    parameters_ = layout.parameters;
    firstScales_ = scalesOf(adapter);
    ranks_ = firstScales_.numel();
    factors_ = torch::ones_like(firstScales_);
    flat_.values = torch::zeros({parameters_ + ranks_}, adapter.parameters().options().requires_grad(false));
    flat_.gradient = torch::zeros_like(flat_.values);
    const torch::NoGradGuard noGradients;
    flat_.values.narrow(0, 0, parameters_).copy_(adapter.parameters().detach());
    for (const GroupLayout& group : layout.groups)
        for (const ModuleLayout& module : group.modules)
            for (std::size_t expert = 0; expert < module.expertBegin.size(); ++expert) {
                const std::int64_t rank = module.allocation.ranks[expert];
                const auto key = [&](Factor factor) {
                    return gpu::randomKey(static_cast<std::uint64_t>(adapter.settings().seed), static_cast<int>(factor),
                                          group.layer, module.module, expert);
                };
                rowsOfA(flat_.values, group)
                    .narrow(0, module.firstRank + module.expertBegin[expert], rank)
                    .copy_(normalNumbers(rank, group.in, key(Factor::Q)));
                columnsOfB(flat_.values, module)
                    .narrow(1, module.expertBegin[expert], rank)
                    .copy_(normalNumbers(module.out, rank, key(Factor::P)));
            }
    push(adapter);
}

Tensor Triplets::scalesOf(MixtureAdapter& adapter)
{
    std::vector<float> scales;
    for (const GroupLayout& group : adapter.layout().groups)
        for (const ModuleLayout& module : group.modules)
            for (const int rank : module.allocation.ranks)
                scales.insert(scales.end(), static_cast<std::size_t>(rank),
                              static_cast<float>(expertScale(adapter.settings(), module.allocation.alpha, rank)));
    return torch::tensor(scales, torch::kFloat32).to(adapter.parameters().device());
}

Tensor Triplets::lambda() const
{
    return flat_.values.narrow(0, parameters_, ranks_);
}

void Triplets::pullGradient(MixtureAdapter& adapter, double orthogonality)
{
    const torch::NoGradGuard noGradients;
    flat_.gradient.narrow(0, 0, parameters_).copy_(adapter.parameters().mutable_grad());
    const Tensor ofLambda = flat_.gradient.narrow(0, parameters_, ranks_);
    std::int64_t first = 0;
    for (const GroupLayout& group : adapter.layout().groups) {
        const std::int64_t ranks = group.plan.ranks;
        const Tensor factors = factors_.narrow(0, first, ranks);
        Tensor ofQ = rowsOfA(flat_.gradient, group);
        ofLambda.narrow(0, first, ranks).copy_((ofQ * rowsOfA(flat_.values, group)).sum(1) * factors);
        ofQ.mul_((lambda().narrow(0, first, ranks) * factors).unsqueeze(1));
        first += ranks;
    }
    addOrthogonality(adapter, orthogonality);
}

void Triplets::addOrthogonality(const MixtureAdapter& adapter, double weight)
{
    std::int64_t matrices = 0;
    for (const GroupLayout& group : adapter.layout().groups)
        for (const ModuleLayout& module : group.modules)
            matrices += 2 * module.allocation.experts();
    for (const GroupLayout& group : adapter.layout().groups)
        for (const ModuleLayout& module : group.modules)
            for (std::size_t expert = 0; expert < module.expertBegin.size(); ++expert) {
                const std::int64_t begin = module.expertBegin[expert];
                const std::int64_t rank = module.allocation.ranks[expert];
                const auto q = [&](const Tensor& flat) {
                    return rowsOfA(flat, group).narrow(0, module.firstRank + begin, rank);
                };
                const auto p = [&](const Tensor& flat) { return columnsOfB(flat, module).narrow(1, begin, rank); };
                const double each = weight / static_cast<double>(matrices);
                q(flat_.gradient).add_(slopeOfOrthogonality(q(flat_.values).t()).t(), each);
                p(flat_.gradient).add_(slopeOfOrthogonality(p(flat_.values)), each);
            }
}

void Triplets::push(MixtureAdapter& adapter)
{
    const torch::NoGradGuard noGradients;
    const Tensor target = adapter.parameters().detach();
    target.copy_(flat_.values.narrow(0, 0, parameters_));
    std::int64_t first = 0;
    for (const GroupLayout& group : adapter.layout().groups) {
        const std::int64_t ranks = group.plan.ranks;
        rowsOfA(target, group).mul_((lambda().narrow(0, first, ranks) * factors_.narrow(0, first, ranks)).unsqueeze(1));
        first += ranks;
    }
    // Whoever keeps a copy of the parameters in another type sees by the version that it is old.
    adapter.parameters().unsafeGetTensorImpl()->bump_version();
}

Tensor Triplets::repacked(const Repacking& repacking, const Tensor& old) const
{
    const std::int64_t ranks = old.numel() - parameters_;
    return torch::cat(
        {repacking.unscaled(old.narrow(0, 0, parameters_)), repacking.perRank(old.narrow(0, parameters_, ranks))});
}

void Triplets::repack(MixtureAdapter& adapter, const Repacking& repacking, std::int64_t step)
{
    const torch::NoGradGuard noGradients;
    flat_.values = repacked(repacking, flat_.values);
    const std::vector<bool> isNew = newRanks(repacking, ranks_);
    firstScales_ = repacking.perRank(firstScales_);
    parameters_ = adapter.layout().parameters;
    ranks_ = firstScales_.numel();
    flat_.gradient = torch::zeros_like(flat_.values);
    drawNew(adapter, isNew, step);
    factors_ = firstScales_ / scalesOf(adapter);
    push(adapter);
}

void Triplets::drawNew(MixtureAdapter& adapter, const std::vector<bool>& isNew, std::int64_t step)
{
    std::int64_t first = 0;
    for (const GroupLayout& group : adapter.layout().groups)
        for (const ModuleLayout& module : group.modules)
            for (std::size_t expert = 0; expert < module.expertBegin.size(); ++expert) {
                const std::int64_t begin = module.expertBegin[expert], ranks = module.allocation.ranks[expert];
                for (std::int64_t rank = 0; rank < ranks; ++rank) {
                    if (!isNew[static_cast<std::size_t>(first + rank)])
                        continue;
                    // What is new stands behind what its expert has kept, and there is always some.
                    TORCH_CHECK(rank > 0, "an expert of new triplets alone has no scale");
                    firstScales_.narrow(0, first + rank, 1).copy_(firstScales_.narrow(0, first, 1));
                    const auto drawn = [&](Factor factor, std::int64_t size) {
                        const std::uint64_t key =
                            gpu::randomKey(static_cast<std::uint64_t>(adapter.settings().seed),
                                           static_cast<int>(factor), group.layer, module.module, expert, rank, step);
                        return normalNumbers(1, size, key)[0].to(flat_.values.device());
                    };
                    const Tensor q = rowsOfA(flat_.values, group).narrow(0, module.firstRank + begin, rank + 1);
                    const Tensor p = columnsOfB(flat_.values, module).narrow(1, begin, rank + 1);
                    q[rank].copy_(besideRows(q.narrow(0, 0, rank), drawn(Factor::NewQ, group.in)));
                    p.select(1, rank).copy_(besideRows(p.narrow(1, 0, rank).t(), drawn(Factor::NewP, module.out)));
                }
                first += ranks;
            }
}

void Triplets::fillNewWithMeans(const AdapterLayout& layout, const Repacking& repacking, std::int64_t oldRanks,
                                Tensor& flat)
{
    const std::vector<bool> isNew = newRanks(repacking, oldRanks);
    const Tensor ofLambda = flat.narrow(0, layout.parameters, static_cast<std::int64_t>(isNew.size()));
    std::int64_t first = 0;
    for (const GroupLayout& group : layout.groups)
        for (const ModuleLayout& module : group.modules) {
            std::vector<std::int64_t> fresh, kept;
            for (std::int64_t rank = 0; rank < module.ranks; ++rank)
                (isNew[static_cast<std::size_t>(first + rank)] ? fresh : kept).push_back(rank);
            const Tensor places = torch::tensor(kept, torch::kInt64).to(flat.device());
            const Tensor q = rowsOfA(flat, group).narrow(0, module.firstRank, module.ranks);
            const Tensor p = columnsOfB(flat, module);
            const Tensor own = ofLambda.narrow(0, first, module.ranks);
            for (const std::int64_t rank : fresh) {
                q[rank].copy_(q.index_select(0, places).mean(0));
                p.select(1, rank).copy_(p.index_select(1, places).mean(1));
                own[rank].copy_(own.index_select(0, places).mean());
            }
            first += module.ranks;
        }
}

void Triplets::restored(MixtureAdapter& adapter)
{
    factors_ = firstScales_ / scalesOf(adapter);
    push(adapter);
}

std::vector<NamedTensor> Triplets::state() const
{
    return {{"reallocation.triplets", flat_.values}, {"reallocation.first_scales", firstScales_}};
}

} // namespace hilo
