// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/run_measure.h"

#include "metrics/metric.h"

#include <algorithm>

namespace hilo {

bool measures(const EvaluationData& rows, const std::string& metric)
{
    const Metric* found = findMetric(metric);
    if (!found)
        return false;
    switch (found->of) {
    case Metric::Of::Loss:
        return true;
    case Metric::Of::Labels:
        return rows.protocol == Protocol::LabelLogit || rows.protocol == Protocol::ChoiceLikelihood ||
               rows.protocol == Protocol::GenMatchStrict;
    case Metric::Of::NormalisedLabels:
        return rows.protocol == Protocol::ChoiceLikelihood;
    case Metric::Of::Texts:
        return rows.protocol == Protocol::Generate;
    case Metric::Of::Preferences:
        return std::any_of(rows.tokenised.begin(), rows.tokenised.end(),
                           [](const TokenisedExample& row) { return !row.rejected.empty() || row.isGood; });
    }
    return false;
}

} // namespace hilo
