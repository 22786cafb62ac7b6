// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/reallocation/triplet_importance.h"
#include "engine/train/reallocation/triplets.h"

namespace hilo {

/// AdaLoRA (2303.10512) for mixtures. Where it is due, the triplets of all experts of all modules are ordered by
/// importance, the most important ones stay within the budget of the moment, and the λ of the others becomes 0; they
/// train on and may come back. The budget comes down from the map's parameters to the final ones with the cube of the
/// time that is left. At the last change what is masked then is dropped for good: the buffers get smaller. As in peft,
/// with two things it does not know: a budget is of parameters (where all modules have one width it is one of ranks),
/// and of a module with several experts each keeps its most important triplet, so that routers keep their rows.
class Adalora : public Reallocation
{
  public:
    /// finalBudget: trainable parameters. The adapter becomes one of triplets, whose update is zero.
    Adalora(ReallocationSteps steps, const ModelConfig& model, MixtureAdapter& adapter, std::int64_t finalBudget);

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

    /// Parameters that the masking at a step leaves.
    std::int64_t budgetAt(std::int64_t step) const;

  private:
    ModelConfig model_;
    Triplets triplets_;
    TripletImportance importance_;
    std::int64_t finalBudget_ = 0;
    torch::Tensor firstBudget_; ///< int64 [1]: parameters of the run's map
};

} // namespace hilo
