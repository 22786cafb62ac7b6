// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {
namespace {

std::optional<double> normalisedAccuracyOf(const LabelCounts& counts)
{
    const double rows = counts.rows();
    return rows > 0 ? std::optional(counts.correct() / rows) : std::nullopt;
}

} // namespace

/// lm-evaluation-harness's acc_norm: the log-likelihood of each answer over the number of its characters.
const Metric& accuracy_normalised_metric()
{
    static const Metric metric = [] {
        Metric one{"accuracy_normalised", "Accuracy by length",
                   "Share of the rows whose right answer was the likeliest for its number of characters.",
                   Metric::Better::Higher, true};
        one.of = Metric::Of::NormalisedLabels;
        one.ofLabels = normalisedAccuracyOf;
        one.countsRows = true;
        return one;
    }();
    return metric;
}

} // namespace hilo
