// SPDX-License-Identifier: GPL-3.0-or-later
// Sums between processes on GPUs. LibTorch's header shows its NCCL part only when told that LibTorch was built with it.
#ifndef USE_C10D_NCCL
#define USE_C10D_NCCL
#endif
#include "engine/train/parallel_store.h"

#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

namespace hilo {
namespace {

struct NcclGroup : Parallel
{
    NcclGroup(const ParallelPlace& place, std::shared_ptr<Store> store, c10::intrusive_ptr<c10d::ProcessGroupNCCL> made)
        : Parallel(place, std::move(store)), group(std::move(made))
    {
    }

    /// Queued: wait() lets the device's stream wait, not the host.
    void sum(torch::Tensor& values) override
    {
        std::vector<torch::Tensor> tensors{values};
        group->allreduce(tensors)->wait();
    }

    c10::intrusive_ptr<c10d::ProcessGroupNCCL> group;
};

} // namespace

std::unique_ptr<Parallel> Parallel::make(const ParallelPlace& place, torch::Device device, std::shared_ptr<Store> store)
{
    TORCH_CHECK(device.is_cuda(), "this build trains in parallel on GPUs only");
    auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = std::chrono::hours(24);
    auto group = c10::make_intrusive<c10d::ProcessGroupNCCL>(store->store, place.rank, place.size, options);
    return std::make_unique<NcclGroup>(place, std::move(store), std::move(group));
}

} // namespace hilo
