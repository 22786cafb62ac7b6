// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/margin_loss.h"
#include "objectives/objective.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

/// log(p / (1 - p)) of a log-probability a token. Answers that are certain would have infinite odds.
double logOdds(double logProbability)
{
    return logProbability - std::log(-std::expm1(logProbability));
}

/// 2403.07691, equations 4 to 7. beta is its lambda; the likelihood of the chosen answer is added by the trainer.
PairLoss ofPair(const AnswerScore& chosen, const AnswerScore& rejected, const ObjectiveSettings& settings)
{
    const double beta = settings.at("beta");
    const auto lengthOfChosen = static_cast<double>(chosen.tokens);
    const auto lengthOfRejected = static_cast<double>(rejected.tokens);
    constexpr double certain = -1e-7;
    const double good = std::min(chosen.policy / lengthOfChosen, certain);
    const double bad = std::min(rejected.policy / lengthOfRejected, certain);
    const MarginLoss margin = sigmoidLoss(logOdds(good) - logOdds(bad), 1, 0);
    return {beta * margin.loss,
            {beta * margin.slope / -std::expm1(good) / lengthOfChosen, beta * good},
            {-beta * margin.slope / -std::expm1(bad) / lengthOfRejected, beta * bad}};
}

} // namespace

const Objective& orpo_objective()
{
    static const Objective objective = [] {
        Objective made;
        made.name = "orpo";
        made.label = "ORPO";
        made.description =
            "Learns the chosen answers and prefers them by their odds, without a reference (2403.07691).";
        made.rows = ObjectiveRows::Pairs;
        made.likelihoodWeight = 1;
        made.settings = {{"beta", "weight of the odds beside the likelihood", 0.1, 0, 100}};
        made.ofPair = ofPair;
        return made;
    }();
    return objective;
}

} // namespace hilo
