// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/layer.h"

#include "engine/model/cached_attention.h"
#include "engine/model/gated_delta_net.h"
#include "engine/model/layer_functions.h"
#include "engine/model/mixture_mlp.h"

#include <array>

namespace hilo {
namespace {

using torch::Tensor;

AttentionShape attentionShape(const ModelConfig& config, std::int64_t layer, const Tensor& sinks)
{
    const LayerSizes sizes = config.sizesOf(layer);
    return {config.heads,
            sizes.keyValueHeads,
            sizes.headDimension,
            config.attentionScale,
            config.attentionSoftcap,
            config.windows.empty() ? 0 : config.windows[static_cast<std::size_t>(layer)],
            sinks};
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
    for (const ModuleShape& module : state.modules.layer(static_cast<std::size_t>(layer))) {
        if (module.inputGroup != group)
            continue;
        const auto i = static_cast<std::size_t>(module.column);
        modules.push_back(module.column);
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

Tensor perHead(const LayerSizes& sizes, const Tensor& x)
{
    return x.reshape({x.size(0), -1, sizes.headDimension});
}

struct Projections
{
    Tensor query, key, value; ///< [T, heads of it · headDimension]
    Tensor gate;              ///< as the query; undefined where there is none
};

/// Of a module that holds all three, or of three; of fewer where a layer has no values or keys of its own.
Projections projectionsOf(const ModelConfig& config, const LayerSizes& sizes, const std::vector<Tensor>& outputs)
{
    if (sizes.keyValueLayer >= 0)
        return {outputs[0], {}, {}, {}};
    if (sizes.keysAreValues)
        return {outputs[0], outputs[1], outputs[1], {}};
    const std::int64_t width = config.heads * config.headDimension;
    const std::int64_t keyWidth = config.keyValueHeads * config.headDimension;
    switch (config.fusedQueryKeyValue) {
    case FusedQueryKeyValue::No:
        if (config.attentionGate) {
            const Tensor both = outputs[0].view({outputs[0].size(0), config.heads, 2 * config.headDimension});
            return {both.narrow(2, 0, config.headDimension).flatten(1), outputs[1], outputs[2],
                    both.narrow(2, config.headDimension, config.headDimension).flatten(1)};
        }
        break;
    case FusedQueryKeyValue::Parts:
        return {outputs[0].narrow(1, 0, width),
                outputs[0].narrow(1, width, keyWidth),
                outputs[0].narrow(1, width + keyWidth, keyWidth),
                {}};
    case FusedQueryKeyValue::Heads: {
        const Tensor parts = outputs[0].view({outputs[0].size(0), config.heads, 3, config.headDimension});
        return {parts.select(2, 0).flatten(1), parts.select(2, 1).flatten(1), parts.select(2, 2).flatten(1), {}};
    }
    }
    return {outputs[0], outputs[1], outputs[2], {}};
}

Tensor normalisedHeads(const ModelConfig& config, const LayerSizes& sizes, const NormWeights& norm, const Tensor& x)
{
    return config.queryKeyNorm == QueryKeyNorm::Whole ? applyNorm(config, norm, x)
                                                      : applyNorm(config, norm, perHead(sizes, x)).flatten(1);
}

/// Pairs of neighbours are brought into halves first and stay so: attention is the same for any order of a head's
/// values that queries and keys share.
Tensor rotated(const ModelConfig& config, const LayerSizes& sizes, const Tensor& x, const Rotation& rotation)
{
    const RopeConfig& rope = config.rope;
    const Tensor heads = perHead(sizes, x);
    const std::int64_t turned = 2 * rotation.cos.size(1);
    Tensor part = turned == sizes.headDimension ? heads : heads.narrow(2, 0, turned);
    if (rope.interleaved)
        part = part.reshape({part.size(0), part.size(1), turned / 2, 2}).transpose(2, 3).flatten(2);
    part = rotate(part, rotation.cos, rotation.sin);
    if (turned < sizes.headDimension)
        part = torch::cat({part, heads.narrow(2, turned, sizes.headDimension - turned)}, 2);
    return part.flatten(1);
}

Tensor attentionBlock(const ForwardContext& context, std::int64_t layer, const Tensor& input,
                      const KeysAndValues& shared, KeysAndValues* made)
{
    const ModelConfig& config = context.state->config;
    if (config.linearAttention.at(layer)) {
        const Tensor net = gatedDeltaNet(context, layer, groupForward(context, layer, 0, input));
        return groupForward(context, layer, 1, net)[0];
    }
    const LayerWeights& weights = context.state->layers[static_cast<std::size_t>(layer)];
    const LayerSizes sizes = config.sizesOf(layer);
    Projections now = projectionsOf(config, sizes, groupForward(context, layer, 0, input));
    const auto normalise = [&] {
        now.query = normalisedHeads(config, sizes, weights.queryNorm, now.query);
        if (now.key.defined())
            now.key = normalisedHeads(config, sizes, weights.keyNorm, now.key);
    };
    if (config.valueNorm && now.value.defined())
        now.value = applyNorm(config, weights.valueNorm, perHead(sizes, now.value)).flatten(1);
    const bool hasNorm = config.queryKeyNorm != QueryKeyNorm::None;
    if (hasNorm && !config.queryKeyNormAfterRope)
        normalise();
    if (config.clipQueryKeyValue > 0)
        for (Tensor* part : {&now.query, &now.key, &now.value})
            *part = part->clamp(-config.clipQueryKeyValue, config.clipQueryKeyValue);
    const LayerRope kind = config.ropeOf(layer);
    const Rotation& rotation = kind == LayerRope::Local ? context.localRotation : context.rotation;
    if (kind != LayerRope::None && rotation.cos.defined()) {
        now.query = rotated(config, sizes, now.query, rotation);
        if (now.key.defined())
            now.key = rotated(config, sizes, now.key, rotation);
    }
    if (hasNorm && config.queryKeyNormAfterRope)
        normalise();
    if (context.queryScale.defined())
        now.query = now.query * context.queryScale;
    const AttentionShape shape = attentionShape(config, layer, weights.sinks);
    Tensor attended;
    if (context.cache) {
        attended = cachedAttention(context, config.keyValueLayerOf(layer), now.query, now.key, now.value, shape);
    } else {
        const KeysAndValues seen = now.key.defined() ? KeysAndValues{now.key, now.value} : shared;
        if (made && config.sharesKeysAndValues(layer))
            *made = seen;
        attended = packedAttention(now.query, seen.key, seen.value, context.plan, shape);
    }
    if (now.gate.defined())
        attended = attended * torch::sigmoid(now.gate);
    return groupForward(context, layer, 1, attended)[0];
}

Tensor activated(const ModelConfig& config, const LayerWeights& weights, const Tensor& x)
{
    const XieluWeights& numbers = weights.xielu;
    return config.activation == Activation::Xielu
               ? xielu(x, numbers.alphaPositive, numbers.alphaNegative, numbers.beta, numbers.epsilon)
               : activate(x, config.activation);
}

/// The MLP of the layer's modules, width wide.
Tensor moduleMlp(const ForwardContext& context, std::int64_t layer, const Tensor& input, std::int64_t width)
{
    const ModelConfig& config = context.state->config;
    const LayerWeights& weights = context.state->layers[static_cast<std::size_t>(layer)];
    const std::vector<Tensor> outputs = groupForward(context, layer, 2, input);
    Tensor inner;
    if (!config.gatedMlp)
        inner = activated(config, weights, outputs[0]);
    else if (config.fusedGateUp)
        inner = gatedActivation(outputs[0].narrow(1, 0, width), outputs[0].narrow(1, width, width), config.activation);
    else
        inner = gatedActivation(outputs[0], outputs[1], config.activation);
    return groupForward(context, layer, 3, inner)[0];
}

/// The MLP and the experts beside it: each branch with norms of its own, and the router, of the residual stream.
Tensor mlpWithExperts(const ForwardContext& context, std::int64_t layer, const Tensor& input, const Tensor& stream)
{
    const ModelConfig& config = context.state->config;
    const MixtureWeights& mixture = context.state->layers[static_cast<std::size_t>(layer)].mixture;
    const Tensor mlp = moduleMlp(context, layer, input, config.sizesOf(layer).intermediate);
    const Tensor experts = mixtureMlp(context, layer, mixture, applyNorm(config, mixture.inputNorm, stream),
                                      routedInput(config, mixture, stream));
    return applyNorm(config, mixture.mlpNorm, mlp) + applyNorm(config, mixture.outputNorm, experts);
}

/// input: of the branch; stream: the residual stream in front of its norm.
Tensor mlpBlock(const ForwardContext& context, std::int64_t layer, const Tensor& input, const Tensor& stream)
{
    const ModelConfig& config = context.state->config;
    const MixtureWeights& mixture = context.state->layers[static_cast<std::size_t>(layer)].mixture;
    if (!config.mixture.hasExperts(layer))
        return moduleMlp(context, layer, input, config.sizesOf(layer).intermediate);
    if (config.mixture.besideMlp)
        return mlpWithExperts(context, layer, input, stream);
    const Tensor experts = mixtureMlp(context, layer, mixture, input, input);
    if (!config.mixture.hasShared(layer))
        return experts;
    const Tensor shared = moduleMlp(context, layer, input, config.mixture.sharedIntermediate);
    if (!mixture.sharedGate.defined())
        return experts + shared;
    return experts + torch::sigmoid(torch::mm(input, mixture.sharedGate.t())) * shared;
}

/// Behind attention and MLP: the layer's share of the second embedding, through a gate.
Tensor withPerLayerInput(const ModelConfig& config, const LayerWeights& weights, const Tensor& hidden,
                         const Tensor& perLayer)
{
    const Tensor inner =
        gatedActivation(torch::mm(hidden, weights.perLayerGate.t()), perLayer.contiguous(), config.activation);
    return hidden + applyNorm(config, weights.perLayerOutputNorm, torch::mm(inner, weights.perLayerOutput.t()));
}

Tensor normIfAny(const ModelConfig& config, const NormWeights& norm, const Tensor& x)
{
    return norm.weight.defined() ? applyNorm(config, norm, x) : x;
}

/// What a branch adds to the residual stream.
Tensor contribution(const ModelConfig& config, const NormWeights& norm, const Tensor& branch)
{
    const Tensor x = normIfAny(config, norm, branch);
    return config.residualFactor == 1 ? x : x * config.residualFactor;
}

} // namespace

Tensor applyNorm(const ModelConfig& config, const NormWeights& norm, const Tensor& x)
{
    if (config.layerNorm)
        return torch::layer_norm(x, {x.size(-1)}, config.normAddsOne ? norm.weight + 1 : norm.weight, norm.bias,
                                 config.normEpsilon);
    return rmsNorm(x, norm.weight, config.normEpsilon, config.normAddsOne);
}

Tensor finalHidden(const Decoder::State& state, const Tensor& hidden)
{
    Tensor normal = applyNorm(state.config, state.finalNorm, hidden);
    if (state.config.logitFactor != 1)
        normal = normal * state.config.logitFactor;
    if (!state.config.headBias)
        return normal;
    Tensor columns = torch::zeros({normal.size(0), headBiasColumns}, normal.options());
    columns.select(1, 0).fill_(1);
    return torch::cat({normal, columns}, 1);
}

Tensor layerForward(const ForwardContext& context, std::int64_t layer, const Tensor& hidden, const LayerInputs& inputs,
                    KeysAndValues* made)
{
    const ModelConfig& config = context.state->config;
    const LayerWeights& weights = context.state->layers[static_cast<std::size_t>(layer)];
    const Tensor input = normIfAny(config, weights.inputNorm, hidden);
    const Tensor attention =
        contribution(config, weights.postAttentionNorm, attentionBlock(context, layer, input, inputs.shared, made));
    const Tensor middle = hidden + attention;
    const bool shares = config.parallelBranches && config.sharedNorm;
    const Tensor mlpInput =
        shares ? input : normIfAny(config, weights.preMlpNorm, config.parallelBranches ? hidden : middle);
    Tensor output = middle + contribution(config, weights.postMlpNorm, mlpBlock(context, layer, mlpInput, middle));
    if (weights.perLayerGate.defined())
        output = withPerLayerInput(config, weights, output, inputs.perLayer);
    if (weights.scalar.defined())
        output = output * weights.scalar;
    if (context.options.observer && context.options.observer->block)
        context.options.observer->block(layer, hidden, output);
    return output;
}

} // namespace hilo
