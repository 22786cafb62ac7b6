// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/training_variants.h"

#include "run/run_spec.h"

namespace hilo {
namespace {

constexpr const char* ofB = "lora_b_learning_rate_factor";
constexpr const char* ofLayers = "layer_learning_rate_decay";
constexpr const char* noise = "neftune_alpha";
constexpr const char* averaged = "average_checkpoints";

Status checkRates(const JsonObject& training, const TrainingSpec& spec)
{
    const TrainingVariants& variants = spec.variants;
    if (!spec.reallocation.moves() || !variants.hasRatesOfTheirOwn())
        return {};
    return failure(training.errorAt(variants.loraBLearningRateFactor != 1 ? ofB : ofLayers,
                                    "reallocation estimates what a rank gains by one learning rate for all, and here "
                                    "there are several",
                                    "leave it at 1, or set reallocation.method to \"none\""));
}

Status checkAverage(const JsonObject& training, const TrainingSpec& spec)
{
    if (!spec.variants.averages())
        return {};
    const auto refused = [&](const std::string& why, const std::string& hint) {
        return failure(training.errorAt(averaged, why, hint));
    };
    if (spec.checkpointEvery == 0)
        return refused("checkpoints by time are not at the same steps in every run",
                       "set checkpoint_every to the steps between the weights that are averaged");
    if (spec.select == Selection::Best)
        return refused("the run keeps its best weights", "set select to \"last\", or average_checkpoints to 1");
    if (spec.reallocation.moves())
        return refused("weights of maps that differ have no mean",
                       "set reallocation.method to \"none\", or average_checkpoints to 1");
    return {};
}

} // namespace

Status parseVariants(const JsonObject& training, TrainingSpec& spec)
{
    TrainingVariants& variants = spec.variants;
    HILO_TRY(variants.loraBLearningRateFactor, training.numberOr(ofB, variants.loraBLearningRateFactor, 0, 1000));
    HILO_TRY(variants.layerLearningRateDecay, training.numberOr(ofLayers, variants.layerLearningRateDecay, 0.01, 1));
    HILO_TRY(variants.neftuneAlpha, training.numberOr(noise, variants.neftuneAlpha, 0, 1000));
    HILO_TRY(variants.averageCheckpoints, training.integerOr(averaged, variants.averageCheckpoints, 1, 1000));
    if (spec.cudaGraph && variants.neftuneAlpha > 0)
        return failure(training.errorAt("cuda_graph", "a recorded step can't draw other noise each time",
                                        "set neftune_alpha to 0, or cuda_graph to false"));
    HILO_CHECK(checkRates(training, spec));
    return checkAverage(training, spec);
}

void addVariants(const TrainingVariants& variants, Json& training)
{
    training[ofB] = variants.loraBLearningRateFactor;
    training[ofLayers] = variants.layerLearningRateDecay;
    training[noise] = variants.neftuneAlpha;
    training[averaged] = variants.averageCheckpoints;
}

} // namespace hilo
