// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/model_source.h"
#include "formats/module_grid.h"

#include <map>

namespace hilo {

struct InspectedModule
{
    ModuleShape shape;
    std::int64_t parameters = 0; ///< weight and bias
    bool bias = false;
};

struct InspectedLayer
{
    std::int64_t parameters = 0; ///< with norms and biases
    std::vector<InspectedModule> modules;
    // Of models that are mixtures of experts themselves:
    std::int64_t router = 0;
    std::int64_t experts = 0; ///< all of the layer
};

/// How many of the file's tensors are stored in one type.
struct StoredAmount
{
    std::int64_t tensors = 0;
    std::int64_t elements = 0;
    std::uint64_t bytes = 0;
};

struct InspectedFile
{
    std::filesystem::path path;
    std::uint64_t bytes = 0;
};

/// What a MODEL is made of. Counts are parameters; a tied embedding is counted once. Everything but stored and tensors
/// is known from config.json alone.
struct ModelInspection
{
    std::filesystem::path path;
    ModelConfig config;
    bool hasWeights = false;  ///< weights that can be read
    std::string quantisation; ///< by another tool (ModelSource)
    std::vector<std::string> notes;
    std::int64_t parameters = 0;
    std::int64_t active = 0;    ///< of them, those that one token passes
    std::int64_t embedding = 0; ///< with gemma4's second one and what is added to it
    std::int64_t positions = 0; ///< learned ones (gpt2)
    std::int64_t finalNorm = 0;
    std::int64_t head = 0; ///< 0 when tied
    std::vector<InspectedLayer> layers;
    std::map<std::string, StoredAmount> stored; ///< by type name, of all tensors in the files
    std::vector<InspectedFile> files;
    std::vector<TensorInfo> tensors;

    /// Weights alone, without activations, cache or adapter: 4, 2 or 1 byte for each parameter.
    std::uint64_t memoryBytes(int bytesPerParameter) const;
};

/// Reads sizes of files, no weights. Bad input when a file has gone.
Result<ModelInspection> inspectModel(const ModelSource& model);

/// The document of `hilo inspect --json`; the list of tensors only on demand.
Json toJson(const ModelInspection& inspection, bool withTensors);

} // namespace hilo
