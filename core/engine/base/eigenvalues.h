// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/tensor.h"

#include <vector>

namespace hilo {

/// Squared singular values of a matrix, ascending, min(rows, columns) of them: eigenvalues of the smaller Gram matrix,
/// in float64, negatives of rounding taken for 0. Costs rows·columns·min + min³.
std::vector<double> squaredSingularValues(const torch::Tensor& matrix);

/// Eigenvalues of a symmetric matrix that can't be negative, ascending, in the matrix's own precision; negatives of
/// rounding taken for 0.
std::vector<double> eigenvalues(const torch::Tensor& symmetric);

/// A copy as numbers.
std::vector<double> valuesOf(const torch::Tensor& vector);

} // namespace hilo
