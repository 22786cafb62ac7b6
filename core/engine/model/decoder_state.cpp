// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/decoder_state.h"

#include "engine/model/gated_delta_net.h"
#include "engine/model/key_value_cache.h"
#include "engine/model/layer.h"
#include "engine/model/mixture_mlp.h"
#include "engine/model/rope.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>

namespace hilo {

using torch::Tensor;

namespace {

/// [headDimension / 2] float32.
Tensor frequenciesOn(torch::Device device, const RopeFrequencies& rope)
{
    const Tensor values = torch::tensor(rope.frequencies, torch::kFloat64).to(torch::kFloat32);
    return device.is_cuda() ? values.pin_memory().to(device, true) : values;
}

/// [T, 1] bool: whether each token's sequence, with what is cached of it, is longer than length.
Tensor inLongSequence(const PackedBatch& batch, const KeyValueCache* cache, std::int64_t length, torch::Device device)
{
    std::vector<std::int64_t> counts;
    std::vector<std::uint8_t> isLong;
    for (std::int64_t s = 0; s < batch.sequences(); ++s) {
        const auto index = static_cast<std::size_t>(s);
        counts.push_back(batch.starts[index + 1] - batch.starts[index]);
        isLong.push_back((cache ? cache->length(s) : 0) + counts.back() > length);
    }
    const Tensor flags = torch::tensor(isLong, torch::kUInt8).to(torch::kBool);
    return torch::repeat_interleave(flags, torch::tensor(counts, torch::kInt64)).unsqueeze(1).to(device);
}

/// A head's bias as one more column of its weight, filled up with zeros to whole blocks of a GPU's products;
/// finalHidden() gives the hidden states a 1 there. So whoever multiplies by the output weight need not know of it.
Tensor withHeadBias(const Tensor& weight, const Tensor& bias)
{
    return torch::cat(
        {weight, bias.unsqueeze(1), torch::zeros({weight.size(0), headBiasColumns - 1}, weight.options())}, 1);
}

RotationTable tableOf(const ModelConfig& config, const RopeConfig& rope, torch::Device device)
{
    const RopeFrequencies usual = ropeFrequencies(config, rope, 0);
    RotationTable table{frequenciesOn(device, usual), {}, usual.attentionFactor};
    if (rope.kind == RopeKind::LongRope)
        table.longFrequencies = frequenciesOn(device, ropeFrequencies(config, rope, rope.originalMaximumPositions + 1));
    return table;
}

Rotation rotationOf(const Decoder::State& state, const RopeConfig& rope, const RotationTable& table,
                    const PackedBatch& batch, const KeyValueCache* cache)
{
    Tensor frequencies = table.frequencies.unsqueeze(0);
    double attentionFactor = table.attentionFactor;
    // Only two kinds of scaling ask how far the positions go; for the others a GPU need not be waited for. Whoever
    // records a step has made sure that they stay within what the frequencies at hand are for.
    const bool isRecorded = batch.longest > 0;
    if (rope.kind == RopeKind::Dynamic && !isRecorded && batch.positions.numel() > 0) {
        const RopeFrequencies reached =
            ropeFrequencies(state.config, rope, batch.positions.max().item<std::int64_t>() + 1);
        frequencies = frequenciesOn(state.device, reached).unsqueeze(0);
        attentionFactor = reached.attentionFactor;
    } else if (rope.kind == RopeKind::LongRope && !isRecorded) {
        const Tensor isLong = inLongSequence(batch, cache, rope.originalMaximumPositions, state.device);
        frequencies = torch::where(isLong, table.longFrequencies.unsqueeze(0), frequencies);
    }
    const Tensor angles = batch.positions.to(torch::kFloat32).unsqueeze(1) * frequencies;
    return {(angles.cos() * attentionFactor).to(state.dtype), (angles.sin() * attentionFactor).to(state.dtype)};
}

} // namespace

void addRotation(const Decoder::State& state, const PackedBatch& batch, ForwardContext& context)
{
    const ModelConfig& config = state.config;
    addDeltaNetRows(state, batch, context);
    if (config.learnedPositions)
        return;
    context.rotation = rotationOf(state, config.rope, state.rotation, batch, context.cache);
    if (state.localRotation.frequencies.defined())
        context.localRotation = rotationOf(state, config.localRope, state.localRotation, batch, context.cache);
    if (config.rope.positionScale > 0) {
        // Queries far behind the original length are sharpened (llama 4's attention temperature).
        const Tensor turns =
            batch.positions.to(torch::kFloat32).div(static_cast<double>(config.rope.originalMaximumPositions)).floor();
        context.queryScale = (1 + config.rope.positionScale * torch::log1p(turns)).to(state.dtype).unsqueeze(1);
    }
}

Tensor embedTokens(const Decoder::State& state, const PackedBatch& batch)
{
    Tensor hidden = torch::embedding(state.embedding, batch.tokens);
    if (state.config.scaleEmbeddings) {
        // The factor is rounded to the model's dtype before it is used (gemma).
        const double factor = torch::tensor(std::sqrt(static_cast<double>(state.config.hidden)), torch::kFloat64)
                                  .to(state.dtype)
                                  .item<double>();
        hidden = hidden * factor;
    }
    if (state.config.embeddingFactor != 1)
        hidden = hidden * state.config.embeddingFactor;
    if (state.config.learnedPositions)
        hidden = hidden + torch::embedding(state.positionEmbedding, batch.positions);
    return hidden;
}

Tensor perLayerInputs(const Decoder::State& state, const PackedBatch& batch, const Tensor& hidden)
{
    const ModelConfig& config = state.config;
    if (!state.perLayerEmbedding.defined())
        return {};
    const auto width = static_cast<double>(config.perLayerWidth);
    const double factor = torch::tensor(std::sqrt(width), torch::kFloat64).to(state.dtype).item<double>();
    const std::vector<std::int64_t> shape{hidden.size(0), config.layers, config.perLayerWidth};
    // StreamedModel keeps it in another type.
    const Tensor rows = torch::embedding(state.perLayerEmbedding, batch.tokens).to(state.dtype);
    const Tensor ofToken = (rows * factor).view(shape);
    const Tensor ofHidden =
        torch::mm(hidden, state.perLayerProjection.t()) / std::sqrt(static_cast<double>(config.hidden));
    return (applyNorm(config, state.perLayerNorm, ofHidden.view(shape)) + ofToken) * std::sqrt(0.5);
}

Tensor Decoder::State::tensor(const std::string& name) const
{
    const auto found = tensors.find(name);
    return found == tensors.end() ? Tensor() : found->second;
}

Tensor Decoder::State::outputNow() const
{
    return config.headBias && trainable ? withHeadBias(output, tensor(tensorLayout(config).head + ".bias")) : output;
}

LayerWeights Decoder::State::layerOf(std::int64_t index) const
{
    const TensorLayout names = tensorLayout(config);
    const std::string prefix = layerPrefix(config, index);
    const auto norm = [&](const std::string& path) {
        return path.empty() ? NormWeights()
                            : NormWeights{tensor(prefix + path + ".weight"), tensor(prefix + path + ".bias")};
    };
    LayerWeights layer;
    layer.weights.resize(modules.columns());
    layer.quantised.resize(modules.columns());
    layer.biases.resize(modules.columns());
    for (const ModuleShape& module : modules.layer(static_cast<std::size_t>(index))) {
        const auto column = static_cast<std::size_t>(module.column);
        const std::string name = prefix + module.path + ".weight";
        const auto found = quantised.find(name);
        const Tensor weight = tensor(name);
        if (found != quantised.end())
            layer.quantised[column] = found->second;
        layer.weights[column] = config.transposedWeights && weight.defined() ? weight.t() : weight;
        layer.biases[column] = tensor(prefix + module.path + ".bias");
    }
    layer.inputNorm = norm(names.inputNorm);
    layer.postAttentionNorm = norm(names.postAttentionNorm);
    layer.preMlpNorm = norm(names.preMlpNorm);
    layer.postMlpNorm = norm(names.postMlpNorm);
    if (config.linearAttention.at(index)) {
        const std::string net = prefix + names.deltaNet;
        layer.deltaNet = {tensor(net + ".conv1d.weight"), tensor(net + ".A_log"), tensor(net + ".dt_bias"),
                          tensor(net + ".norm.weight")};
    } else {
        layer.queryNorm = norm(names.queryNorm);
        layer.keyNorm = norm(names.keyNorm);
    }
    if (config.valueNorm)
        layer.valueNorm.weight =
            torch::ones({config.sizesOf(index).headDimension}, torch::TensorOptions(dtype).device(device));
    if (config.perLayerWidth > 0) {
        layer.perLayerGate = tensor(prefix + names.perLayerGate + ".weight");
        layer.perLayerOutput = tensor(prefix + names.perLayerOutput + ".weight");
        layer.perLayerOutputNorm = norm(names.perLayerOutputNorm);
    }
    if (!names.scalar.empty())
        layer.scalar = tensor(prefix + names.scalar);
    if (!names.sinks.empty())
        layer.sinks = tensor(prefix + names.sinks);
    layer.mixture = mixtureWeights(*this, index);
    if (!names.activation.empty()) {
        const auto number = [&](const char* end) { return tensor(prefix + names.activation + end); };
        layer.xielu = {number(".alpha_p"), number(".alpha_n"), number(".beta"), number(".eps")};
    }
    return layer;
}

void Decoder::State::assembleEnds()
{
    modules = moduleGrid(config);
    const TensorLayout names = tensorLayout(config);
    embedding = tensor(names.embedding + ".weight");
    positionEmbedding = tensor(names.positions + ".weight");
    finalNorm = {tensor(names.finalNorm + ".weight"), tensor(names.finalNorm + ".bias")};
    output = config.tiedEmbeddings ? embedding : tensor(names.head + ".weight");
    if (config.headBias && !trainable) {
        output = withHeadBias(output, tensor(names.head + ".bias"));
        // No second copy of the head is kept.
        if (!config.tiedEmbeddings)
            tensors[names.head + ".weight"] = output.narrow(1, 0, config.hidden);
    }
    if (config.perLayerWidth > 0) {
        perLayerEmbedding = tensor(names.perLayerEmbedding + ".weight");
        perLayerProjection = tensor(names.perLayerProjection + ".weight");
        perLayerNorm = {tensor(names.perLayerNorm + ".weight"), {}};
    }
    if (config.learnedPositions)
        return;
    rotation = tableOf(config, config.rope, device);
    const auto& ropes = config.layerRopes;
    if (std::find(ropes.begin(), ropes.end(), LayerRope::Local) != ropes.end())
        localRotation = tableOf(config, config.localRope, device);
}

void Decoder::State::assemble()
{
    assembleEnds();
    layers.clear();
    for (std::int64_t index = 0; index < config.layers; ++index)
        layers.push_back(layerOf(index));
}

} // namespace hilo
