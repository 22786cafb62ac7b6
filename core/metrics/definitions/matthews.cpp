// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

#include <cmath>

namespace hilo {
namespace {

/// Gorodkin 2004 (R_K), for two classes Matthews 1975: (c s - sum p_k t_k) / sqrt((s^2 - sum p_k^2)(s^2 - sum t_k^2)),
/// with c right of s rows, and p_k, t_k how often class k was given and was right. No answer is a class of its own.
std::optional<double> matthewsOf(const LabelCounts& counts)
{
    const double rows = counts.rows();
    const std::vector<double> right = counts.ofRight();
    const std::vector<double> given = counts.ofGiven();
    double both = 0;
    double ofGiven = 0;
    double ofRight = 0;
    for (std::size_t i = 0; i < right.size(); ++i) {
        both += right[i] * given[i];
        ofGiven += given[i] * given[i];
        ofRight += right[i] * right[i];
    }
    const double spread = (rows * rows - ofGiven) * (rows * rows - ofRight);
    if (!(spread > 0))
        return {};
    return (counts.correct() * rows - both) / std::sqrt(spread);
}

} // namespace

const Metric& matthews_metric()
{
    static const Metric metric = [] {
        Metric one{"matthews", "Matthews' correlation",
                   "Correlation of the given with the right labels: 1 all right, 0 as by chance, -1 all wrong.",
                   Metric::Better::Higher, false};
        one.of = Metric::Of::Labels;
        one.ofLabels = matthewsOf;
        one.needsClasses = true;
        one.undefinedBecause = "the right labels, or the given ones, are all the same";
        return one;
    }();
    return metric;
}

} // namespace hilo
