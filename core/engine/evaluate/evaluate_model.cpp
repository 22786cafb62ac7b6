// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/evaluate_model.h"
#include "engine/base/torch_border.h"

#include "base/log.h"
#include "engine/data/run_data.h"
#include "engine/evaluate/evaluator.h"
#include "engine/evaluate/preference_measure.h"
#include "engine/load/load_model.h"
#include "formats/model_source.h"
#include "run/objective_spec.h"

namespace hilo {
namespace {

/// nullptr where the rows are no preferences, or the objective learns from answers alone.
const Objective* preferencesBy(const EvaluateRequest& request, ObjectiveRows rows)
{
    if (rows == ObjectiveRows::Answers)
        return nullptr;
    const Objective* objective = request.objective == "auto" ? &usualObjective(rows) : findObjective(request.objective);
    return objective && objective->rows == rows ? objective : nullptr;
}

} // namespace

Result<ModelEvaluation> evaluateModel(const EvaluateRequest& request, const Progress& progress)
{
    HILO_TRY(const auto tokenizer, Tokenizer::load(request.model));
    HILO_TRY(const ModelSource source, openModel(request.model));
    const std::int64_t maxLength = withinPositions(source.config, request.maxLength);
    HILO_TRY(RunData data, RunData::load(tokenizer, request.data, progress));
    std::string split = request.evaluation.split;
    if (!request.isSplitGiven && !data.has(split) && data.has("validation")) {
        logger("evaluate")->warn("the data has no split \"{}\"; its validation split is measured", split);
        split = "validation";
    }
    HILO_TRY(const EvaluationData rows, data.evaluation(split, request.evaluation, maxLength, progress));
    tellLongRows(source.config, TokenRows::viewOf(rows.tokenised), rows.split);
    HILO_TRY(const LoadedModel model, loadModel(request, progress));
    HILO_TRY(EvaluationResult result,
             evaluate(*model.decoder, model.adapter.get(), *tokenizer, rows, request.evaluation, progress));
    const Objective* objective = preferencesBy(request, data.objectiveRows());
    ObjectiveSettings settings;
    // Without the adapter there is nothing that prefers anything to the base.
    if (!model.adapter)
        objective = nullptr;
    if (objective && objective->needsReference && !request.startFrom.empty()) {
        result.notMeasured["preference_loss"] =
            "the run's reference is the adapter that it started from; its own final evaluation is held against that";
        objective = nullptr;
    }
    if (objective) {
        HILO_TRY(settings, objective->complete(request.objectiveSettings));
        HILO_CHECK(atTorchBorder([&] {
            return measurePreferences(*model.decoder, model.adapter.get(), nullptr, rows, *objective, settings,
                                      request.evaluation.batchSize, progress, result);
        }));
    }
    ModelEvaluation evaluation{std::move(result),
                               model.quantisation,
                               data.rejected(),
                               data.truncatedEvaluationRows(),
                               objective ? objective->name : std::string(),
                               std::move(settings),
                               {}};
    if (request.compareBase) {
        HILO_TRY(evaluation.base, evaluate(*model.decoder, nullptr, *tokenizer, rows, request.evaluation, progress));
    }
    return evaluation;
}

} // namespace hilo
