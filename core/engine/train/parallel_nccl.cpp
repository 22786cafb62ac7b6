// SPDX-License-Identifier: GPL-3.0-or-later
// Sums between processes on GPUs. LibTorch's header shows its NCCL part only when told that LibTorch was built with it.
#ifndef USE_C10D_NCCL
#define USE_C10D_NCCL
#endif
#include "engine/train/parallel_store.h"

#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

namespace hilo {

std::unique_ptr<Parallel::Sums> Parallel::makeSums(const ParallelPlace& place, torch::Device device, const Store& store)
{
    TORCH_CHECK(device.is_cuda(), "this build trains in parallel on GPUs only");
    return std::make_unique<SumsOver<c10d::ProcessGroupNCCL>>(place, store, c10d::ProcessGroupNCCL::Options::create());
}

} // namespace hilo
