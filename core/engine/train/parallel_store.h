// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/parallel.h"

#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace hilo {

/// Where the processes find each other: numbers by name, at rank 0.
struct Parallel::Store
{
    c10::intrusive_ptr<c10d::Store> store;
};

/// Sums by one of c10d's process groups, c10d::ProcessGroupGloo or c10d::ProcessGroupNCCL.
template <class ProcessGroup>
class ParallelOver : public Parallel
{
  public:
    using Options = c10::intrusive_ptr<typename ProcessGroup::Options>;

    ParallelOver(const ParallelPlace& place, std::shared_ptr<Store> store, const Options& options)
        : Parallel(place, std::move(store))
    {
        // Rank 0 may evaluate for hours before it comes to the next sum.
        options->timeout = std::chrono::hours(24);
        group_ = c10::make_intrusive<ProcessGroup>(store_->store, place.rank, place.size, options);
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
