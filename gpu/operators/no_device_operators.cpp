// SPDX-License-Identifier: GPL-3.0-or-later
// A build without CUDA has no operators beside those of the CPU.
#include "gpu/device.h"
#include "gpu/operators/device_operators.h"

namespace hilo::gpu {

void useDeviceOperators() {}

bool runsOnDevice(const at::Tensor&)
{
    return false;
}

} // namespace hilo::gpu
