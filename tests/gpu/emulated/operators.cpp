// SPDX-License-Identifier: GPL-3.0-or-later
// The operators of gpu/operators/cuda_operators.cpp, with the kernels of this folder, for tensors of the CPU.
#include "gpu/operators/cuda_operators.cpp"

#include "operators.h"

#include "gpu/device.h"
#include "gpu/operators/cpu_operators.h"

namespace hilo::gpu {

namespace {
bool isEmulated = false;
}

bool runsOnDevice(const torch::Tensor&)
{
    return isEmulated;
}

} // namespace hilo::gpu

namespace hilo::emulated {

void useOperators()
{
    static const auto library = [] {
        gpu::useCpuOperators();
        auto result =
            std::make_unique<torch::Library>(torch::Library::IMPL, "hilo", c10::DispatchKey::CPU, __FILE__, __LINE__);
        gpu::implement(*result);
        gpu::isEmulated = true;
        return result;
    }();
}

} // namespace hilo::emulated
