// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {

const Metric& preference_loss_metric()
{
    static const Metric metric = [] {
        Metric one;
        one.name = "preference_loss";
        one.label = "Preference loss";
        one.description = "The mean of the objective over pairs or judged answers.";
        one.better = Metric::Better::Lower;
        one.isShare = false;
        one.of = Metric::Of::Preferences;
        return one;
    }();
    return metric;
}

} // namespace hilo
