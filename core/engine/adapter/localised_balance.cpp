// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/localised_balance.h"

namespace hilo {

using torch::Tensor;

namespace {

constexpr double smallest = 1e-10;

/// The derivative of squaredSampleVariation by each number of z.
Tensor slopesOfVariation(const Tensor& z)
{
    const auto count = static_cast<double>(z.numel());
    if (count < 2)
        return torch::zeros_like(z);
    const Tensor mean = z.mean();
    const Tensor square = mean.square() + smallest;
    return 2 / (count - 1) * (z - mean) / square - z.var() * 2 * mean / (count * square.square());
}

} // namespace

Tensor squaredSampleVariation(const Tensor& z)
{
    const Tensor values = z.to(torch::kFloat64).flatten();
    if (values.numel() < 2)
        return values.sum() * 0;
    return values.var() / (values.mean().square() + smallest);
}

LocalisedBalance::LocalisedBalance(const AdapterLayout& layout) : layout_(layout), sums_(layout.groups.size()) {}

void LocalisedBalance::startPass(const std::vector<std::int64_t>& starts)
{
    for (Tensor& sum : sums_)
        sum = Tensor();
    sequences_ = 1;
    sequenceOfToken_ = Tensor();
    if (starts.size() < 3)
        return;
    sequences_ = static_cast<std::int64_t>(starts.size()) - 1;
    const Tensor bounds = torch::tensor(starts, torch::kInt64);
    sequenceOfToken_ = torch::repeat_interleave(bounds.slice(0, 1) - bounds.slice(0, 0, sequences_));
}

void LocalisedBalance::add(int group, const Tensor& gates)
{
    Tensor& sum = sums_[static_cast<std::size_t>(group)];
    if (sum.defined() || gates.size(1) == 0)
        return;
    const Tensor wide = gates.to(torch::kFloat64);
    if (!sequenceOfToken_.defined()) {
        sum = wide.sum(0, true);
        return;
    }
    sequenceOfToken_ = sequenceOfToken_.to(gates.device());
    sum = torch::zeros({sequences_, gates.size(1)}, wide.options()).index_add_(0, sequenceOfToken_, wide);
}

Tensor LocalisedBalance::loss() const
{
    Tensor total;
    for (std::size_t group = 0; group < sums_.size(); ++group) {
        if (!sums_[group].defined())
            continue;
        for (const gpu::ModuleRouting& module : layout_.groups[group].plan.modules) {
            if (module.firstLogit < 0)
                continue;
            const Tensor one = squaredSampleVariation(sums_[group].narrow(1, module.firstLogit, module.choices()));
            total = total.defined() ? total + one : one;
        }
    }
    return total.defined() ? total : torch::zeros({}, torch::kFloat64);
}

Tensor LocalisedBalance::gradientOfLogits(int group, const Tensor& gates, const Tensor& factor) const
{
    Tensor result = torch::zeros_like(gates);
    const Tensor& sum = sums_[static_cast<std::size_t>(group)];
    if (!sum.defined())
        return result;
    for (const gpu::ModuleRouting& module : layout_.groups[static_cast<std::size_t>(group)].plan.modules) {
        if (module.firstLogit < 0)
            continue;
        const std::int64_t first = module.firstLogit;
        const Tensor slopes = slopesOfVariation(sum.narrow(1, first, module.choices())) * factor.to(torch::kFloat64);
        const Tensor slope =
            (sequenceOfToken_.defined() ? slopes.index_select(0, sequenceOfToken_) : slopes).to(gates.scalar_type());
        const Tensor weights = gates.narrow(1, first, module.choices());
        result.narrow(1, first, module.choices()).copy_(weights * (slope - (weights * slope).sum(1, true)));
    }
    return result;
}

} // namespace hilo
