// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/objective.h"

namespace hilo {
namespace {

/// SLiC's calibration loss (2305.10425, equation 2) on DPO's margin, as trl's loss_type "hinge":
/// max(0, 1 - beta margin).
PairLoss ofPair(const AnswerScore& chosen, const AnswerScore& rejected, const ObjectiveSettings& settings)
{
    const double beta = settings.at("beta");
    const double gain = chosen.policy - chosen.reference;
    const double loss = rejected.policy - rejected.reference;
    const double missing = 1 - beta * (gain - loss);
    const double slope = missing > 0 ? -beta : 0;
    return {missing > 0 ? missing : 0, {slope, beta * gain}, {-slope, beta * loss}};
}

} // namespace

const Objective& dpo_hinge_objective()
{
    static const Objective objective = [] {
        Objective made;
        made.name = "dpo-hinge";
        made.label = "DPO (hinge)";
        made.description = "As DPO, with a loss that ends where the margin is wide enough (2305.10425).";
        made.rows = ObjectiveRows::Pairs;
        made.needsReference = true;
        made.settings = {{"beta", "the margin at which the loss ends is its inverse", 0.1, 1e-6, 100}};
        made.ofPair = ofPair;
        return made;
    }();
    return objective;
}

} // namespace hilo
