// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

#include <cmath>

namespace hilo {

const Metric& perplexity_metric()
{
    static const Metric metric = [] {
        Metric one{"perplexity", "Perplexity", "The exponential of the loss.", Metric::Better::Lower, false};
        one.ofLoss = [](double loss) { return std::exp(loss); };
        return one;
    }();
    return metric;
}

} // namespace hilo
