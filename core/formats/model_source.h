// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "formats/model_config.h"
#include "formats/weights.h"

#include <filesystem>
#include <memory>

namespace hilo {

/// An opened MODEL: a Hugging Face folder (config.json, safetensors) or a .gguf file.
struct ModelSource
{
    std::filesystem::path path;
    ModelConfig config;
    std::shared_ptr<const WeightSource> weights; ///< null when the folder holds config.json alone: enough for planning
};

/// Opens and checks everything about the files (header rules, shapes against the config, missing tensors) without
/// reading weight data. bad input: names the file and the place.
Result<ModelSource> openModel(const std::filesystem::path& path);

/// SHA-256 over config and weight files in a fixed order: what "the same base model" means in runs and profiles.
/// Cached beside nothing on disk; costs a read of all files.
Result<std::string> modelHash(const ModelSource& model, const Progress& progress = {});

/// The tensors that the architecture needs, by Hugging Face name, with their shapes ([out, in]; gpt2's Conv1D [in,
/// out]).
std::vector<TensorInfo> expectedTensors(const ModelConfig& config);

} // namespace hilo
