// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/reallocation/reallocation.h"

namespace hilo {

/// Our own: ranks and experts move, within the parameters of the run's map, from where they are worth least to where
/// one more is estimated to be worth most. Everything is measured by one number, the sensitivity Σ |w| √v of a rank's
/// column of B: to first order what the loss changes by when each weight's own effect counts (AdaLoRA's |w g|, with v,
/// AdamW's mean of g², for g). What is assumed besides:
///
/// - What a column of B comes to until the end of the run: AdamW moves each number by about the rate times m/√v a step,
///   so that its sensitivity grows by R · Σ |m|, R the sum of the learning rates that are left. The mean gradient m is
///   what is left of the first moment when noise, (1 - β1)/(1 + β1) of v, is taken off its square; m is taken as normal
///   numbers, and as going on as it is. It will not: gradients fall, for what is there and for what is new alike.
/// - worth of a rank: its sensitivity now and what its column comes to.
/// - one more rank of an expert: what its column, which starts at 0, comes to, with the gradients that the expert's
///   columns have on average.
/// - spectrum: the next direction holds as much of the update as the last of the expert's, σ_r² over the mean of σ², at
///   most 1: an expert that does not use the ranks it has needs no other.
/// - an expert with less than a tenth of its even share of the tokens since the last change is ignored by its router:
///   it may go as a whole, for the worth of its ranks, and gets no more.
/// - one more expert of a mixture of N: the gains of its ranks, as many as the module's smallest expert has, as the
///   module's experts have them on average; times the routers' entropy over ln N, because a router that does not use
///   the experts it has will not use another; times N / (N + 1), its share of what the others have learnt from.
///
/// A new rank changes nothing before it is trained. What goes takes its contribution with it. A new expert has B = 0
/// and begins with the router row of the module's least chosen expert, behind which it is chosen, in the place of a
/// token's last choice: at most one comes at a change, only where top_k is above 1, and a plain LoRA never becomes a
/// mixture. Dense routers weigh all experts for every token: there only ranks move. The base's own experts stay.
class BalancedLive : public Reallocation
{
  public:
    BalancedLive(ReallocationSteps steps, const ModelConfig& model, MixtureAdapter& adapter);

    void updated(MixtureAdapter& adapter, std::int64_t step, const SumOverProcesses& sum) override;
    std::optional<Proposal> propose(MixtureAdapter& adapter, const OptimiserView& optimiser) override;
    void repacked(MixtureAdapter& adapter, const Repacking& repacking) override;
    std::vector<NamedTensor> state() const override;
    Status restore(MixtureAdapter& adapter, const std::map<std::string, torch::Tensor>& tensors,
                   const std::string& file) override;

  private:
    ModelConfig model_;
    torch::Tensor budget_; ///< int64 [1]
    torch::Tensor routed_; ///< as takeRoutingCounts(), of all processes since the last change
};

} // namespace hilo
