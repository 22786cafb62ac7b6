// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/compute.h"
#include "gpu/tensor.h"

namespace hilo {

inline torch::Device torchDevice(const Compute& compute)
{
    return torch::Device(compute.device);
}

inline torch::Dtype torchType(const Compute& compute)
{
    return compute.dtype == "bfloat16" ? torch::kBFloat16 : torch::kFloat32;
}

} // namespace hilo
