// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/selection.h"

#include "metrics/metric.h"

#include <cmath>

namespace hilo {
namespace {

constexpr std::int64_t largestSelectedStep = std::int64_t{1} << 60;

Result<std::optional<double>> selectionNumber(const JsonObject& object, const char* key)
{
    if (!object.has(key) || object.json()[key].is_null())
        return std::optional<double>();
    HILO_TRY(const double number, object.number(key, -1e300, 1e300));
    return std::optional(number);
}

} // namespace

BestSoFar::BestSoFar(const RunSpec& spec)
    : keepsBest_(spec.training.select == Selection::Best), earlyStopping_(spec.training.earlyStopping),
      every_(spec.evaluation.every), metric_(spec.evaluation.metric)
{
}

Status BestSoFar::restore(const Json& kept, std::int64_t step, const std::string& runFile)
{
    evaluatedStep_ = step;
    if (!kept.is_object() || kept.empty())
        return {};
    HILO_TRY(const JsonObject object, JsonObject::of(kept, runFile, "selection"));
    HILO_TRY(const std::string metric, object.text("metric"));
    HILO_TRY(const std::int64_t every, object.integer("every", 0, largestSelectedStep));
    if ((keepsBest_ || earlyStopping_ > 0) && (metric != metric_ || every != every_)) {
        const std::string was = metric != metric_ ? metric : std::to_string(every);
        return failure(badInput(runFile, metric != metric_ ? "evaluation.metric" : "evaluation.every",
                                "The run's checkpoint was selected with " + was + ".",
                                "Put run.json back as it was, or make a new run."));
    }
    HILO_TRY(evaluatedStep_, object.integer("evaluated_step", 0, largestSelectedStep));
    HILO_TRY(value_, selectionNumber(object, "value"));
    if (object.has("best_step")) {
        HILO_TRY(bestStep_, object.integer("best_step", 0, largestSelectedStep));
    }
    HILO_TRY(bestValue_, selectionNumber(object, "best_value"));
    HILO_TRY(withoutImprovement_, object.integer("without_improvement", 0, largestSelectedStep));
    return {};
}

Json BestSoFar::toJson() const
{
    Json json = {{"select", keepsBest_ ? "best" : "last"},
                 {"metric", metric_},
                 {"every", every_},
                 {"evaluated_step", evaluatedStep_},
                 {"without_improvement", withoutImprovement_}};
    if (value_)
        json["value"] = *value_;
    if (bestStep_)
        json["best_step"] = *bestStep_;
    if (bestValue_)
        json["best_value"] = *bestValue_;
    return json;
}

bool BestSoFar::add(std::int64_t step, std::optional<double> value)
{
    evaluatedStep_ = step;
    value_ = value && std::isfinite(*value) ? value : std::nullopt;
    const Metric* const metric = findMetric(metric_);
    const bool isBetter = value_ && metric && (!bestValue_ || metric->isBetter(*value_, *bestValue_));
    if (isBetter) {
        bestStep_ = step;
        bestValue_ = value_;
    }
    withoutImprovement_ = isBetter ? 0 : withoutImprovement_ + 1;
    return isBetter;
}

} // namespace hilo
