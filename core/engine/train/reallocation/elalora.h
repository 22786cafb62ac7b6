// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/reallocation/triplet_importance.h"
#include "engine/train/reallocation/triplets.h"

namespace hilo {

/// ElaLoRA (2504.00254; HuandongChang/ElaLoRA loralib/elalora.py) for mixtures: ranks go and come, under the map's
/// parameters. Where it is due each expert offers its two least important triplets, and all but one of its own if it
/// has fewer; the least important of all that are offered, at most four, go, and as many experts, those whose offers
/// are the most important, get a new triplet each. How many follows the time that is left: 4 (1 - t³), rounded. A new
/// triplet has λ = 0, and P and Q drawn, made orthogonal to what its expert has and of length 1. Importance and moments
/// move with their triplets. What it does not know: a change that costs more parameters than have gone is made as far
/// as it can be paid, the most important offers first.
class Elalora : public Reallocation
{
  public:
    /// The adapter becomes one of triplets, whose update is zero.
    Elalora(ReallocationSteps steps, const ModelConfig& model, MixtureAdapter& adapter);

    Optimised optimised(MixtureAdapter& adapter) override;
    bool readsGradient() const override { return true; }
    void updated(MixtureAdapter& adapter, std::int64_t step, const SumOverProcesses& sum) override;
    std::optional<Proposal> propose(MixtureAdapter& adapter, const OptimiserView& optimiser) override;
    void repacked(MixtureAdapter& adapter, const Repacking& repacking) override;
    torch::Tensor firstMoment(const Repacking& repacking, const torch::Tensor& old) const override;
    torch::Tensor secondMoment(const Repacking& repacking, const torch::Tensor& old) const override;
    std::vector<NamedTensor> state() const override;
    Status restore(MixtureAdapter& adapter, const std::map<std::string, torch::Tensor>& tensors,
                   const std::string& file) override;

    /// Triplets that go, and come, at a step at most.
    std::int64_t exchangedAt(std::int64_t step) const;

  private:
    ModelConfig model_;
    Triplets triplets_;
    TripletImportance importance_;
    torch::Tensor budget_; ///< int64 [1]: parameters of the run's map
    AdapterLayout next_;   ///< of the change that was proposed last
    std::int64_t step_ = 0;
};

} // namespace hilo
