// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/tensor.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Numbers in rows as a float32 tensor [rows, columns] of its own memory.
inline torch::Tensor matrixOf(const std::vector<float>& values, std::int64_t rows, std::int64_t columns)
{
    return torch::tensor(values, torch::kFloat32).view({rows, columns});
}

/// A tensor's numbers in float32, rows one after another.
inline std::vector<float> floatsOf(const torch::Tensor& tensor)
{
    const torch::Tensor plain = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

} // namespace hilo
