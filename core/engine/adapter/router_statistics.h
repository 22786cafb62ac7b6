// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/layout.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// How tokens were spread over a module's experts since the last reset.
struct ExpertLoad
{
    std::int64_t layer = 0;
    int module = 0;             ///< index into moduleShapes
    std::vector<double> load;   ///< share of the chosen slots per expert (null experts at the end), sums to 1
    std::vector<double> weight; ///< mean router probability per expert, null experts at the end, sums to 1
};

/// Counts the routers' choices of one pass (a forward pass and its backward pass) and over all passes since the last
/// take. A group is counted once a pass: activation checkpointing runs it again.
///
/// Auxiliary loss of a layer (2402.08562 code; null experts 2406.13233): the modules with the same number of experts
/// and null experts are taken together, as if their tokens were one batch: N·Σ f·P with f the share of chosen slots and
/// P the mean probability, N the number of choices; the null experts' f is replaced by its mean over them. Where
/// modules of a layer differ in number, the values are averaged weighted by the number of modules. Balanced choices
/// give 1 a layer. With a dense router f is uniform and the loss constant.
class RouterStatistics
{
  public:
    explicit RouterStatistics(const AdapterLayout& layout);

    /// Forgets the pass (its counts stay in the loads, its loss in the pending sum).
    void startPass();
    /// Where to count a group's choices; null when this pass has counted them already.
    gpu::RoutingCounts* countsOf(int group);
    void addTokens(int group, std::int64_t tokens);

    /// Sum of the layers' losses over the passes since the last take (without coefficient).
    double takeLoss();
    /// Per logit column of the group: the loss' derivative by a single token's softmax probability.
    std::vector<float> slopes(int group) const;
    std::vector<ExpertLoad> takeLoads();

  private:
    struct Balance
    {
        double modules = 0;
        double slots = 0;
        double rows = 0;
        std::vector<double> share;       ///< f
        std::vector<double> probability; ///< sum over rows
    };
    struct GroupCounts
    {
        gpu::RoutingCounts pass;
        std::int64_t passTokens = 0;
        gpu::RoutingCounts total;
        std::int64_t totalTokens = 0;
    };

    Balance balanceOf(std::int64_t layer, std::int64_t experts, std::int64_t nullExperts) const;
    double routedModules(std::int64_t layer) const;
    double passLoss() const;

    const AdapterLayout& layout_;
    std::vector<GroupCounts> groups_;
    double pendingLoss_ = 0;
    bool lossTaken_ = false;  ///< of the current pass
    bool loadsTaken_ = false; ///< of the current pass
};

} // namespace hilo
