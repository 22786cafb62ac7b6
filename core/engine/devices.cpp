// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/devices.h"

#include <torch/cuda.h>

namespace hilo {

int cudaDeviceCount()
{
    return static_cast<int>(torch::cuda::device_count());
}

} // namespace hilo
