// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/objective.h"

namespace hilo {

const Objective& likelihood_objective()
{
    static const Objective objective = [] {
        Objective made;
        made.name = "likelihood";
        made.label = "Likelihood";
        made.description = "Makes the answers of the data more likely: supervised fine-tuning.";
        made.rows = ObjectiveRows::Answers;
        made.likelihoodWeight = 1;
        return made;
    }();
    return objective;
}

} // namespace hilo
