// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/run_inputs.h"

#include "base/counted.h"
#include "base/log.h"
#include "base/shown_text.h"
#include "base/text_format.h"
#include "data/row_hash.h"
#include "engine/data/resolve_protocol.h"
#include "engine/data/training_rows.h"
#include "engine/train/run_measure.h"
#include "run/benchmark_task.h"
#include "run/idle_settings.h"
#include "run/objective_spec.h"
#include "run/run_spec_names.h"

#include <algorithm>

namespace hilo {
namespace {

bool selects(const RunSpec& spec)
{
    return spec.training.select == Selection::Best || spec.training.earlyStopping > 0;
}

std::string inQuotes(const std::string& split)
{
    return "\"" + split + "\"";
}

/// The rows that a task is measured on, and what cannot be measured.
Status readEvaluation(RunData& data, const RunSpec& spec, TaskInputs& task, RunInputs& inputs, const Progress& progress)
{
    const auto rowsOf = [&](const std::string& split) -> Result<EvaluationData> {
        HILO_TRY(EvaluationData rows, data.evaluation(split, task.evaluation, spec.training.maxLength, progress));
        inputs.rowsBeyondPositions += tellLongRows(inputs.model.config, TokenRows::viewOf(rows.tokenised), split);
        return rows;
    };
    const std::string& wanted = task.evaluation.split;
    const bool isWatched = spec.evaluation.every > 0;
    if (data.has(wanted)) {
        HILO_TRY(task.final, rowsOf(wanted));
    } else {
        task.notMeasured = "the data has no split " + inQuotes(wanted) +
                           (data.has("validation") && task.hasOwnValidation
                                ? "; the validation split is measured instead, which is no result"
                                : ", and no validation split: nothing is measured");
        logger("data")->warn("task {}: {}", shown(task.name), task.notMeasured);
    }
    if (task.hasOwnValidation && data.has("validation") && (isWatched || !task.final)) {
        auto rows = rowsOf("validation");
        if (rows) {
            task.watching = std::move(*rows);
        } else if (data.spec().holdsOut && rows.error().code == ErrorCode::BadInput &&
                   rows.error().place != protocolKey) {
            // They were drawn, so that nobody can be asked to mend them; the training rows are good without them.
            task.notMeasured = "none of the rows that were drawn to validate on can be used (" + rows.error().message +
                               "): nothing is measured";
            logger("data")->warn("task {}: {}", shown(task.name), task.notMeasured);
        } else {
            return failure(rows.error());
        }
    } else if (isWatched && task.final) {
        logger("data")->warn("task {}: {}; on the way the split {} is measured", shown(task.name),
                             task.hasOwnValidation ? "the data has no validation split"
                                                   : "the benchmark's result is of its validation split",
                             inQuotes(wanted));
        task.watching = task.final;
    }
    return {};
}

/// Nothing is weighed against anything then.
void tellJudgedAlike(const TokenRows& rows)
{
    if (rows.size() == 0)
        return;
    const bool isGood = rows[0].isGood.value_or(false);
    for (std::size_t row = 1; row < rows.size(); ++row)
        if (rows[row].isGood != isGood)
            return;
    const std::string count = counted(static_cast<std::int64_t>(rows.size()), "training row");
    if (isGood)
        logger("data")->warn("{}: all are judged good, so that there is nothing to make less likely; give bad answers, "
                             "too, or learn these by the template prompt-completion",
                             count);
    else
        logger("data")->warn("{}: all are judged bad, so that answers are made less likely and none is learnt; give "
                             "good ones, too",
                             count);
}

/// A task's rows behind those of the tasks before it; the task is filled with what its data has decided.
Status readTask(RunSpec& spec, TaskSpec& task, RunInputs& inputs, const Progress& progress)
{
    for (const TaskInputs& other : inputs.tasks)
        if (other.name == task.name)
            return failure(badInput({}, "data", "Two tasks have the name " + inQuotes(shown(task.name)) + ".",
                                    "Give one of them another name with the key task."));
    if (spec.tasks.size() > 1)
        logger("data")->info("task {}", shown(task.name));
    TaskInputs& own = inputs.tasks.emplace_back();
    own.name = task.name;
    own.weight = task.weight;
    own.evaluation = spec.evaluation;
    own.evaluation.protocol = task.protocol.value_or(spec.evaluation.protocol);
    own.evaluation.maxNewTokens = task.maxNewTokens.value_or(spec.evaluation.maxNewTokens);
    own.evaluation.split = resultSplit(spec.evaluation, task);
    own.hasOwnValidation = task.scoredSplit != "validation";
    HILO_TRY(RunData data, RunData::load(inputs.tokenizer, task.data, progress));
    task.data = data.spec();
    HILO_CHECK(resolveObjective(data.objectiveRows(), data.templateName(), spec.training));
    HILO_TRY(TokenRows rows, data.training("train", spec.training.maxLength, progress, spec.training.lossOn, task.limit,
                                           objectiveOf(spec.training).rows));
    inputs.rowsBeyondPositions += tellLongRows(inputs.model.config, rows, "train");
    if (objectiveOf(spec.training).rows == ObjectiveRows::Judged)
        tellJudgedAlike(rows);
    own.trainingRows = static_cast<std::int64_t>(rows.size());
    inputs.training.append(std::move(rows));
    HILO_CHECK(readEvaluation(data, spec, own, inputs, progress));
    inputs.rejected.insert(inputs.rejected.end(), data.rejected().begin(), data.rejected().end());
    inputs.truncatedRows += data.truncatedRows();
    inputs.truncatedEvaluationRows += data.truncatedEvaluationRows();
    return {};
}

/// What decides which weights are kept is known before the first step.
Status checkSelection(const RunInputs& inputs)
{
    const RunSpec& spec = inputs.spec;
    if (!selects(spec))
        return {};
    const char* const key = spec.training.select == Selection::Best ? "training.select" : "training.early_stopping";
    bool anyWatches = false;
    std::string reason; // of the first task that is watched
    bool anyTakesPart = false;
    for (const TaskInputs& task : inputs.tasks) {
        if (!anyWatches && task.watchesValidation())
            reason = whyNotMeasured(*task.watching, spec.evaluation.metric);
        anyWatches = anyWatches || task.watchesValidation();
        anyTakesPart = anyTakesPart || task.takesPartInSelection();
    }
    if (!anyWatches)
        return failure(
            badInput({}, key, "There is no validation split to select by, and the split of the result must not be.",
                     "Give the data one, for example \"split\": {\"seed\": 1, \"validation\": 0.1, "
                     "\"test\": 0.1}, or set training.select to \"last\" and training.early_stopping to 0."));
    if (!anyTakesPart)
        return failure(badInput({}, "evaluation.metric",
                                "The run cannot select by " + inQuotes(spec.evaluation.metric) +
                                    " of its validation rows: " + reason + ".",
                                "Choose a metric that is measured, or another protocol."));
    for (const TaskInputs& task : inputs.tasks)
        if (!task.takesPartInSelection())
            logger("train")->warn("task {} takes no part in the selection: {}", shown(task.name),
                                  task.watchesValidation() ? whyNotMeasured(*task.watching, spec.evaluation.metric)
                                                           : std::string("it has no validation split"));
    return {};
}

std::string hashOfRows(const RunInputs& inputs)
{
    TokenRows results, selecting;
    // One part for all results, so that a run of one task has the hash that it always had.
    std::vector<const TokenRows*> parts{&inputs.training, &results};
    for (const TaskInputs& task : inputs.tasks)
        if (task.final)
            results.append(TokenRows::viewOf(task.final->tokenised));
    if (selects(inputs.spec)) {
        for (const TaskInputs& task : inputs.tasks)
            if (task.takesPartInSelection())
                selecting.append(TokenRows::viewOf(task.watching->tokenised));
        parts.push_back(&selecting);
    }
    return rowsHash(parts);
}

void tellMixture(const RunInputs& inputs)
{
    if (inputs.tasks.size() < 2)
        return;
    const std::vector<std::int64_t>& rows = inputs.mixture.rowsOfEpoch();
    for (std::size_t i = 0; i < inputs.tasks.size(); ++i)
        logger("train")->info("task {}: {}, {} of the {} rows of an epoch ({:.1f} %)", shown(inputs.tasks[i].name),
                              counted(inputs.tasks[i].trainingRows, "row"), rows[i], inputs.trainingRows,
                              100.0 * static_cast<double>(rows[i]) / static_cast<double>(inputs.trainingRows));
}

} // namespace

bool TaskInputs::takesPartInSelection() const
{
    return watchesValidation() && measures(*watching, evaluation.metric);
}

Result<RunInputs> readRunInputs(RunSpec spec, const Progress& progress)
{
    RunInputs inputs;
    HILO_TRY(inputs.model, openModel(spec.modelPath));
    if (!inputs.model.weights)
        return failure(weightsMissing(inputs.model, "training"));
    HILO_CHECK(validateAllocationMap(spec.map, inputs.model.config, spec.mapFile));
    HILO_CHECK(checkReallocation(spec, inputs.model.config, {}));
    // Looked at before anything is written; the tensors are checked when they are loaded.
    if (!spec.training.startFrom.empty())
        HILO_CHECK(readJsonFile(std::filesystem::path(spec.training.startFrom) / "adapter.json"));
    HILO_TRY(const std::string hash, modelHash(inputs.model, progress));
    if (!spec.modelSha256.empty() && spec.modelSha256 != hash)
        return failure(badInput(spec.modelPath, {},
                                "The model's files are not those that the run was made with: their SHA-256 is " + hash +
                                    ", expected " + spec.modelSha256 + ".",
                                "Put the files back, or make a new run."));
    spec.modelSha256 = hash;
    spec.training.maxLength = withinPositions(inputs.model.config, spec.training.maxLength);
    HILO_TRY(inputs.tokenizer, Tokenizer::load(spec.modelPath));
    std::vector<std::int64_t> counts;
    for (TaskSpec& task : spec.tasks) {
        task.name = nameOfTask(task);
        const Status read = readTask(spec, task, inputs, progress);
        if (!read && spec.tasks.size() > 1 && read.error().code == ErrorCode::BadInput) {
            Error error = read.error();
            error.message = "task " + shown(task.name) + ": " + error.message;
            return failure(std::move(error));
        }
        HILO_CHECK(read);
        counts.push_back(inputs.tasks.back().trainingRows);
    }
    // The loss on chosen answers may well rise while they are preferred more and more.
    if (spec.evaluation.metric == "auto") {
        spec.evaluation.metric = objectiveOf(spec.training).rows == ObjectiveRows::Answers ? "loss" : "preference_loss";
        for (TaskInputs& task : inputs.tasks)
            task.evaluation.metric = spec.evaluation.metric;
    }
    inputs.trainingRows = static_cast<std::int64_t>(inputs.training.size());
    inputs.mixture = mixtureOf(spec, counts);
    inputs.spec = std::move(spec);
    HILO_CHECK(checkSelection(inputs));
    tellMixture(inputs);
    for (const std::string& note : idleSettings(inputs.spec))
        logger("train")->warn("{}", note);
    inputs.rowsSha256 = hashOfRows(inputs);
    return inputs;
}

} // namespace hilo
