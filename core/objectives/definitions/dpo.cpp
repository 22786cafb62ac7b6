// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/margin_loss.h"
#include "objectives/objective.h"

namespace hilo {
namespace {

/// 2305.18290, equation 7: the margin is how much more the policy than the reference prefers the chosen answer.
PairLoss ofPair(const AnswerScore& chosen, const AnswerScore& rejected, const ObjectiveSettings& settings)
{
    const double beta = settings.at("beta");
    const double gain = chosen.policy - chosen.reference;
    const double loss = rejected.policy - rejected.reference;
    const MarginLoss margin = sigmoidLoss(gain - loss, beta, settings.at("label_smoothing"));
    return {margin.loss, {margin.slope, beta * gain}, {-margin.slope, beta * loss}};
}

} // namespace

const Objective& dpo_objective()
{
    static const Objective objective = [] {
        Objective made;
        made.name = "dpo";
        made.label = "DPO";
        made.description = "Prefers the chosen to the rejected answer more than the reference does (2305.18290).";
        made.rows = ObjectiveRows::Pairs;
        made.needsReference = true;
        made.settings = {{"beta", "how strongly the reference holds the model", 0.1, 1e-6, 100},
                         {"label_smoothing", "share of pairs that are taken to be the wrong way round", 0, 0, 0.5}};
        made.ofPair = ofPair;
        return made;
    }();
    return objective;
}

} // namespace hilo
