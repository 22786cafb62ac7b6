// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/objective.h"

namespace hilo {
namespace {

/// 2310.12036, equation 17, on log-probabilities a token, as its authors' note in trl's loss_type "ipo".
PairLoss ofPair(const AnswerScore& chosen, const AnswerScore& rejected, const ObjectiveSettings& settings)
{
    const double beta = settings.at("beta");
    const auto lengthOfChosen = static_cast<double>(chosen.tokens);
    const auto lengthOfRejected = static_cast<double>(rejected.tokens);
    const double gain = (chosen.policy - chosen.reference) / lengthOfChosen;
    const double loss = (rejected.policy - rejected.reference) / lengthOfRejected;
    const double away = gain - loss - 1 / (2 * beta);
    return {away * away, {2 * away / lengthOfChosen, beta * gain}, {-2 * away / lengthOfRejected, beta * loss}};
}

} // namespace

const Objective& ipo_objective()
{
    static const Objective objective = [] {
        Objective made;
        made.name = "ipo";
        made.label = "IPO";
        made.description = "Brings the margin to a fixed width, so that sure pairs are not overfitted (2310.12036).";
        made.rows = ObjectiveRows::Pairs;
        made.needsReference = true;
        made.settings = {{"beta", "the margin aimed at is 1 / (2 beta) nats a token", 0.1, 1e-6, 100}};
        made.ofPair = ofPair;
        return made;
    }();
    return objective;
}

} // namespace hilo
