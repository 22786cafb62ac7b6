// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/margin_loss.h"
#include "objectives/objective.h"

namespace hilo {
namespace {

/// 2402.01306, equation 8, with v = sigmoid; the loss is lambda - lambda v, as in trl's kto_trainer.py.
JudgedLoss ofJudged(const AnswerScore& answer, bool isGood, double divergence, const ObjectiveSettings& settings)
{
    const double beta = settings.at("beta");
    const double weight = settings.at(isGood ? "desirable_weight" : "undesirable_weight");
    const double gain = answer.policy - answer.reference;
    const double sign = isGood ? 1 : -1;
    const double value = sigmoid(sign * beta * (gain - divergence));
    return {weight * (1 - value), {-sign * weight * beta * value * (1 - value), beta * gain}};
}

} // namespace

const Objective& kto_objective()
{
    static const Objective objective = [] {
        Objective made;
        made.name = "kto";
        made.label = "KTO";
        made.description = "Learns from answers that somebody called good or bad, one by one (2402.01306).";
        made.rows = ObjectiveRows::Judged;
        made.needsReference = true;
        made.settings = {{"beta", "how strongly the reference holds the model", 0.1, 1e-6, 100},
                         {"desirable_weight", "weight of good answers", 1, 0, 100},
                         {"undesirable_weight", "weight of bad answers", 1, 0, 100}};
        made.ofJudged = ofJudged;
        return made;
    }();
    return objective;
}

} // namespace hilo
