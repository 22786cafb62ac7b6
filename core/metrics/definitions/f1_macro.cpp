// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

namespace hilo {
namespace {

/// The mean of 2 tp / (2 tp + fp + fn) over the labels that were right or given somewhere (as scikit-learn's f1_score
/// with average "macro"). No answer is no label.
std::optional<double> macroF1(const LabelCounts& counts)
{
    const std::vector<double> right = counts.ofRight();
    const std::vector<double> given = counts.ofGiven();
    const std::vector<double> both = counts.ofBoth();
    double sum = 0;
    double labels = 0;
    for (std::size_t i = 0; i < counts.labels; ++i)
        if (right[i] + given[i] > 0) {
            sum += 2 * both[i] / (right[i] + given[i]);
            ++labels;
        }
    return labels > 0 ? std::optional(sum / labels) : std::nullopt;
}

} // namespace

const Metric& f1_macro_metric()
{
    static const Metric metric = [] {
        Metric one{"f1_macro", "F1, mean over labels",
                   "Mean over the labels of the harmonic mean of precision and recall.", Metric::Better::Higher, true};
        one.of = Metric::Of::Labels;
        one.ofLabels = macroF1;
        one.needsClasses = true;
        return one;
    }();
    return metric;
}

} // namespace hilo
