// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <cstdint>

namespace hilo {

struct TrainingSpec;

/// Changes to how a mixture is trained that leave what it computes as it is; keys of a run spec's "training".
struct TrainingVariants
{
    /// Times the learning rate, for the experts' B (2402.12354, LoRA+: lambda).
    double loraBLearningRateFactor = 1;
    /// Each layer learns at this times the rate of the layer above it; the last one at the learning rate (1801.06146,
    /// section 3.2: 1 / 2.6).
    double layerLearningRateDecay = 1;
    /// Noise on the embedding of a training row of L tokens: uniform within alpha / sqrt(L * hidden) on both sides of 0
    /// (2310.05914, algorithm 1); 0: none.
    double neftuneAlpha = 0;
    /// The adapter is the mean of the weights at the last so many checkpoints, the last step's among them; those are
    /// the multiples of checkpoint_every. 1: the last step's weights.
    std::int64_t averageCheckpoints = 1;

    bool hasRatesOfTheirOwn() const { return loraBLearningRateFactor != 1 || layerLearningRateDecay != 1; }
    bool averages() const { return averageCheckpoints > 1; }
    bool operator==(const TrainingVariants&) const = default;
};

/// Fills spec.variants from a run spec's "training", whose other settings have been read. Errors name the key that
/// contradicts another.
Status parseVariants(const JsonObject& training, TrainingSpec& spec);
/// Adds the keys to "training".
void addVariants(const TrainingVariants& variants, Json& training);

} // namespace hilo
