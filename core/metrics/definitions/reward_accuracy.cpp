// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {

const Metric& reward_accuracy_metric()
{
    static const Metric metric = [] {
        Metric one;
        one.name = "reward_accuracy";
        one.label = "Reward accuracy";
        one.description = "Share of the pairs whose chosen answer has the higher reward.";
        one.better = Metric::Better::Higher;
        one.isShare = true;
        one.of = Metric::Of::Preferences;
        return one;
    }();
    return metric;
}

} // namespace hilo
