// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/localised_balance.h"

namespace hilo {

using torch::Tensor;

Tensor squaredVariation(const Tensor& z)
{
    const Tensor values = z.to(torch::kFloat64).flatten();
    if (values.numel() < 2)
        return values.sum() * 0;
    return values.var() / (values.mean().square() + 1e-10);
}

LocalisedBalance::LocalisedBalance(const AdapterLayout& layout) : layout_(layout), sums_(layout.groups.size()) {}

void LocalisedBalance::startPass(const std::vector<std::int64_t>& starts)
{
    starts_ = starts;
    for (Tensor& sum : sums_)
        sum = Tensor();
}

Tensor LocalisedBalance::sequencesOf(const Tensor& gates) const
{
    std::vector<std::int64_t> sequences(static_cast<std::size_t>(gates.size(0)), 0);
    for (std::size_t b = 0; b + 1 < starts_.size(); ++b)
        for (std::int64_t token = starts_[b]; token < starts_[b + 1]; ++token)
            sequences[static_cast<std::size_t>(token)] = static_cast<std::int64_t>(b);
    return torch::tensor(sequences, torch::kInt64).to(gates.device());
}

void LocalisedBalance::add(int group, const Tensor& gates)
{
    Tensor& sum = sums_[static_cast<std::size_t>(group)];
    if (sum.defined() || gates.size(1) == 0)
        return;
    const std::int64_t sequences = starts_.size() < 2 ? 1 : static_cast<std::int64_t>(starts_.size()) - 1;
    sum = torch::zeros({sequences, gates.size(1)}, gates.options().dtype(torch::kFloat64));
    sum.index_add_(0, sequencesOf(gates), gates.to(torch::kFloat64));
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
            const Tensor one = squaredVariation(sums_[group].narrow(1, module.firstLogit, module.choices()));
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
    const Tensor sequences = sequencesOf(gates);
    for (const gpu::ModuleRouting& module : layout_.groups[static_cast<std::size_t>(group)].plan.modules) {
        if (module.firstLogit < 0)
            continue;
        const std::int64_t first = module.firstLogit;
        Tensor slopes;
        {
            // Called in a backward pass, where nothing is recorded by itself.
            const torch::AutoGradMode recording(true);
            const Tensor z = sum.narrow(1, first, module.choices()).detach().clone().set_requires_grad(true);
            slopes = torch::autograd::grad({squaredVariation(z)}, {z})[0];
        }
        const Tensor weights = gates.narrow(1, first, module.choices());
        const Tensor slope = (slopes * factor.to(torch::kFloat64)).to(gates.scalar_type()).index_select(0, sequences);
        result.narrow(1, first, module.choices()).copy_(weights * (slope - (weights * slope).sum(1, true)));
    }
    return result;
}

} // namespace hilo
