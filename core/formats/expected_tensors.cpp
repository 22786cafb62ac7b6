// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/expected_tensors.h"

#include "formats/layer_modules.h"
#include "formats/mixture_layout.h"
#include "formats/tensor_layout.h"

#include <algorithm>

namespace hilo {
namespace {

class TensorList
{
  public:
    void add(const std::string& name, std::vector<std::int64_t> shape)
    {
        TensorInfo info;
        info.name = name;
        info.shape = std::move(shape);
        tensors_.push_back(std::move(info));
    }
    /// Nothing where the model has no such norm.
    void norm(const ModelConfig& config, const std::string& prefix, const std::string& path, std::int64_t size)
    {
        if (path.empty())
            return;
        add(prefix + path + ".weight", {size});
        if (config.layerNorm && config.layerNormBias)
            add(prefix + path + ".bias", {size});
    }
    std::vector<TensorInfo> take() { return std::move(tensors_); }

  private:
    std::vector<TensorInfo> tensors_;
};

bool hasBias(const ModelConfig& config, std::int64_t layer, int inputGroup)
{
    if (inputGroup < 2 && config.linearAttention.at(layer))
        return false;
    return inputGroup == 0 ? config.queryKeyValueBias : inputGroup == 1 ? config.outputBias : config.mlpBias;
}

/// In the place of the MLP's modules, or beside them; nothing for a layer without experts.
void addMixture(TensorList& list, const ModelConfig& config, std::int64_t layer)
{
    const BaseMixture& mixture = config.mixture;
    const MixtureNames names = mixtureNames(config, layer);
    if (!names.router.empty())
        list.add(names.router, {mixture.experts, config.hidden});
    if (!names.routerBias.empty())
        list.add(names.routerBias, {mixture.experts});
    if (!names.sharedGate.empty())
        list.add(names.sharedGate, {1, config.hidden});
    const auto addVector = [&list](const std::string& name, std::int64_t size) {
        if (!name.empty())
            list.add(name, {size});
    };
    addVector(names.routerScale, config.hidden);
    addVector(names.expertScale, mixture.experts);
    for (const std::string& norm : {names.mlpNorm, names.inputNorm, names.outputNorm})
        addVector(norm, config.hidden);
    const std::int64_t width = mixture.intermediate;
    for (const GatedMlpNames& mlp : names.mlps) {
        list.add(mlp.gate + ".weight", {width, config.hidden});
        list.add(mlp.up + ".weight", {width, config.hidden});
        list.add(mlp.down + ".weight", {config.hidden, width});
    }
    const auto addFused = [&](const std::string& name, std::int64_t in, std::int64_t out) {
        if (!name.empty())
            list.add(name, mixture.transposedExperts ? std::vector{mixture.experts, in, out}
                                                     : std::vector{mixture.experts, out, in});
    };
    addFused(names.in, config.hidden, 2 * width);
    if (!names.inBias.empty())
        list.add(names.inBias, {mixture.experts, 2 * width});
    addFused(names.out, width, config.hidden);
    if (!names.outBias.empty())
        list.add(names.outBias, {mixture.experts, config.hidden});
}

/// How a layer takes its share of the second embedding in.
void addPerLayerInput(TensorList& list, const ModelConfig& config, const TensorLayout& names, const std::string& prefix)
{
    if (config.perLayerWidth == 0)
        return;
    list.add(prefix + names.perLayerGate + ".weight", {config.perLayerWidth, config.hidden});
    list.add(prefix + names.perLayerOutput + ".weight", {config.hidden, config.perLayerWidth});
    list.norm(config, prefix, names.perLayerOutputNorm, config.hidden);
}

/// What a gated delta net has beside its modules.
void addDeltaNet(TensorList& list, const ModelConfig& config, const std::string& path)
{
    const LinearAttention& net = config.linearAttention;
    list.add(path + ".conv1d.weight", {net.channels(), 1, net.kernel});
    list.add(path + ".A_log", {net.valueHeads});
    list.add(path + ".dt_bias", {net.valueHeads});
    list.add(path + ".norm.weight", {net.valueDimension});
}

void addLayer(TensorList& list, const ModelConfig& config, const TensorLayout& names, std::int64_t layer)
{
    const std::string prefix = names.body + names.layers + std::to_string(layer) + ".";
    list.norm(config, prefix, names.inputNorm, config.hidden);
    for (const ModuleShape& module : layerModules(config, layer)) {
        list.add(prefix + module.path + ".weight",
                 config.transposedWeights ? std::vector{module.in, module.out} : std::vector{module.out, module.in});
        if (hasBias(config, layer, module.inputGroup))
            list.add(prefix + module.path + ".bias", {module.out});
    }
    if (!names.sinks.empty())
        list.add(prefix + names.sinks, {config.heads});
    addMixture(list, config, layer);
    const bool whole = config.queryKeyNorm == QueryKeyNorm::Whole;
    if (config.linearAttention.at(layer)) {
        addDeltaNet(list, config, prefix + names.deltaNet);
    } else {
        const std::int64_t size = config.sizesOf(layer).headDimension;
        list.norm(config, prefix, names.queryNorm, size * (whole ? config.heads : 1));
        if (config.keyValueLayerOf(layer) == layer)
            list.norm(config, prefix, names.keyNorm, size * (whole ? config.keyValueHeads : 1));
    }
    list.norm(config, prefix, names.postAttentionNorm, config.hidden);
    list.norm(config, prefix, names.preMlpNorm, config.hidden);
    list.norm(config, prefix, names.postMlpNorm, config.hidden);
    addPerLayerInput(list, config, names, prefix);
    if (!names.scalar.empty())
        list.add(prefix + names.scalar, {1});
    if (names.activation.empty())
        return;
    list.add(prefix + names.activation + ".alpha_p", {1});
    list.add(prefix + names.activation + ".alpha_n", {1});
    list.add(prefix + names.activation + ".beta", {});
    list.add(prefix + names.activation + ".eps", {});
}

} // namespace

std::vector<TensorInfo> expectedTensors(const ModelConfig& config)
{
    const TensorLayout names = tensorLayout(config);
    TensorList list;
    list.add(names.embedding + ".weight", {config.vocabulary, config.hidden});
    if (config.learnedPositions)
        list.add(names.positions + ".weight", {config.maximumPositions, config.hidden});
    if (config.perLayerWidth > 0) {
        const std::int64_t width = config.layers * config.perLayerWidth;
        list.add(names.perLayerEmbedding + ".weight", {config.perLayerVocabulary, width});
        list.add(names.perLayerProjection + ".weight", {width, config.hidden});
        list.norm(config, "", names.perLayerNorm, config.perLayerWidth);
    }
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        addLayer(list, config, names, layer);
    list.norm(config, "", names.finalNorm, config.hidden);
    if (!config.tiedEmbeddings)
        list.add(names.head + ".weight", {config.vocabulary, config.hidden});
    if (config.headBias)
        list.add(names.head + ".bias", {config.vocabulary});
    return list.take();
}

std::int64_t elementsOf(const TensorInfo& tensor)
{
    std::int64_t elements = 1;
    for (const std::int64_t size : tensor.shape)
        elements *= size;
    return elements;
}

std::int64_t parameterCount(const ModelConfig& config)
{
    std::int64_t sum = 0;
    for (const TensorInfo& tensor : expectedTensors(config))
        sum += elementsOf(tensor);
    return sum;
}

std::int64_t expertParameters(const ModelConfig& config)
{
    const BaseMixture& mixture = config.mixture;
    const std::int64_t biases = mixture.biases ? 2 * mixture.intermediate + config.hidden : 0;
    return mixture.isMixture() ? 3 * config.hidden * mixture.intermediate + biases : 0;
}

std::int64_t activeParameterCount(const ModelConfig& config)
{
    const BaseMixture& mixture = config.mixture;
    const auto layers = std::count(mixture.layers.begin(), mixture.layers.end(), true);
    return parameterCount(config) - layers * (mixture.experts - mixture.active) * expertParameters(config);
}

} // namespace hilo
