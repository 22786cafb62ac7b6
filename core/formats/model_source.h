// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "formats/expected_tensors.h"
#include "formats/weights.h"

#include <filesystem>
#include <memory>
#include <set>

namespace hilo {

/// An opened MODEL: a Hugging Face folder (config.json, safetensors) or a GGUF file.
struct ModelSource
{
    std::filesystem::path path; ///< on this machine, also of a model that was named as org/name
    ModelConfig config;
    std::shared_ptr<const WeightSource> weights; ///< null without weights that can be read: enough for planning
    /// How the folder's weights are quantised by another tool, "gptq, 4 bits"; empty when they are not. Where weights
    /// is not null they are made plain numbers again as they are read; else this says why they are not read, too.
    std::string quantisation;
    std::vector<TensorInfo> codes;            ///< the tensors of weights that are not read, to be shown only
    std::vector<std::filesystem::path> files; ///< that describe the model: config.json, or a GGUF file's parts
    std::vector<std::string> notes;           ///< what was done otherwise than the files say, sentences for the user
};

/// Bad input that says why there are no weights; purpose: who needs them, "Training", "An export".
Error weightsMissing(const ModelSource& model, const std::string& purpose);

/// Opens and checks everything about the files (header rules, shapes against the config, missing tensors) without
/// reading weight data, but for biases that the config does not name and an output head beside tied embeddings. A
/// file's kind is told by its first bytes. Notes go to the log too. Bad input: names the file and the place.
/// given: a path, or a name that the cache of the Hugging Face hub is asked for (hub/local_place.h).
Result<ModelSource> openModel(const std::filesystem::path& given);

/// All files that the model is made of, with those of its weights.
std::set<std::filesystem::path> modelFiles(const ModelSource& model);

/// SHA-256 over config and weight files in a fixed order: what "the same base model" means in runs and profiles.
/// Cached beside nothing on disk; costs a read of all files.
Result<std::string> modelHash(const ModelSource& model, const Progress& progress = {});

} // namespace hilo
