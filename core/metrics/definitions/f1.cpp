// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {
namespace {

/// 2 tp / (2 tp + fp + fn) of the second of two labels, as GLUE counts label 1.
std::optional<double> binaryF1(const LabelCounts& counts)
{
    constexpr std::size_t positive = 1;
    if (counts.taskLabels != 2)
        return {};
    const double sum = counts.ofRight()[positive] + counts.ofGiven()[positive];
    return sum > 0 ? std::optional(2 * counts.ofBoth()[positive] / sum) : std::nullopt;
}

} // namespace

const Metric& f1_metric()
{
    static const Metric metric = [] {
        Metric one{"f1", "F1",
                   "Harmonic mean of precision and recall of the positive label, the second of a task's two.",
                   Metric::Better::Higher, true};
        one.of = Metric::Of::Labels;
        one.ofLabels = binaryF1;
        one.needsClasses = true;
        return one;
    }();
    return metric;
}

} // namespace hilo
