// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {

const Metric& reward_margin_metric()
{
    static const Metric metric = [] {
        Metric one;
        one.name = "reward_margin";
        one.label = "Reward margin";
        one.description = "How much higher the reward of chosen or good answers is, in the mean.";
        one.better = Metric::Better::Higher;
        one.isShare = false;
        one.of = Metric::Of::Preferences;
        return one;
    }();
    return metric;
}

} // namespace hilo
