// SPDX-License-Identifier: GPL-3.0-or-later
// The operators of gpu/operators/cuda.cpp, with the kernels of this folder, for tensors of the CPU.
#define useDeviceOperators useEmulatedOperators
#include "gpu/operators/cuda.cpp"
#undef useDeviceOperators

#include "guarded_memory.h"
#include "tests/gpu/device_under_test.h"

namespace hilo::testing {

/// From now on the CPU's tensors go through the emulated device, and memory is watched. Registered here and not while
/// the program starts, since the last implementation of an operator wins; LibTorch warns of each.
void useDevice()
{
    static const auto library = [] {
        gpu::useCpuOperators();
        guardMemory();
        auto result =
            std::make_unique<torch::Library>(torch::Library::IMPL, "hilo", c10::DispatchKey::CPU, __FILE__, __LINE__);
        gpu::implement(*result);
        return result;
    }();
}

bool multipliesHalves()
{
    return false;
}

} // namespace hilo::testing
