// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/router_statistics.h"

namespace hilo {

/// Which task each token of a pass belongs to.
struct TokenTasks
{
    torch::Tensor ofToken;  ///< [T] int64 on the adapter's device; count and above: padding. Undefined: not gathered.
    std::int64_t count = 0; ///< of the run's tasks
};

/// Counts the routers' choices by the tasks of the tokens, over all passes since the last take, beside
/// RouterStatistics, whose slots are the sum of these. The choices are made again from the logits by the rule of
/// chooseOfToken (gpu/kernels/routing_token.h): of equal logits the first wins. Everything stays on the device, in
/// tensors that stay where they are, so that a recorded step counts as well.
class TaskLoads
{
  public:
    TaskLoads(const AdapterLayout& layout, torch::Device device);

    void startPass(const TokenTasks& tasks);
    bool gathers() const { return tasks_.ofToken.defined(); }
    /// Once a pass and group. logits [T, L] float32.
    void add(int group, const torch::Tensor& logits);
    /// Of each of count tasks; empty without routers. A module that a task has not used is left out. sum: as in
    /// RouterStatistics; a process may have had nothing to gather.
    std::vector<std::vector<ExpertLoad>> take(std::int64_t count, const SumOverProcesses& sum = {});

  private:
    void makeRoomFor(std::int64_t tasks);

    const AdapterLayout& layout_;
    torch::Device device_;
    std::vector<std::int64_t> firstColumns_; ///< of each group's logits
    std::int64_t columns_ = 0;
    TokenTasks tasks_;
    torch::Tensor total_; ///< [tasks, 2, columns] double: slots, probabilities
};

} // namespace hilo
