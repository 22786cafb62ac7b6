// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {

const Metric& loss_metric()
{
    static const Metric metric = [] {
        Metric one{"loss", "Loss", "Mean negative log-likelihood of the answers' tokens, in nats a token.",
                   Metric::Better::Lower, false};
        one.ofLoss = [](double loss) { return loss; };
        return one;
    }();
    return metric;
}

} // namespace hilo
