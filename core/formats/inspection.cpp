// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/inspection.h"

#include "formats/layer_modules.h"
#include "formats/mixture_layout.h"
#include "formats/peculiarities.h"
#include "formats/tensor_layout.h"

#include <algorithm>

namespace hilo {
namespace {

/// What a layer's tensors hold, and which modules have a bias.
InspectedLayer inspectLayer(const ModelConfig& config, const std::vector<TensorInfo>& tensors, std::int64_t index)
{
    InspectedLayer layer;
    for (const ModuleShape& shape : layerModules(config, index))
        layer.modules.push_back({shape, 0, false});
    if (config.mixture.hasExperts(index)) {
        const BaseMixture& mixture = config.mixture;
        layer.experts = mixture.experts * expertParameters(config);
        layer.router = mixture.experts * (config.hidden + (mixture.biases || mixture.besideMlp ? 1 : 0)) +
                       (mixture.besideMlp ? config.hidden : 0);
    }
    const std::string ofLayer = layerPrefix(config, index);
    for (const TensorInfo& tensor : tensors) {
        layer.parameters += elementsOf(tensor);
        for (InspectedModule& module : layer.modules) {
            const bool bias = tensor.name == ofLayer + module.shape.path + ".bias";
            if (bias || tensor.name == ofLayer + module.shape.path + ".weight")
                module.parameters += elementsOf(tensor);
            module.bias = module.bias || bias;
        }
    }
    return layer;
}

/// The tensors of each layer by the layer's number; those outside of the layers are left out.
std::vector<std::vector<TensorInfo>> tensorsByLayer(const ModelConfig& config, const std::vector<TensorInfo>& expected)
{
    std::vector<std::vector<TensorInfo>> layers(static_cast<std::size_t>(config.layers));
    auto tensor = expected.begin();
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const std::string ofLayer = layerPrefix(config, static_cast<std::int64_t>(layer));
        const auto isOfLayer = [&ofLayer](const TensorInfo& one) { return one.name.starts_with(ofLayer); };
        // They are listed layer by layer.
        const auto first = std::find_if(tensor, expected.end(), isOfLayer);
        tensor = std::find_if_not(first, expected.end(), isOfLayer);
        layers[layer].assign(first, tensor);
    }
    return layers;
}

void countOutsideOfLayers(ModelInspection& inspection, const std::vector<TensorInfo>& expected)
{
    const TensorLayout names = tensorLayout(inspection.config);
    for (const TensorInfo& tensor : expected) {
        const bool second = !names.perLayerEmbedding.empty() && (tensor.name == names.perLayerEmbedding + ".weight" ||
                                                                 tensor.name == names.perLayerProjection + ".weight" ||
                                                                 tensor.name == names.perLayerNorm + ".weight");
        if (second || tensor.name == names.embedding + ".weight")
            inspection.embedding += elementsOf(tensor);
        else if (tensor.name == names.positions + ".weight")
            inspection.positions += elementsOf(tensor);
        else if (tensor.name == names.head + ".weight" || tensor.name == names.head + ".bias")
            inspection.head += elementsOf(tensor);
        else if (tensor.name.starts_with(names.finalNorm + "."))
            inspection.finalNorm += elementsOf(tensor);
    }
}

Status addFiles(const ModelSource& model, ModelInspection& inspection)
{
    std::error_code code;
    for (const std::filesystem::path& path : modelFiles(model)) {
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
        const InspectedLayer& own = inspection.layers[i];
        layers.push_back({{"layer", i}, {"parameters", own.parameters}, {"modules", modules}});
        if (inspection.config.mixture.isMixture())
            layers.back().update({{"router", own.router}, {"experts", own.experts}});
    }
    return layers;
}

/// Null for dense models.
Json mixtureToJson(const ModelInspection& inspection)
{
    const BaseMixture& mixture = inspection.config.mixture;
    if (!mixture.isMixture())
        return {};
    Json layers = Json::array();
    for (std::size_t layer = 0; layer < mixture.layers.size(); ++layer)
        if (mixture.layers[layer])
            layers.push_back(layer);
    return {{"experts", mixture.experts},
            {"experts_per_token", mixture.active},
            {"intermediate_size", mixture.intermediate},
            {"active_parameters", inspection.active},
            {"layers", std::move(layers)}};
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
    inspection.active = activeParameterCount(model.config);
    const auto expected = expectedTensors(model.config);
    countOutsideOfLayers(inspection, expected);
    const std::vector<std::vector<TensorInfo>> ofLayers = tensorsByLayer(model.config, expected);
    for (std::size_t layer = 0; layer < ofLayers.size(); ++layer)
        inspection.layers.push_back(inspectLayer(model.config, ofLayers[layer], static_cast<std::int64_t>(layer)));
    inspection.quantisation = model.quantisation;
    inspection.notes = model.notes;
    inspection.tensors = model.weights ? model.weights->tensors() : model.codes;
    for (const TensorInfo& tensor : inspection.tensors) {
        StoredAmount& amount = inspection.stored[tensor.typeName()];
        ++amount.tensors;
        amount.elements += elementsOf(tensor);
        amount.bytes += tensor.bytes;
    }
    HILO_CHECK(addFiles(model, inspection));
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
    Json& peculiarities = document["peculiarities"] = Json::array();
    for (const Peculiarity& peculiarity : peculiaritiesOf(config))
        peculiarities.push_back(inWords(peculiarity));
    if (config.mixture.isMixture())
        document["mixture"] = mixtureToJson(inspection);
    std::int64_t ofLayers = 0;
    for (const InspectedLayer& layer : inspection.layers)
        ofLayers += layer.parameters;
    document["parameters_by_part"] = {{"embedding", inspection.embedding},
                                      {"positions", inspection.positions},
                                      {"layers", ofLayers},
                                      {"final_norm", inspection.finalNorm},
                                      {"head", inspection.head}};
    document["memory_bytes"] = {{"float32", inspection.memoryBytes(4)},
                                {"bfloat16", inspection.memoryBytes(2)},
                                {"int8", inspection.memoryBytes(1)}};
    document["has_weights"] = inspection.hasWeights;
    document["quantisation"] = inspection.quantisation.empty() ? Json() : Json(inspection.quantisation);
    document["notes"] = inspection.notes;
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
                               {"dtype", tensor.typeName()},
                               {"shape", tensor.shape},
                               {"bytes", tensor.bytes},
                               {"file", tensor.file}});
    }
    return document;
}

} // namespace hilo
