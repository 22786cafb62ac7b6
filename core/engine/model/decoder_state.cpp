// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/decoder_state.h"

#include "engine/model/rope.h"

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

} // namespace

std::string layerPrefix(const ModelConfig& config, std::int64_t layer)
{
    return (config.family == Family::Gpt2 ? "transformer.h." : "model.layers.") + std::to_string(layer) + ".";
}

void addRotation(const Decoder::State& state, const PackedBatch& batch, ForwardContext& context)
{
    if (state.config.learnedPositions)
        return;
    Tensor frequencies = state.frequencies;
    double attentionFactor = state.attentionFactor;
    // Only one kind of scaling asks how far the positions go; for the others a GPU need not be waited for. Whoever
    // records a step has made sure that they stay within what the frequencies at hand are for.
    if (state.config.rope.kind == RopeKind::Dynamic && batch.longest == 0 && batch.positions.numel() > 0) {
        const RopeFrequencies rope = ropeFrequencies(state.config, batch.positions.max().item<std::int64_t>() + 1);
        frequencies = frequenciesOn(state.device, rope);
        attentionFactor = rope.attentionFactor;
    }
    const Tensor angles = batch.positions.to(torch::kFloat32).unsqueeze(1) * frequencies.unsqueeze(0);
    context.cos = (angles.cos() * attentionFactor).to(state.dtype);
    context.sin = (angles.sin() * attentionFactor).to(state.dtype);
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
    if (state.config.learnedPositions)
        hidden = hidden + torch::embedding(state.positionEmbedding, batch.positions);
    return hidden;
}

Tensor Decoder::State::tensor(const std::string& name) const
{
    const auto found = tensors.find(name);
    return found == tensors.end() ? Tensor() : found->second;
}

LayerWeights Decoder::State::layerOf(std::int64_t index) const
{
    const bool gpt2 = config.family == Family::Gpt2;
    const std::string prefix = layerPrefix(config, index);
    const auto norm = [&](const std::string& path) {
        return NormWeights{tensor(prefix + path + ".weight"), tensor(prefix + path + ".bias")};
    };
    LayerWeights layer;
    for (const ModuleShape& module : modules) {
        const std::string name = prefix + module.path + ".weight";
        const auto found = quantised.find(name);
        const Tensor weight = tensor(name);
        layer.quantised.push_back(found == quantised.end() ? gpu::QuantisedWeight() : found->second);
        layer.weights.push_back(gpt2 && weight.defined() ? weight.t() : weight);
        layer.biases.push_back(tensor(prefix + module.path + ".bias"));
    }
    layer.inputNorm = norm(gpt2 ? "ln_1" : "input_layernorm");
    layer.postAttentionNorm = norm(gpt2 ? "ln_2" : "post_attention_layernorm");
    layer.preMlpNorm = norm("pre_feedforward_layernorm");
    layer.postMlpNorm = norm("post_feedforward_layernorm");
    layer.queryNorm = norm("self_attn.q_norm");
    layer.keyNorm = norm("self_attn.k_norm");
    return layer;
}

void Decoder::State::assembleEnds()
{
    modules = moduleShapes(config);
    const bool gpt2 = config.family == Family::Gpt2;
    embedding = tensor(gpt2 ? "transformer.wte.weight" : "model.embed_tokens.weight");
    positionEmbedding = tensor("transformer.wpe.weight");
    const std::string norm = gpt2 ? "transformer.ln_f" : "model.norm";
    finalNorm = {tensor(norm + ".weight"), tensor(norm + ".bias")};
    output = config.tiedEmbeddings ? embedding : tensor("lm_head.weight");
    if (!config.learnedPositions) {
        const RopeFrequencies rope = ropeFrequencies(config, 0);
        frequencies = frequenciesOn(device, rope);
        attentionFactor = rope.attentionFactor;
    }
}

void Decoder::State::assemble()
{
    assembleEnds();
    layers.clear();
    for (std::int64_t index = 0; index < config.layers; ++index)
        layers.push_back(layerOf(index));
}

} // namespace hilo
