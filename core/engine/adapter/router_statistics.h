// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/layout.h"
#include "formats/module_grid.h"
#include "gpu/tensor.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace hilo {

/// How tokens were spread over a module's experts since the last reset.
struct ExpertLoad
{
    std::int64_t layer = 0;
    int module = 0;             ///< column of moduleGrid()
    std::vector<double> load;   ///< share of the chosen slots per expert (null experts at the end), sums to 1
    std::vector<double> weight; ///< mean router probability per expert, null experts at the end, sums to 1
};

using SumOverProcesses = std::function<void(torch::Tensor& values)>;

/// The tokens of a pass that count where the others are padding: those before it.
struct CountedTokens
{
    torch::Tensor onDevice; ///< one int64 on the adapter's device; undefined: all count
    std::int64_t count = 0; ///< the same number
};

/// Counts the routers' choices of one pass (a forward pass and its backward pass) and over all passes since the last
/// take. A group is counted once a pass: activation checkpointing runs it again. The counts stay on the adapter's
/// device; only takeLoads() waits for it.
///
/// Auxiliary loss of a layer (2402.08562 code; null experts 2406.13233): the modules with the same number of experts
/// and null experts are taken together, as if their tokens were one batch: N·Σ f·P with f the share of chosen slots and
/// P the mean probability, N the number of choices; the null experts' f is replaced by its mean over them. Where
/// modules of a layer differ in number, the values are averaged weighted by the number of modules. Balanced choices
/// give 1 a layer. With a dense router f is uniform and the loss constant: those use LocalisedBalance.
class RouterStatistics
{
  public:
    RouterStatistics(const AdapterLayout& layout, torch::Device device);

    /// Forgets the pass (its counts stay in the loads, its loss in the pending sum when gathersLoss). With counted
    /// tokens the next pass runs every group, or is a recorded one that calls nothing here; whoever wants its loss
    /// takes it in the pass.
    void startPass(bool gathersLoss, const CountedTokens& counted = {});
    /// Undefined: all tokens of the pass count.
    const torch::Tensor& counted() const { return counted_.onDevice; }
    /// Where to count a group's choices, [2, logits] double: slots, probabilities; undefined when this pass has counted
    /// them already, or when there is no router.
    torch::Tensor countsOf(int group);
    void addTokens(int group, std::int64_t tokens);

    /// Sum of the layers' losses over the passes since the last take (without coefficient): a double scalar.
    torch::Tensor takeLoss();
    /// By logit columns of all groups: the loss' derivative by a single token's softmax probability.
    torch::Tensor slopes();
    /// A group's share of such columns.
    torch::Tensor ofGroup(const torch::Tensor& columns, int group) const;
    /// sum: adds a double vector on the adapter's device up over all processes of a run; empty for one.
    std::vector<ExpertLoad> takeLoads(const SumOverProcesses& sum = {});

    /// [2, logits of all groups] double: chosen slots and summed probabilities of this process since the last call of
    /// it; unlike takeLoads() it takes nothing from those, and waits for nothing.
    torch::Tensor takeCounts();

  private:
    struct PassBalance
    {
        torch::Tensor loss;
        torch::Tensor slopes;
    };
    const PassBalance& passBalance();
    std::int64_t passTokens() const;

    const AdapterLayout& layout_;
    std::vector<std::int64_t> firstColumns_; ///< of each group's logits
    std::int64_t columns_ = 0;
    CountedTokens counted_;
    std::vector<bool> seen_;                 ///< by group, in this pass
    std::vector<std::int64_t> tokensOfPass_; ///< by group
    std::vector<std::int64_t> tokensOfTotal_;
    torch::Tensor records_; ///< of the layers' modules, as gpu::balance reads them
    torch::Tensor pass_;    ///< [2, columns] double
    torch::Tensor total_;   ///< the same of all passes before
    torch::Tensor untaken_; ///< the same since takeCounts()
    torch::Tensor pendingLoss_;
    PassBalance balance_;
    bool balanceKnown_ = false;
    bool lossTaken_ = false;  ///< of the current pass
    bool loadsTaken_ = false; ///< of the current pass
    bool countsTaken_ = false;
};

} // namespace hilo
