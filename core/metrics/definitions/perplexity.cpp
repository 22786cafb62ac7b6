// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {

const Metric& perplexity_metric()
{
    static const Metric metric{"perplexity", "Perplexity", "The exponential of the loss.", Metric::Better::Lower, false};
    return metric;
}

} // namespace hilo
