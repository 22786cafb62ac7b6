// SPDX-License-Identifier: GPL-3.0-or-later
// Sums between processes on CPUs. LibTorch's header shows its Gloo part only when told that LibTorch was built with it.
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include "engine/train/parallel_store.h"

#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

namespace hilo {

std::unique_ptr<Parallel::Sums> Parallel::makeSums(const ParallelPlace& place, torch::Device device, const Store& store)
{
    TORCH_CHECK(device.is_cpu(), "this build trains in parallel on CPUs only");
    auto options = c10d::ProcessGroupGloo::Options::create();
    // The host's own name need not have an address (containers).
    options->devices.push_back(place.host == "127.0.0.1" || place.host == "localhost"
                                   ? c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1")
                                   : c10d::ProcessGroupGloo::createDefaultDevice());
    return std::make_unique<SumsOver<c10d::ProcessGroupGloo>>(place, store, options);
}

} // namespace hilo
