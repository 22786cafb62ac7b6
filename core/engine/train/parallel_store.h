// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/parallel.h"

#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace hilo {

/// Where the processes find each other: numbers by name, at rank 0 or at torchrun's agent.
struct Parallel::Store
{
    c10::intrusive_ptr<c10d::Store> store;
};

class Parallel::Sums
{
  public:
    virtual ~Sums() = default;
    virtual void sum(torch::Tensor& values) = 0;
};

/// Sums by one of c10d's process groups, c10d::ProcessGroupGloo or c10d::ProcessGroupNCCL.
template <class ProcessGroup>
class Parallel::SumsOver : public Parallel::Sums
{
  public:
    using Options = c10::intrusive_ptr<typename ProcessGroup::Options>;

    SumsOver(const ParallelPlace& place, const Store& store, const Options& options)
    {
        // Whoever evaluates or pauses is waited for before a sum, not in it: here only steps differ, by minutes at
        // most. A process that ends is noticed at once (RankLink); this is for one that hangs.
        options->timeout = std::chrono::hours(1);
        group_ = c10::make_intrusive<ProcessGroup>(store.store, place.rank, place.size, options);
    }

    /// On a GPU only queued: wait() lets the device's stream wait, not the host.
    void sum(torch::Tensor& values) override
    {
        std::vector<torch::Tensor> tensors{values};
        group_->allreduce(tensors)->wait();
    }

  private:
    c10::intrusive_ptr<ProcessGroup> group_;
};

} // namespace hilo
