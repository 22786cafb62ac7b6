// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/strategy.h"

#include <vector>

namespace hilo {

/// What a module of one layer is assumed to gain from experts:
///
///     gain(N, r) = weight · captured(min(k, N) · r) · (1 - diversity / N)
///
/// captured(R) is the share of the update that R directions hold: the sum of the first R values of the module's
/// spectrum, each to the power spectrum_power, over the sum of all, or, without a spectrum, 1 - exp(-R / tau). Both
/// rise ever more slowly. Weights are raised to the power weight_power: gradients say what one step gains, and few
/// modules with large ones would otherwise get everything. A token sees min(k, N) experts of rank r, hence R. diversity
/// is the share of the update that differs from input to input; one expert has to average over it, N experts resolve
/// all but one N-th of it. The model is ours (no published one was found); it ignores that experts must be trained on
/// fewer tokens each, and that modules act on one another. What was measured of it is in docs/results.md: with
/// the spectra of a pilot run's update (trained_update, weight_power 2, so that the gain is the energy that is kept) it
/// shares ranks out better than evenly; with those of gradients and inputs worse.
struct ModuleGain
{
    double weight = 1;
    double diversity = 0.5;         ///< from 0 to below 1
    double tau = 4;                 ///< used where there is no spectrum
    std::vector<double> cumulative; ///< captured(1), captured(2), …; empty: none

    double captured(std::int64_t rank) const;
    double of(std::int64_t experts, std::int64_t rank, std::int64_t topK) const;
};

/// One per slot. With a profile: spectra of the setting spectrum, weights of the setting weight (per module; layers
/// where the signal has no modules), diversity scaled by the setting diversity_signal when given. Without: a prior that
/// states HILO's own claim, that deeper layers are more complex: tau rises evenly from tau_min in the first layer to
/// tau_max in the last, and the weight is the module's in + out, so that no kind of module is favoured for being cheap.
Result<std::vector<ModuleGain>> moduleGains(const StrategyInputs& inputs);

} // namespace hilo
