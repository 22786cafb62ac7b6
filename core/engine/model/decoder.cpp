// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/decoder.h"

#include "engine/base/torch_border.h"
#include "engine/model/decoder_state.h"
#include "engine/model/key_value_cache.h"
#include "engine/model/layer.h"
#include "engine/model/layer_functions.h"
#include "engine/model/recompute.h"
#include "engine/model/rope.h"
#include "engine/model/weight_tensors.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>

namespace hilo {

using torch::Tensor;

std::string layerPrefix(const ModelConfig& config, std::int64_t layer)
{
    return (config.family == Family::Gpt2 ? "transformer.h." : "model.layers.") + std::to_string(layer) + ".";
}

namespace {

/// The linear weights of all layers.
std::optional<Quantisation> quantisationOf(const ModelConfig& config, std::optional<gpu::WeightFormat> format)
{
    if (!format)
        return std::nullopt;
    Quantisation quantisation;
    quantisation.format = *format;
    quantisation.transposed = config.family == Family::Gpt2;
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        for (const ModuleShape& module : moduleShapes(config))
            quantisation.names.insert(layerPrefix(config, layer) + module.path + ".weight");
    return quantisation;
}

/// [headDimension / 2] float32.
Tensor frequenciesOn(torch::Device device, const RopeFrequencies& rope)
{
    const Tensor values = torch::tensor(rope.frequencies, torch::kFloat64).to(torch::kFloat32);
    return device.is_cuda() ? values.pin_memory().to(device, true) : values;
}

} // namespace

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

Decoder::Decoder(std::shared_ptr<State> state) : state_(std::move(state)) {}

Result<std::shared_ptr<Decoder>> Decoder::load(const ModelSource& model, torch::Dtype dtype, torch::Device device,
                                               const Progress& progress, std::optional<gpu::WeightFormat> format)
{
    auto state = std::make_shared<State>();
    HILO_CHECK(atTorchBorder([&]() -> Status {
        state->config = model.config;
        state->dtype = dtype;
        state->device = device;
        HILO_TRY(LoadedTensors loaded,
                 loadTensors(model, dtype, device, quantisationOf(model.config, format), progress));
        state->tensors = std::move(loaded.plain);
        state->quantised = std::move(loaded.quantised);
        state->assemble();
        return {};
    }));
    return std::make_shared<Decoder>(std::move(state));
}

std::shared_ptr<Decoder> Decoder::random(const ModelConfig& config, std::int64_t seed)
{
    auto state = std::make_shared<State>();
    state->config = config;
    state->trainable = true;
    auto generator = at::detail::createCPUGenerator(static_cast<std::uint64_t>(seed));
    for (const TensorInfo& info : expectedTensors(config)) {
        Tensor tensor = torch::empty(info.shape, torch::kFloat32);
        const bool isNorm = info.shape.size() == 1 && info.name.ends_with(".weight");
        const bool writesResidual = info.name.ends_with("o_proj.weight") || info.name.ends_with("down_proj.weight") ||
                                    info.name.ends_with("c_proj.weight");
        if (isNorm)
            tensor.fill_(config.normAddsOne ? 0 : 1);
        else if (info.name.ends_with(".bias"))
            tensor.zero_();
        else
            tensor.normal_(0, writesResidual ? 0.02 / std::sqrt(2.0 * static_cast<double>(config.layers)) : 0.02,
                           generator);
        state->tensors[info.name] = tensor.requires_grad_(true);
    }
    state->assemble();
    return std::make_shared<Decoder>(std::move(state));
}

std::shared_ptr<Decoder> Decoder::randomFrozen(const ModelConfig& config, torch::Dtype dtype, torch::Device device,
                                               std::optional<gpu::WeightFormat> format)
{
    auto state = std::make_shared<State>();
    state->config = config;
    state->dtype = dtype;
    state->device = device;
    const std::optional<Quantisation> quantisation = quantisationOf(config, format);
    const auto options = torch::TensorOptions().dtype(dtype).device(device);
    for (const TensorInfo& info : expectedTensors(config)) {
        Tensor tensor = torch::empty(info.shape, options);
        if (info.shape.size() == 1)
            tensor.fill_(info.name.ends_with(".weight") && !config.normAddsOne ? 1 : 0);
        else
            tensor.normal_(0, 0.02);
        if (quantisation && quantisation->names.contains(info.name)) {
            const Tensor wide = tensor.to(torch::kCPU, torch::kFloat32);
            state->quantised[info.name] = gpu::quantise(quantisation->transposed ? wide.t() : wide, *format).to(device);
        } else {
            state->tensors[info.name] = tensor;
        }
    }
    state->assemble();
    return std::make_shared<Decoder>(std::move(state));
}

const ModelConfig& Decoder::config() const
{
    return state_->config;
}

torch::Dtype Decoder::dtype() const
{
    return state_->dtype;
}

torch::Device Decoder::device() const
{
    return state_->device;
}

Tensor Decoder::hidden(const PackedBatch& packed, const ForwardOptions& options) const
{
    const PackedBatch batch = packed.to(state_->device);
    auto context = std::make_shared<ForwardContext>();
    context->state = state_.get();
    context->options = options;
    context->plan = AttentionPlan::of(batch, state_->device, state_->dtype);
    addRotation(*state_, batch, *context);
    Tensor hidden = embedTokens(*state_, batch);
    const bool recompute = options.recomputeActivations && torch::GradMode::is_enabled();
    for (std::int64_t layer = 0; layer < state_->config.layers; ++layer)
        hidden = recompute && layer < options.recomputedLayers ? recomputedLayer(context, layer, hidden)
                                                               : layerForward(*context, layer, hidden);
    return applyNorm(state_->config, state_->finalNorm, hidden);
}

const Tensor& Decoder::outputWeight() const
{
    return state_->output;
}

Tensor Decoder::logits(const Tensor& hidden) const
{
    return logitsOf(hidden, state_->output, state_->config.logitSoftcap);
}

Tensor Decoder::hiddenCached(const PackedBatch& packed, KeyValueCache& cache, const ForwardOptions& options) const
{
    const torch::NoGradGuard noGradients;
    const PackedBatch batch = packed.to(state_->device);
    ForwardContext context;
    context.state = state_.get();
    context.options = options;
    context.cache = &cache;
    context.batch = &batch;
    addRotation(*state_, batch, context);
    std::vector<std::int64_t> lengths;
    for (std::int64_t s = 0; s < batch.sequences(); ++s)
        lengths.push_back(cache.length(s) + batch.starts[static_cast<std::size_t>(s) + 1] -
                          batch.starts[static_cast<std::size_t>(s)]);
    if (!lengths.empty())
        cache.reserve(*std::max_element(lengths.begin(), lengths.end()));
    Tensor hidden = embedTokens(*state_, batch);
    for (std::int64_t layer = 0; layer < state_->config.layers; ++layer)
        hidden = layerForward(context, layer, hidden);
    cache.setLengths(std::move(lengths));
    return applyNorm(state_->config, state_->finalNorm, hidden);
}

Tensor Decoder::moduleWeight(std::int64_t layer, int module) const
{
    const LayerWeights& weights = state_->layers[static_cast<std::size_t>(layer)];
    const gpu::QuantisedWeight& quantised = weights.quantised[static_cast<std::size_t>(module)];
    return quantised.defined() ? gpu::dequantise(quantised, state_->dtype)
                               : weights.weights[static_cast<std::size_t>(module)];
}

std::vector<std::pair<std::string, Tensor>> Decoder::parameters() const
{
    return state_->trainable ? tensors() : std::vector<std::pair<std::string, Tensor>>{};
}

std::vector<std::pair<std::string, Tensor>> Decoder::tensors() const
{
    return {state_->tensors.begin(), state_->tensors.end()};
}

} // namespace hilo
