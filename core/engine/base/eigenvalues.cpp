// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/eigenvalues.h"

namespace hilo {

std::vector<double> valuesOf(const torch::Tensor& vector)
{
    const torch::Tensor wide = vector.to(torch::kCPU, torch::kFloat64).contiguous();
    return {wide.data_ptr<double>(), wide.data_ptr<double>() + wide.numel()};
}

std::vector<double> eigenvalues(const torch::Tensor& symmetric)
{
    return valuesOf(torch::linalg_eigvalsh(symmetric, "L").clamp_min_(0));
}

std::vector<double> squaredSingularValues(const torch::Tensor& matrix)
{
    const torch::Tensor wide = matrix.to(torch::kFloat64);
    return eigenvalues(wide.size(0) <= wide.size(1) ? torch::mm(wide, wide.t()) : torch::mm(wide.t(), wide));
}

} // namespace hilo
