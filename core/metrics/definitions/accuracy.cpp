// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {
namespace {

std::optional<double> shareOfCorrect(const LabelCounts& counts)
{
    const double rows = counts.rows();
    return rows > 0 ? std::optional(counts.correct() / rows) : std::nullopt;
}

} // namespace

const Metric& accuracy_metric()
{
    static const Metric metric = [] {
        Metric one{"accuracy", "Accuracy", "Share of the rows whose answer was the right one.", Metric::Better::Higher,
                   true};
        one.of = Metric::Of::Labels;
        one.ofLabels = shareOfCorrect;
        one.countsRows = true;
        return one;
    }();
    return metric;
}

} // namespace hilo
