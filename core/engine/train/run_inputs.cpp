// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/run_inputs.h"

namespace hilo {

Result<RunInputs> readRunInputs(RunSpec spec, const Progress& progress)
{
    RunInputs inputs;
    HILO_TRY(inputs.model, openModel(spec.modelPath));
    if (!inputs.model.weights)
        return failure(weightsMissing(inputs.model, "training"));
    HILO_CHECK(validateAllocationMap(spec.map, inputs.model.config, spec.mapFile));
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
    HILO_TRY(RunData data, RunData::load(inputs.tokenizer, spec.data, progress));
    HILO_TRY(inputs.training, data.training("train", spec.training.maxLength, progress, spec.training.lossOn));
    tellLongRows(inputs.model.config, inputs.training, "train");
    HILO_TRY(inputs.final, data.evaluation(spec.evaluation.split, spec.evaluation, spec.training.maxLength, progress));
    tellLongRows(inputs.model.config, inputs.final.tokenised, spec.evaluation.split);
    if (spec.evaluation.every > 0) {
        const std::string split = data.has("validation") ? "validation" : spec.evaluation.split;
        HILO_TRY(inputs.watching, data.evaluation(split, spec.evaluation, spec.training.maxLength, progress));
    }
    inputs.trainingRows = static_cast<std::int64_t>(inputs.training.size());
    inputs.rejected = data.rejected();
    inputs.truncatedRows = data.truncatedRows();
    inputs.truncatedEvaluationRows = data.truncatedEvaluationRows();
    inputs.rowsSha256 = rowsHash(inputs.training, inputs.final.tokenised);
    inputs.spec = std::move(spec);
    return inputs;
}

} // namespace hilo
