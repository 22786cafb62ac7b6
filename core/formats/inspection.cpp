// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/inspection.h"

#include <set>

namespace hilo {
namespace {

std::int64_t elementsOf(const TensorInfo& tensor)
{
    std::int64_t elements = 1;
    for (const std::int64_t size : tensor.shape)
        elements *= size;
    return elements;
}

/// All layers are alike, so one is counted: what its tensors hold, and which modules have a bias.
InspectedLayer inspectLayer(const ModelConfig& config, const std::vector<TensorInfo>& expected)
{
    InspectedLayer layer;
    for (const ModuleShape& shape : moduleShapes(config))
        layer.modules.push_back({shape, 0, false});
    const std::string prefix = config.family == Family::Gpt2 ? "transformer.h.0." : "model.layers.0.";
    for (const TensorInfo& tensor : expected) {
        if (!tensor.name.starts_with(prefix))
            continue;
        layer.parameters += elementsOf(tensor);
        for (InspectedModule& module : layer.modules) {
            const bool bias = tensor.name == prefix + module.shape.path + ".bias";
            if (bias || tensor.name == prefix + module.shape.path + ".weight")
                module.parameters += elementsOf(tensor);
            module.bias = module.bias || bias;
        }
    }
    return layer;
}

void countOutsideOfLayers(ModelInspection& inspection, const std::vector<TensorInfo>& expected)
{
    for (const TensorInfo& tensor : expected) {
        if (tensor.name == "model.embed_tokens.weight" || tensor.name == "transformer.wte.weight")
            inspection.embedding += elementsOf(tensor);
        else if (tensor.name == "transformer.wpe.weight")
            inspection.positions += elementsOf(tensor);
        else if (tensor.name == "lm_head.weight")
            inspection.head += elementsOf(tensor);
        else if (tensor.name.starts_with("model.norm.") || tensor.name.starts_with("transformer.ln_f."))
            inspection.finalNorm += elementsOf(tensor);
    }
}

Status addFiles(ModelInspection& inspection)
{
    std::set<std::filesystem::path> paths;
    std::error_code code;
    if (std::filesystem::is_directory(inspection.path, code))
        paths.insert(inspection.path / "config.json");
    for (const TensorInfo& tensor : inspection.tensors)
        paths.insert(tensor.file);
    for (const std::filesystem::path& path : paths) {
        const std::uintmax_t bytes = std::filesystem::file_size(path, code);
        if (code)
            return failure(badInput(path.string(), {}, "The file's size cannot be read: " + code.message() + "."));
        inspection.files.push_back({path, bytes});
    }
    return {};
}

Json layersToJson(const ModelInspection& inspection)
{
    Json layers = Json::array();
    for (std::size_t i = 0; i < inspection.layers.size(); ++i) {
        Json modules = Json::object();
        for (const InspectedModule& module : inspection.layers[i].modules)
            modules[module.shape.name] = {{"in", module.shape.in},
                                          {"out", module.shape.out},
                                          {"bias", module.bias},
                                          {"parameters", module.parameters}};
        layers.push_back({{"layer", i}, {"parameters", inspection.layers[i].parameters}, {"modules", modules}});
    }
    return layers;
}

} // namespace

std::uint64_t ModelInspection::memoryBytes(int bytesPerParameter) const
{
    return static_cast<std::uint64_t>(parameters) * static_cast<std::uint64_t>(bytesPerParameter);
}

Result<ModelInspection> inspectModel(const ModelSource& model)
{
    ModelInspection inspection;
    inspection.path = model.path;
    inspection.config = model.config;
    inspection.hasWeights = model.weights != nullptr;
    inspection.parameters = parameterCount(model.config);
    const auto expected = expectedTensors(model.config);
    countOutsideOfLayers(inspection, expected);
    inspection.layers.assign(static_cast<std::size_t>(model.config.layers), inspectLayer(model.config, expected));
    if (model.weights)
        inspection.tensors = model.weights->tensors();
    for (const TensorInfo& tensor : inspection.tensors) {
        StoredAmount& amount = inspection.stored[dataTypeName(tensor.type)];
        ++amount.tensors;
        amount.elements += elementsOf(tensor);
        amount.bytes += tensor.bytes;
    }
    HILO_CHECK(addFiles(inspection));
    return inspection;
}

Json toJson(const ModelInspection& inspection, bool withTensors)
{
    const ModelConfig& config = inspection.config;
    Json document = {{"model", inspection.path.string()},
                     {"architecture", config.architecture},
                     {"layers", config.layers},
                     {"hidden_size", config.hidden},
                     {"intermediate_size", config.intermediate},
                     {"heads", config.heads},
                     {"key_value_heads", config.keyValueHeads},
                     {"head_dimension", config.headDimension},
                     {"vocabulary", config.vocabulary},
                     {"maximum_positions", config.maximumPositions},
                     {"tied_embeddings", config.tiedEmbeddings},
                     {"parameters", inspection.parameters}};
    document["parameters_by_part"] = {{"embedding", inspection.embedding},
                                      {"positions", inspection.positions},
                                      {"layers", inspection.layers.front().parameters * config.layers},
                                      {"final_norm", inspection.finalNorm},
                                      {"head", inspection.head}};
    document["memory_bytes"] = {{"float32", inspection.memoryBytes(4)},
                                {"bfloat16", inspection.memoryBytes(2)},
                                {"int8", inspection.memoryBytes(1)}};
    document["has_weights"] = inspection.hasWeights;
    Json& stored = document["dtypes"] = Json::object();
    for (const auto& [type, amount] : inspection.stored)
        stored[type] = {{"tensors", amount.tensors}, {"elements", amount.elements}, {"bytes", amount.bytes}};
    Json& files = document["files"] = Json::array();
    for (const InspectedFile& file : inspection.files)
        files.push_back({{"path", file.path.string()}, {"bytes", file.bytes}});
    document["per_layer"] = layersToJson(inspection);
    if (withTensors) {
        Json& tensors = document["tensors"] = Json::array();
        for (const TensorInfo& tensor : inspection.tensors)
            tensors.push_back({{"name", tensor.name},
                               {"dtype", dataTypeName(tensor.type)},
                               {"shape", tensor.shape},
                               {"bytes", tensor.bytes},
                               {"file", tensor.file}});
    }
    return document;
}

} // namespace hilo
