// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/decoder.h"

#include "engine/base/torch_border.h"
#include "engine/model/cached_batch.h"
#include "engine/model/decoder_state.h"
#include "engine/model/key_value_cache.h"
#include "engine/model/layer.h"
#include "engine/model/layer_functions.h"
#include "engine/model/mixture_mlp.h"
#include "engine/model/recompute.h"
#include "engine/model/weight_tensors.h"
#include "formats/layer_modules.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>

namespace hilo {

using torch::Tensor;

namespace {

/// The linear weights of all layers.
std::optional<Quantisation> quantisationOf(const ModelConfig& config, std::optional<gpu::WeightFormat> format)
{
    if (!format)
        return std::nullopt;
    Quantisation quantisation;
    quantisation.format = *format;
    quantisation.transposed = config.transposedWeights;
    quantisation.transposedExperts = config.mixture.transposedExperts;
    addMixtureWeights(config, quantisation.names);
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        for (const ModuleShape& module : layerModules(config, layer))
            quantisation.names.insert(layerPrefix(config, layer) + module.path + ".weight");
    return quantisation;
}

/// What a tensor that is no matrix begins with: norms that change nothing, no biases, xIELU as in its paper; of a gated
/// delta net times and norm of 1.
std::optional<double> usualValue(const ModelConfig& config, const TensorInfo& info)
{
    if (info.name.ends_with(".linear_attn.dt_bias") || info.name.ends_with(".linear_attn.norm.weight"))
        return 1;
    if (info.name.ends_with("_bias"))
        return 0;
    if (info.name.ends_with(".router.scale") || info.name.ends_with(".per_expert_scale"))
        return 1;
    if (info.name.ends_with(".layer_scalar"))
        return 1;
    if (info.shape.size() > 1)
        return std::nullopt;
    if (info.name.ends_with(".alpha_p"))
        return std::log(std::expm1(0.8));
    if (info.name.ends_with(".alpha_n"))
        return std::log(std::expm1(0.8 - 0.5));
    if (info.name.ends_with(".beta"))
        return 0.5;
    if (info.name.ends_with(".eps"))
        return -1e-6;
    return info.name.ends_with(".weight") && !config.normAddsOne ? 1 : 0;
}

/// Draws a gated delta net's decays as transformers' class does (A of 0.01 to 16); false where the tensor is none.
bool drawDecay(const TensorInfo& info, Tensor& tensor, c10::optional<at::Generator> generator = c10::nullopt)
{
    if (!info.name.ends_with(".A_log"))
        return false;
    tensor.uniform_(0.01, 16, generator).log_();
    return true;
}

bool writesResidual(const ModelConfig& config, const std::string& name)
{
    // Of mixtures of experts: qwen3_moe and olmoe, mixtral, granitemoe, gpt_oss.
    for (const char* end : {".down_proj.weight", ".w2.weight", ".output_linear.weight", ".experts.down_proj"})
        if (config.mixture.isMixture() && name.ends_with(end))
            return true;
    const ModuleGrid modules = moduleGrid(config);
    for (std::size_t column = 0; column < modules.columns(); ++column) {
        const ModuleShape& shape = modules.example(column);
        if ((shape.inputGroup == 1 || shape.inputGroup == 3) && name.ends_with(shape.path + ".weight"))
            return true;
    }
    return false;
}

} // namespace

Decoder::Decoder(std::shared_ptr<State> state) : state_(std::move(state)) {}

Result<std::shared_ptr<Decoder>> Decoder::load(const ModelSource& model, torch::Dtype dtype, torch::Device device,
                                               const Progress& progress, std::optional<gpu::WeightFormat> format)
{
    auto state = std::make_shared<State>();
    HILO_CHECK(atTorchBorder([&]() -> Status {
        state->config = model.config;
        state->dtype = dtype;
        state->device = device;
        state->source = model.weights;
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
        const auto usual = usualValue(config, info);
        if (usual && !drawDecay(info, tensor, generator))
            tensor.fill_(*usual);
        else if (!usual)
            tensor.normal_(
                0,
                writesResidual(config, info.name) ? 0.02 / std::sqrt(2.0 * static_cast<double>(config.layers)) : 0.02,
                generator);
        // xIELU's two constants and the factors on layers are no parameters.
        state->tensors[info.name] = tensor.requires_grad_(!info.shape.empty() && !info.name.ends_with(".layer_scalar"));
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
        if (const auto usual = usualValue(config, info); usual && !drawDecay(info, tensor))
            tensor.fill_(*usual);
        else if (!usual)
            tensor.normal_(0, 0.02);
        if (quantisation && quantisation->names.contains(info.name)) {
            addQuantised(state->quantised, info.name, tensor.to(torch::kCPU, torch::kFloat32), *quantisation, device);
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
    if (options.embeddingNoise.defined())
        hidden = hidden + options.embeddingNoise.to(hidden.options());
    SideInputs side;
    side.perLayer = perLayerInputs(*state_, batch, hidden);
    const bool recompute = options.recomputeActivations && torch::GradMode::is_enabled();
    for (std::int64_t layer = 0; layer < state_->config.layers; ++layer) {
        const LayerInputs inputs = side.of(state_->config, layer);
        KeysAndValues made;
        hidden = recompute && layer < options.recomputedLayers ? recomputedLayer(context, layer, hidden, inputs, made)
                                                               : layerForward(*context, layer, hidden, inputs, &made);
        side.keep(state_->config, layer, std::move(made));
    }
    return finalHidden(*state_, hidden);
}

Tensor Decoder::outputWeight() const
{
    return state_->outputNow();
}

Tensor Decoder::logits(const Tensor& hidden) const
{
    return logitsOf(hidden, state_->outputNow(), state_->config.logitSoftcap);
}

std::optional<Error> Decoder::brokenWeight() const
{
    return brokenTensor(state_->tensors, state_->source.get());
}

Tensor Decoder::hiddenCached(const PackedBatch& packed, KeyValueCache& cache, const ForwardOptions& options) const
{
    const torch::NoGradGuard noGradients;
    const CachedBatch cached = batchForCache(state_->config, packed, cache);
    const PackedBatch batch = cached.batch.to(state_->device);
    ForwardContext context;
    context.state = state_.get();
    context.options = options;
    context.cache = &cache;
    context.batch = &batch;
    context.cachedPlan = CachedPlan(batch, cache, state_->device);
    addRotation(*state_, batch, context);
    std::vector<std::int64_t> lengths;
    for (std::int64_t s = 0; s < batch.sequences(); ++s)
        lengths.push_back(cache.length(s) + batch.starts[static_cast<std::size_t>(s) + 1] -
                          batch.starts[static_cast<std::size_t>(s)]);
    if (!lengths.empty())
        cache.reserve(*std::max_element(lengths.begin(), lengths.end()));
    Tensor hidden = embedTokens(*state_, batch);
    SideInputs side;
    side.perLayer = perLayerInputs(*state_, batch, hidden);
    for (std::int64_t layer = 0; layer < state_->config.layers; ++layer)
        hidden = layerForward(context, layer, hidden, side.of(state_->config, layer));
    cache.setLengths(std::move(lengths));
    hidden = finalHidden(*state_, hidden);
    return cached.rows.defined() ? hidden.index_select(0, cached.rows.to(state_->device)) : hidden;
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
    std::vector<std::pair<std::string, Tensor>> parameters;
    if (state_->trainable)
        for (const auto& [name, tensor] : state_->tensors)
            if (tensor.requires_grad())
                parameters.emplace_back(name, tensor);
    return parameters;
}

std::vector<std::pair<std::string, Tensor>> Decoder::tensors() const
{
    return {state_->tensors.begin(), state_->tensors.end()};
}

} // namespace hilo
