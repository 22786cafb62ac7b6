// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/layer.h"

#include "engine/model/cached_attention.h"
#include "engine/model/layer_functions.h"

#include <array>

namespace hilo {
namespace {

using torch::Tensor;

AttentionShape attentionShape(const ModelConfig& config, std::int64_t layer)
{
    return {config.heads,
            config.keyValueHeads,
            config.headDimension,
            config.attentionScale,
            config.attentionSoftcap,
            config.windows.empty() ? 0 : config.windows[static_cast<std::size_t>(layer)]};
}

/// Frozen products of all modules of one input group, then the adapter's share.
std::vector<Tensor> groupForward(const ForwardContext& context, std::int64_t layer, int group, const Tensor& input)
{
    const Decoder::State& state = *context.state;
    const LayerWeights& weights = state.layers[static_cast<std::size_t>(layer)];
    if (context.options.observer && context.options.observer->moduleInput)
        context.options.observer->moduleInput(layer, group, input);
    std::vector<int> modules;
    std::vector<Tensor> outputs;
    for (std::size_t i = 0; i < state.modules.size(); ++i) {
        if (state.modules[i].inputGroup != group)
            continue;
        modules.push_back(static_cast<int>(i));
        const Tensor& bias = weights.biases[i];
        if (weights.quantised[i].defined()) {
            const Tensor product = gpu::quantisedLinear(input, weights.quantised[i]);
            outputs.push_back(bias.defined() ? product + bias : product);
        } else {
            outputs.push_back(bias.defined() ? torch::addmm(bias, input, weights.weights[i].t())
                                             : torch::mm(input, weights.weights[i].t()));
        }
    }
    if (context.options.adapter)
        context.options.adapter->addTo(layer, modules, input, outputs);
    return outputs;
}

Tensor perHead(const ModelConfig& config, const Tensor& x)
{
    return x.reshape({x.size(0), -1, config.headDimension});
}

Tensor attentionBlock(const ForwardContext& context, std::int64_t layer, const Tensor& input)
{
    const ModelConfig& config = context.state->config;
    const LayerWeights& weights = context.state->layers[static_cast<std::size_t>(layer)];
    std::vector<Tensor> outputs = groupForward(context, layer, 0, input);
    Tensor query = outputs[0];
    Tensor key;
    Tensor value;
    if (config.fusedQueryKeyValue) {
        const std::int64_t width = config.heads * config.headDimension;
        const std::int64_t keyWidth = config.keyValueHeads * config.headDimension;
        query = outputs[0].narrow(1, 0, width);
        key = outputs[0].narrow(1, width, keyWidth);
        value = outputs[0].narrow(1, width + keyWidth, keyWidth);
    } else {
        key = outputs[1];
        value = outputs[2];
    }
    if (config.queryKeyNorm) {
        query = applyNorm(config, weights.queryNorm, perHead(config, query)).flatten(1);
        key = applyNorm(config, weights.keyNorm, perHead(config, key)).flatten(1);
    }
    if (context.cos.defined()) {
        query = rotate(perHead(config, query), context.cos, context.sin).flatten(1);
        key = rotate(perHead(config, key), context.cos, context.sin).flatten(1);
    }
    const AttentionShape shape = attentionShape(config, layer);
    const Tensor attended = context.cache ? cachedAttention(context, layer, query, key, value, shape)
                                          : packedAttention(query, key, value, context.plan, shape);
    return groupForward(context, layer, 1, attended)[0];
}

Tensor mlpBlock(const ForwardContext& context, std::int64_t layer, const Tensor& input)
{
    const ModelConfig& config = context.state->config;
    const std::vector<Tensor> outputs = groupForward(context, layer, 2, input);
    const Tensor inner = config.gatedMlp ? gatedActivation(outputs[0], outputs[1], config.activation)
                                         : activate(outputs[0], config.activation);
    return groupForward(context, layer, 3, inner)[0];
}

} // namespace

Tensor applyNorm(const ModelConfig& config, const NormWeights& norm, const Tensor& x)
{
    if (config.layerNorm)
        return torch::layer_norm(x, {x.size(-1)}, norm.weight, norm.bias, config.normEpsilon);
    return rmsNorm(x, norm.weight, config.normEpsilon, config.normAddsOne);
}

Tensor layerForward(const ForwardContext& context, std::int64_t layer, const Tensor& hidden)
{
    const ModelConfig& config = context.state->config;
    const LayerWeights& weights = context.state->layers[static_cast<std::size_t>(layer)];
    Tensor attention = attentionBlock(context, layer, applyNorm(config, weights.inputNorm, hidden));
    if (config.postNorms)
        attention = applyNorm(config, weights.postAttentionNorm, attention);
    const Tensor middle = hidden + attention;
    const NormWeights& beforeMlp = config.postNorms ? weights.preMlpNorm : weights.postAttentionNorm;
    Tensor mlp = mlpBlock(context, layer, applyNorm(config, beforeMlp, middle));
    if (config.postNorms)
        mlp = applyNorm(config, weights.postMlpNorm, mlp);
    const Tensor output = middle + mlp;
    if (context.options.observer && context.options.observer->block)
        context.options.observer->block(layer, hidden, output);
    return output;
}

} // namespace hilo
