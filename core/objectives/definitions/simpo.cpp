// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/margin_loss.h"
#include "objectives/objective.h"

namespace hilo {
namespace {

/// 2405.14734, equation 6; gamma_beta_ratio is its gamma / beta, as in princeton-nlp/SimPO.
PairLoss ofPair(const AnswerScore& chosen, const AnswerScore& rejected, const ObjectiveSettings& settings)
{
    const double beta = settings.at("beta");
    const auto lengthOfChosen = static_cast<double>(chosen.tokens);
    const auto lengthOfRejected = static_cast<double>(rejected.tokens);
    const double good = chosen.policy / lengthOfChosen;
    const double bad = rejected.policy / lengthOfRejected;
    const MarginLoss margin =
        sigmoidLoss(good - bad - settings.at("gamma_beta_ratio"), beta, settings.at("label_smoothing"));
    return {margin.loss, {margin.slope / lengthOfChosen, beta * good}, {-margin.slope / lengthOfRejected, beta * bad}};
}

} // namespace

const Objective& simpo_objective()
{
    static const Objective objective = [] {
        Objective made;
        made.name = "simpo";
        made.label = "SimPO";
        made.description =
            "Prefers the chosen answer by its log-probability a token, without a reference (2405.14734).";
        made.rows = ObjectiveRows::Pairs;
        made.settings = {{"beta", "scale of the log-probability a token", 2, 1e-6, 100},
                         {"gamma_beta_ratio", "margin that the chosen answer shall have, in nats a token", 0.5, 0, 10},
                         {"label_smoothing", "share of pairs that are taken to be the wrong way round", 0, 0, 0.5}};
        made.ofPair = ofPair;
        return made;
    }();
    return objective;
}

} // namespace hilo
