// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/tensor.h"

#include <cstdint>
#include <optional>

namespace hilo {

/// Sums over tokens from which moments follow, of vectors of one width, kept in float32 (sums in float64).
struct Moments
{
    torch::Tensor products; ///< [d, d] sum of x xᵀ; undefined when not wanted
    torch::Tensor squares;  ///< [d] sum of x²
    torch::Tensor sum;      ///< [d] float64
    std::int64_t count = 0;

    static Moments of(std::int64_t width, bool withProducts, torch::Device device);
    /// x [T, d] in float32.
    void add(const torch::Tensor& x);
    Moments operator+(const Moments& other) const;
    /// [d, d] centred second moment, sum over tokens of (x - mean)(x - mean)ᵀ, in float32.
    torch::Tensor centred() const;
};

/// Linear CKA of 1905.00414 from sums over the same tokens: ||YᵀX||² / (||XᵀX|| ||YᵀY||), columns centred.
/// cross [d, e] sum of x yᵀ. NaN where one of the two is constant.
double linearCka(const Moments& x, const Moments& y, const torch::Tensor& cross);

/// Sum over tokens of the cosine between rows of x and y [T, d]; Block Influence (2403.03853) is 1 - its mean. Rows of
/// zeros count as equal.
double cosineSum(const torch::Tensor& x, const torch::Tensor& y);

/// TwoNN (Facco et al. 2017) of points with these squared distances [T, T]: (T - 1) / sum of ln(r2 / r1), r1 and r2 the
/// distances to the two nearest other points. Points that lie on another one are left out, for r1 would be 0; T counts
/// those that stay. NaN with fewer than three.
double intrinsicDimension(const torch::Tensor& squaredDistances);
/// Squared Euclidean distances in float64: [T, d] -> [T, T].
torch::Tensor squaredDistances(const torch::Tensor& points);

/// OWL (2310.05175): share of the entries norm_j · |W_ij| above `times` their mean; weight [out, in], norms [in].
double outlierRatio(const torch::Tensor& weight, const torch::Tensor& norms, double times);

/// Sum over tokens of the entropy (nats) of softmax(|x|) of rows [T, d].
double entropySum(const torch::Tensor& x);

} // namespace hilo
