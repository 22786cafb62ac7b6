// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {

const Metric& accuracy_metric()
{
    static const Metric metric{"accuracy", "Accuracy", "Share of the rows whose answer was the right one.", Metric::Better::Higher, true};
    return metric;
}

} // namespace hilo
