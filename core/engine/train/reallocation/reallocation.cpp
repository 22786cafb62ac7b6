// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/reallocation.h"

#include "engine/train/reallocation/adalora.h"
#include "engine/train/reallocation/balanced_live.h"
#include "engine/train/reallocation/elalora.h"

namespace hilo {

using torch::Tensor;

std::unique_ptr<Reallocation> Reallocation::create(const TrainingSpec& training, const ModelConfig& model,
                                                   MixtureAdapter& adapter, std::int64_t steps)
{
    const ReallocationSpec& spec = training.reallocation;
    if (!spec.moves())
        return nullptr;
    const ReallocationSteps due = ReallocationSteps::of(spec, steps);
    if (spec.method == "adalora")
        return std::make_unique<Adalora>(due, model, adapter, spec.budget);
    if (spec.method == "elalora")
        return std::make_unique<Elalora>(due, model, adapter);
    TORCH_CHECK(spec.method == "balanced-live", "no such reallocation method: ", spec.method);
    return std::make_unique<BalancedLive>(due, model, adapter);
}

Optimised Reallocation::optimised(MixtureAdapter& adapter)
{
    return {adapter.parameters().detach(), adapter.parameters().mutable_grad()};
}

void Reallocation::updated(MixtureAdapter& adapter, std::int64_t step, const SumOverProcesses& sum)
{
    (void)adapter, (void)step, (void)sum;
}

void Reallocation::repacked(MixtureAdapter& adapter, const Repacking& repacking)
{
    (void)adapter, (void)repacking;
}

Tensor Reallocation::firstMoment(const Repacking& repacking, const Tensor& old) const
{
    return repacking.firstMoment(old);
}

Tensor Reallocation::secondMoment(const Repacking& repacking, const Tensor& old) const
{
    return repacking.secondMoment(old);
}

Status Reallocation::restoreTensor(const std::map<std::string, Tensor>& tensors, const std::string& name,
                                   Tensor& target, const std::string& file)
{
    const auto found = tensors.find(name);
    if (found == tensors.end() || found->second.sizes() != target.sizes() ||
        found->second.scalar_type() != target.scalar_type())
        return failure(badInput(
            file, name, "expected " + std::to_string(target.numel()) + " values of this run's reallocation method",
            "Remove this checkpoint; the run goes on from the one before it."));
    target.copy_(found->second);
    return {};
}

} // namespace hilo
