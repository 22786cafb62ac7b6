// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/streamed_model.h"

#include "engine/model/decoder_state.h"
#include "engine/model/layer.h"
#include "engine/model/layer_functions.h"
#include "engine/model/mixture_mlp.h"
#include "engine/model/weight_tensors.h"

namespace hilo {

using torch::Tensor;

namespace {

/// The type in which a tensor stays a view of the mapped file; otherwise the model's.
torch::Dtype storedType(const WeightSource& weights, const std::string& name, torch::Dtype otherwise)
{
    const auto info = weights.find(name);
    if (!info)
        return otherwise;
    switch (info->type) {
    case DataType::F32:
        return torch::kFloat32;
    case DataType::BF16:
        return torch::kBFloat16;
    case DataType::F16:
        return torch::kFloat16;
    default:
        return otherwise;
    }
}

} // namespace

StreamedModel::StreamedModel(ModelSource source, std::shared_ptr<Decoder::State> state)
    : source_(std::move(source)), state_(std::move(state))
{
}

Result<StreamedModel> StreamedModel::open(const ModelSource& model, torch::Dtype dtype, torch::Device device)
{
    if (!model.weights)
        return failure(weightsMissing(model, "a profile"));
    auto state = std::make_shared<Decoder::State>();
    state->config = model.config;
    state->dtype = dtype;
    state->device = device;
    const std::string second = tensorLayout(model.config).perLayerEmbedding + ".weight";
    const std::string layers = layerPrefix(model.config, 0).substr(0, layerPrefix(model.config, 0).size() - 2);
    for (const TensorInfo& info : expectedTensors(model.config)) {
        if (info.name.starts_with(layers))
            continue;
        const torch::Dtype type =
            info.name == second && device.is_cpu() ? storedType(*model.weights, info.name, dtype) : dtype;
        HILO_TRY(state->tensors[info.name], loadTensor(*model.weights, info, type, device));
    }
    state->assembleEnds();
    state->layers.resize(static_cast<std::size_t>(model.config.layers));
    return StreamedModel(model, std::move(state));
}

const ModelConfig& StreamedModel::config() const
{
    return state_->config;
}

Tensor StreamedModel::moduleWeight(int module) const
{
    return state_->layers[static_cast<std::size_t>(loaded_)].weights[static_cast<std::size_t>(module)];
}

Tensor StreamedModel::expertWeight(BaseExpertWeight which, std::int64_t expert) const
{
    return hilo::expertWeight(state_->layers[static_cast<std::size_t>(loaded_)].mixture, which, expert);
}

const Tensor& StreamedModel::outputWeight() const
{
    return state_->output;
}

const Tensor& StreamedModel::perLayerEmbedding() const
{
    return state_->perLayerEmbedding;
}

Status StreamedModel::loadLayer(std::int64_t layer)
{
    if (layer == loaded_)
        return {};
    if (loaded_ >= 0) {
        state_->layers[static_cast<std::size_t>(loaded_)] = {};
        const std::string old = layerPrefix(state_->config, loaded_);
        std::erase_if(state_->tensors, [&old](const auto& entry) { return entry.first.starts_with(old); });
        loaded_ = -1;
    }
    const std::string prefix = layerPrefix(state_->config, layer);
    for (const TensorInfo& info : expectedTensors(state_->config)) {
        if (!info.name.starts_with(prefix))
            continue;
        HILO_TRY(state_->tensors[info.name], loadTensor(*source_.weights, info, state_->dtype, state_->device));
    }
    state_->layers[static_cast<std::size_t>(layer)] = state_->layerOf(layer);
    loaded_ = layer;
    return {};
}

std::shared_ptr<ForwardContext> StreamedModel::begin(const PackedBatch& batch) const
{
    auto context = std::make_shared<ForwardContext>();
    context->state = state_.get();
    context->plan = AttentionPlan::of(batch, state_->device, state_->dtype);
    addRotation(*state_, batch, *context);
    if (state_->perLayerEmbedding.defined())
        context->side.perLayer = perLayerInputs(*state_, batch, embedTokens(*state_, batch));
    return context;
}

Tensor StreamedModel::embed(const PackedBatch& batch) const
{
    return embedTokens(*state_, batch);
}

Tensor StreamedModel::layer(ForwardContext& context, const Tensor& hidden, const ForwardOptions& options) const
{
    context.options = options;
    KeysAndValues made;
    const Tensor output = layerForward(context, loaded_, hidden, context.side.of(config(), loaded_), &made);
    context.side.keep(config(), loaded_, std::move(made));
    return output;
}

Tensor StreamedModel::backward(ForwardContext& context, const Tensor& input, const Tensor& gradient,
                               const ForwardOptions& options) const
{
    const torch::AutoGradMode enabled(true);
    context.options = options;
    const Tensor hidden = input.detach().requires_grad_(true);
    LayerInputs inputs = context.side.of(config(), loaded_);
    const bool shares = inputs.shared.key.defined();
    if (shares)
        inputs.shared = {inputs.shared.key.detach().requires_grad_(true),
                         inputs.shared.value.detach().requires_grad_(true)};
    KeysAndValues made;
    std::vector<Tensor> outputs{layerForward(context, loaded_, hidden, inputs, &made)};
    std::vector<Tensor> gradients{gradient};
    // What the layers behind this one had of its keys and values.
    if (const auto later = context.side.gradients.find(loaded_); later != context.side.gradients.end()) {
        outputs.insert(outputs.end(), {made.key, made.value});
        gradients.insert(gradients.end(), {later->second.key, later->second.value});
    }
    torch::autograd::backward(outputs, gradients);
    if (shares) {
        const torch::NoGradGuard noGradients;
        KeysAndValues& sum = context.side.gradients[config().keyValueLayerOf(loaded_)];
        const Tensor key = inputs.shared.key.grad(), value = inputs.shared.value.grad();
        sum = sum.key.defined() ? KeysAndValues{sum.key + key, sum.value + value} : KeysAndValues{key, value};
    }
    return hidden.grad();
}

std::shared_ptr<ForwardContext> StreamedModel::copyOf(const ForwardContext& context)
{
    return std::make_shared<ForwardContext>(context);
}

Tensor StreamedModel::finalNorm(const Tensor& hidden) const
{
    return finalHidden(*state_, hidden);
}

Tensor StreamedModel::logits(const Tensor& hidden) const
{
    return logitsOf(hidden, state_->output, state_->config.logitSoftcap);
}

std::optional<Error> StreamedModel::brokenWeight() const
{
    return brokenTensor(state_->tensors, source_.weights.get());
}

Status StreamedModel::checkFinite(const Tensor& hidden) const
{
    if (hidden.isfinite().all().item<bool>())
        return {};
    if (const std::optional<Error> broken = brokenWeight())
        return failure(*broken);
    return failure(badInput({}, "layer " + std::to_string(loaded_),
                            "The model's activations are not finite, so they can't be profiled.",
                            "Use another checkpoint."));
}

} // namespace hilo
