// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/export_report.h"

namespace hilo {
namespace {

Json optionalNumber(const std::optional<double>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json asJson(const DistilledCost& distilled)
{
    return {{"steps", distilled.steps},
            {"kept_step", distilled.keptStep},
            {"rows", distilled.rows},
            {"rows_kept_back", distilled.rowsKeptBack},
            {"tokens", distilled.tokens},
            {"learning_rate", distilled.learningRate},
            {"seed", distilled.seed},
            {"on", distilled.allTokens ? "all" : "answers"},
            {"layer_weight", distilled.layerWeight},
            {"divergence_before", distilled.divergenceBefore},
            {"divergence_after", distilled.divergenceAfter},
            {"seconds", distilled.seconds},
            {"loss_of_mean_weights", distilled.lossOfMeans},
            {"accuracy_of_mean_weights", optionalNumber(distilled.accuracyOfMeans)}};
}

} // namespace

Json toJson(const ExportReport& report)
{
    Json files = Json::array();
    std::uint64_t all = 0;
    for (const auto& [name, bytes] : report.files) {
        files.push_back({{"name", name}, {"bytes", bytes}});
        all += bytes;
    }
    const Verification& check = report.verification;
    Json json = {{"format", report.format},
                 {"folder", report.folder.string()},
                 {"verdict", fitName(report.fit)},
                 {"reason", report.reason},
                 {"quantisation", report.quantisation},
                 {"weight_type", report.weightType.empty() ? "float32" : report.weightType},
                 {"files", std::move(files)},
                 {"bytes", all},
                 {"verification",
                  {{"against", check.against},
                   {"greatest_difference", check.difference},
                   {"tolerance", check.tolerance},
                   {"tokens", check.tokens},
                   {"same_choice", check.sameChoice}}},
                 {"rounding", nullptr},
                 {"static_approximation", nullptr},
                 {"seconds", report.seconds}};
    if (const auto& rounding = report.rounding)
        json["rounding"] = {{"greatest_difference", rounding->difference}, {"same_choice", rounding->sameChoice}};
    if (const auto& cost = report.staticCost)
        json["static_approximation"] = {{"split", cost->split},
                                        {"protocol", cost->protocol},
                                        {"rows", cost->rows},
                                        {"calibration_tokens", cost->calibrationTokens},
                                        {"rank", cost->rank},
                                        {"loss_before", cost->lossBefore},
                                        {"loss_after", cost->lossAfter},
                                        {"accuracy_before", optionalNumber(cost->accuracyBefore)},
                                        {"accuracy_after", optionalNumber(cost->accuracyAfter)},
                                        {"logit_difference", cost->logitDifference},
                                        {"distilled", cost->distilled ? asJson(*cost->distilled) : Json()}};
    return json;
}

} // namespace hilo
