// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/core/Device.h>

namespace c10::cuda {

/// There is one emulated device.
struct CUDAGuard
{
    explicit CUDAGuard(Device) {}
};

} // namespace c10::cuda
