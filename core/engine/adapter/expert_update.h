// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/tensor.h"

#include <vector>

namespace hilo {

/// An expert's update B A, A [r, in], B [out, r].
struct ExpertUpdate
{
    torch::Tensor a;
    torch::Tensor b;
};

/// The same update with its directions in order: A = S^(1/2) Vᵀ, B = U S^(1/2) of B A = U S Vᵀ, in float32.
struct OrderedUpdate
{
    ExpertUpdate update;
    std::vector<double> singularValues; ///< of B A, the largest first, r of them
};

/// By two QR decompositions and the singular values of the r x r matrix between them; B A is never formed.
OrderedUpdate orderUpdate(const ExpertUpdate& update);

/// The fewest leading directions whose rest holds at most `share` of the squared singular values; 1 at least.
std::int64_t neededRank(const std::vector<double>& singularValues, double share);

} // namespace hilo
