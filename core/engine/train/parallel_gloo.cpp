// SPDX-License-Identifier: GPL-3.0-or-later
// Sums between processes on CPUs. LibTorch's header shows its Gloo part only when told that LibTorch was built with it.
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include "engine/train/parallel_store.h"

#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

namespace hilo {
namespace {

struct GlooGroup : Parallel
{
    GlooGroup(const ParallelPlace& place, std::shared_ptr<Store> store, c10::intrusive_ptr<c10d::ProcessGroupGloo> made)
        : Parallel(place, std::move(store)), group(std::move(made))
    {
    }

    void sum(torch::Tensor& values) override
    {
        std::vector<torch::Tensor> tensors{values};
        group->allreduce(tensors)->wait();
    }

    c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
};

} // namespace

std::unique_ptr<Parallel> Parallel::make(const ParallelPlace& place, torch::Device device, std::shared_ptr<Store> store)
{
    TORCH_CHECK(device.is_cpu(), "this build trains in parallel on CPUs only");
    auto options = c10d::ProcessGroupGloo::Options::create(std::chrono::hours(24));
    // The host's own name need not have an address (containers).
    options->devices.push_back(place.host == "127.0.0.1" || place.host == "localhost"
                                   ? c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1")
                                   : c10d::ProcessGroupGloo::createDefaultDevice());
    auto group = c10::make_intrusive<c10d::ProcessGroupGloo>(store->store, place.rank, place.size, options);
    return std::make_unique<GlooGroup>(place, std::move(store), std::move(group));
}

} // namespace hilo
