// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace hilo {

/// A measure that has no value: a constant matrix, too few values.
constexpr double notDefined = std::numeric_limits<double>::quiet_NaN();

/// Eigenvalues below this count as it, so that logarithms exist (the published code filters none and fails on zeros).
constexpr double smallestEigenvalue = 1e-30;

/// A power law fitted to the tail of a spectrum.
struct TailFit
{
    double alpha = 0;      ///< exponent; NaN where none can be fitted (all values equal, fewer than two)
    double distance = 1;   ///< Kolmogorov-Smirnov distance of the fit
    std::int64_t tail = 0; ///< values in the tail
};

/// Where the tail may begin.
enum class TailWindow {
    Published, ///< log10(0.95 x) <= lambda <= 1.5 x, as the code of AlphaLoRA compares
    Corrected, ///< 0.95 x <= lambda <= 1.5 x
};

/// PL_Alpha_Hill of squared singular values in ascending order (2410.10054; peijunallin/alphalora: expert_number.py):
/// x is the left edge of the fullest of 100 equal bins of log10 lambda; every lambda_i in the window, but the last, is
/// tried as the beginning, n = N - i + 1, alpha_i = 1 + n / (sum_(j>=i) ln lambda_j - n ln lambda_i); the alpha with
/// the smallest distance max_m |1 - (lambda_(i+m) / lambda_i)^(1 - alpha) - m/n| is taken. Where no value lies in the
/// window all are tried.
TailFit fitTail(const std::vector<double>& ascending, TailWindow window);

/// Hill estimator 1 + k / sum_(i<=k) ln(lambda_(N-i+1) / lambda_(N-k)) over the k = N/2 largest (2410.10912). NaN where
/// they are equal or fewer than two.
double hillOfHalf(const std::vector<double>& ascending);

/// Of non-negative values in any order; 0 where all are zero.
double stableRank(const std::vector<double>& squared);         ///< sum / largest
double participationRatio(const std::vector<double>& squared); ///< (sum)^2 / sum of squares
/// exp of the entropy of the shares v_i / sum v (Roy and Vetterli 2007).
double entropyRank(const std::vector<double>& values);

/// How many of the largest values (in descending order) hold the share of the sum.
std::int64_t countForShare(const std::vector<double>& descending, double share);

} // namespace hilo
