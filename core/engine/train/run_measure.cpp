// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/run_measure.h"

#include "engine/evaluate/preference_measure.h"
#include "metrics/metric.h"
#include "run/run_spec_names.h"

#include <algorithm>

namespace hilo {
namespace {

bool anyRow(const EvaluationData& rows, bool (*holds)(const TokenisedExample&))
{
    return std::any_of(rows.tokenised.begin(), rows.tokenised.end(), holds);
}

/// Of answers that somebody judged.
std::string whyNotOfJudged(const EvaluationData& rows, const std::string& metric)
{
    if (metric == "reward_accuracy")
        return "reward_accuracy is a share of pairs, and the rows are single answers that somebody judged";
    if (metric != "reward_margin")
        return {};
    for (const bool isGood : {true, false})
        if (areJudgedAlike(rows.tokenised, isGood))
            return whyJudgedAlike(rows.tokenised, "the margin is between the rewards of good and of bad ones");
    return {};
}

} // namespace

std::string whyNotMeasured(const EvaluationData& rows, const std::string& metric)
{
    const std::string byProtocol =
        "the protocol " + nameOf(protocolNames, rows.protocol) + " does not measure \"" + metric + "\"";
    const Metric* found = findMetric(metric);
    if (!found)
        return byProtocol;
    const auto unlessMeasured = [&byProtocol](bool isMeasured) { return isMeasured ? std::string() : byProtocol; };
    switch (found->of) {
    case Metric::Of::Loss:
        return areJudgedAlike(rows.tokenised, false) ? whyJudgedAlike(rows.tokenised, "the loss is one of good answers")
                                                     : "";
    case Metric::Of::Labels:
        return unlessMeasured(rows.protocol == Protocol::LabelLogit || rows.protocol == Protocol::ChoiceLikelihood ||
                              rows.protocol == Protocol::GenMatchStrict);
    case Metric::Of::NormalisedLabels:
        return unlessMeasured(rows.protocol == Protocol::ChoiceLikelihood);
    case Metric::Of::Texts:
        return unlessMeasured(rows.protocol == Protocol::Generate);
    case Metric::Of::Preferences:
        if (anyRow(rows, [](const TokenisedExample& row) { return !row.rejected.empty(); }))
            return {};
        return anyRow(rows, [](const TokenisedExample& row) { return row.isGood.has_value(); })
                   ? whyNotOfJudged(rows, metric)
                   : byProtocol;
    }
    return byProtocol;
}

bool measures(const EvaluationData& rows, const std::string& metric)
{
    return whyNotMeasured(rows, metric).empty();
}

} // namespace hilo
