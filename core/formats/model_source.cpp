// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/model_source.h"

#include "base/sha256.h"
#include "formats/gguf_model.h"
#include "formats/safetensors_weights.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "[";
    for (const std::int64_t size : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    return text + "]";
}

bool isOutputHead(const TensorInfo& tensor)
{
    return tensor.name == "lm_head.weight";
}

/// Every tensor of the architecture is there with its shape; what else is there is not asked about.
/// source: what describes the architecture, for messages.
Status checkTensors(ModelConfig& config, const WeightSource& weights, const std::string& file,
                    const std::string& source)
{
    const std::string hint = "Check that " + source + " belongs to these weights.";
    for (const TensorInfo& expected : expectedTensors(config)) {
        const auto found = weights.find(expected.name);
        if (!found && isOutputHead(expected)) {
            // Without a head of its own a model uses its embedding.
            config.tiedEmbeddings = true;
            continue;
        }
        if (!found)
            return failure(badInput(file, "tensor \"" + expected.name + "\"",
                                    "The tensor is missing; a " + config.architecture + " model with " +
                                        std::to_string(config.layers) + " layers needs it with shape " +
                                        shapeText(expected.shape) + ".",
                                    hint));
        if (found->shape != expected.shape)
            return failure(badInput(found->file, "tensor \"" + expected.name + "\"",
                                    "The shape is " + shapeText(found->shape) + "; " + source + " asks for " +
                                        shapeText(expected.shape) + ".",
                                    hint));
    }
    return {};
}

/// Ids that stand in generation_config.json only.
void addGenerationTokens(const fs::path& folder, ModelConfig& config)
{
    const auto document = readJsonFile(folder / "generation_config.json");
    if (!document || !document->is_object() || !document->contains("eos_token_id"))
        return;
    const Json& value = (*document)["eos_token_id"];
    const Json list = value.is_array() ? value : Json::array({value});
    for (const Json& id : list)
        if (id.is_number_integer() && std::find(config.eosTokens.begin(), config.eosTokens.end(),
                                                id.get<std::int64_t>()) == config.eosTokens.end())
            config.eosTokens.push_back(id.get<std::int64_t>());
}

Result<ModelSource> openFolder(const fs::path& folder)
{
    const fs::path configFile = folder / "config.json";
    std::error_code code;
    if (!fs::exists(configFile, code))
        return failure(badInput(folder.string(), {}, "The folder has no config.json.",
                                "A Hugging Face model folder holds config.json, tokenizer.json and *.safetensors."));
    HILO_TRY(const Json document, readJsonFile(configFile));
    ModelSource model;
    model.path = folder;
    HILO_TRY(model.config, parseModelConfig(document, configFile.string()));
    addGenerationTokens(folder, model.config);
    HILO_TRY(model.weights, openSafetensorsFolder(folder));
    if (model.weights)
        HILO_CHECK(checkTensors(model.config, *model.weights, folder.string(), "config.json"));
    return model;
}

Result<ModelSource> openGgufFile(const fs::path& path)
{
    HILO_TRY(const GgufFile file, openGguf(path));
    ModelSource model;
    model.path = path;
    HILO_TRY(model.config, ggufModelConfig(file));
    HILO_TRY(model.weights, ggufWeights(file, model.config));
    HILO_CHECK(checkTensors(model.config, *model.weights, path.string(), "the metadata"));
    return model;
}

} // namespace

Result<ModelSource> openModel(const fs::path& path)
{
    std::error_code code;
    if (fs::is_directory(path, code))
        return openFolder(path);
    if (!fs::exists(path, code))
        return failure(badInput(path.string(), {}, "There is no such file or folder.",
                                "Give a Hugging Face folder (config.json and *.safetensors) or a .gguf file."));
    return openGgufFile(path);
}

Result<std::string> modelHash(const ModelSource& model, const Progress& progress)
{
    std::set<fs::path> files;
    std::error_code code;
    if (fs::is_directory(model.path, code))
        files.insert(model.path / "config.json");
    else
        files.insert(model.path);
    if (model.weights)
        for (const TensorInfo& tensor : model.weights->tensors())
            files.insert(tensor.file);
    std::string all;
    for (const fs::path& file : files) {
        HILO_TRY(const std::string hash, sha256File(file, progress));
        all += hash;
    }
    return files.size() == 1 ? all : sha256(all);
}

} // namespace hilo
