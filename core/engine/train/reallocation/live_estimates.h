// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/reallocation/reallocation.h"

#include <vector>

namespace hilo {

/// What BalancedLive knows of an expert (see there).
struct LiveExpert
{
    std::vector<double> worth; ///< of each rank, at the end of the run
    double rankGain = 0;       ///< of one more rank, likewise
    double spectrum = 1;       ///< σ_r² over the mean of σ²
    double load = 0;           ///< of the chosen slots, times the number of choices: 1 is an even share
};

struct LiveModule
{
    std::size_t group = 0, module = 0; ///< of the layout
    std::vector<LiveExpert> experts;
    double entropy = 0;    ///< of the routers' mean probabilities over ln of their number; 0 without a router
    double expertGain = 0; ///< of one more expert; 0 where none may come
    bool routes = false;   ///< tokens have been counted
};

/// Of every module of the adapter but those of the base's own experts. routed: counts of all processes.
std::vector<LiveModule> estimateLive(MixtureAdapter& adapter, const OptimiserView& optimiser,
                                     const torch::Tensor& routed);

/// σ² of the update B A, the largest first: the eigenvalues of (AAᵀ)^½ BᵀB (AAᵀ)^½. a [r, in], b [out, r].
std::vector<double> squaredSpectrum(const torch::Tensor& a, const torch::Tensor& b);

} // namespace hilo
