// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/run_measure.h"

namespace hilo {

std::optional<double> measuredValue(const EvaluationResult& result, const std::string& metric)
{
    if (metric == "accuracy" && result.total > 0)
        return result.accuracy();
    return {};
}

bool measures(const EvaluationData&, const EvaluationSpec&, const std::string& metric)
{
    return metric == "accuracy";
}

Status checkScorable(const EvaluationData& rows, const EvaluationSpec& spec)
{
    if (spec.protocol != Protocol::LabelLogit)
        return {};
    for (std::size_t row = 0; row < rows.tokenised.size(); ++row)
        if (rows.tokenised[row].labelTokens.empty())
            return failure(badInput(rows.examples[row].file, "line " + std::to_string(rows.examples[row].line),
                                    "the row has no choices; label-logit compares the answers of a classification or "
                                    "choice template",
                                    "choose another protocol, or a template with labels"));
    return {};
}

} // namespace hilo
