// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/mixture_mlp.h"

#include "engine/model/layer_functions.h"
#include "engine/model/weight_tensors.h"
#include "formats/mixture_layout.h"

#include <cmath>

namespace hilo {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// x.index_select(0, rows), where every row of x is taken as often as every other. back lists the places of each row's
/// copies, so that the gradient is a sum in an order of its own: index_select's adds row by row, and on a GPU in any
/// order.
struct TakenRowsFunction : torch::autograd::Function<TakenRowsFunction>
{
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& rows, const Tensor& back)
    {
        context->save_for_backward({back});
        context->saved_data["rows"] = x.size(0);
        return x.index_select(0, rows);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const std::int64_t rows = context->saved_data["rows"].toInt();
        const Tensor copies = gradients[0].index_select(0, context->get_saved_variables()[0]);
        return {copies.view({rows, -1, copies.size(1)}).sum(1), Variable(), Variable()};
    }
};

Tensor linear(const FrozenLinear& layer, const Tensor& x)
{
    if (layer.quantised.defined()) {
        const Tensor product = gpu::quantisedLinear(x, layer.quantised);
        return layer.bias.defined() ? product + layer.bias : product;
    }
    return layer.bias.defined() ? torch::addmm(layer.bias, x, layer.weight.t()) : torch::mm(x, layer.weight.t());
}

/// gpt_oss: gate and up in turns, both limited.
Tensor limitedGate(const BaseMixture& mixture, const Tensor& both)
{
    const Tensor pairs = both.view({both.size(0), -1, 2});
    const Tensor gate = pairs.select(2, 0).clamp_max(mixture.limit);
    const Tensor up = pairs.select(2, 1).clamp(-mixture.limit, mixture.limit);
    return (up + 1) * (gate * torch::sigmoid(gate * mixture.gateSlope));
}

/// Of gate and up in one product.
Tensor gatedInner(const ModelConfig& config, const Tensor& both)
{
    if (config.mixture.gateSlope > 0)
        return limitedGate(config.mixture, both);
    const std::int64_t width = both.size(1) / 2;
    return gatedActivation(both.narrow(1, 0, width), both.narrow(1, width, width), config.activation);
}

Tensor gatedMlp(const ModelConfig& config, const GatedMlpWeights& mlp, const Tensor& x)
{
    const Tensor first = linear(mlp.in, x);
    return linear(mlp.down, mlp.up.defined() ? gatedActivation(first, linear(mlp.up, x), config.activation)
                                             : gatedInner(config, first));
}

struct ChosenExperts
{
    Tensor weights; ///< [T, active] float32
    Tensor experts; ///< [T, active] int64
};

/// The weights of the chosen experts times each expert's own number, where the family has them.
Tensor scaledByExpert(const MixtureWeights& weights, const Tensor& shares, const Tensor& experts)
{
    if (!weights.expertScale.defined())
        return shares;
    return shares * weights.expertScale.to(torch::kFloat32).index_select(0, experts.flatten()).view_as(shares);
}

ChosenExperts chosenExperts(const BaseMixture& mixture, const MixtureWeights& weights, const Tensor& input)
{
    const Tensor product = weights.routerBias.defined() ? torch::addmm(weights.routerBias, input, weights.router.t())
                                                        : torch::mm(input, weights.router.t());
    const Tensor logits = product.to(torch::kFloat32);
    // Softmax keeps the order, and shares that are made to sum to one are the softmax of the chosen logits.
    if (mixture.weightsSumToOne) {
        const auto [values, experts] = torch::topk(logits, mixture.active, 1);
        return {scaledByExpert(weights, torch::softmax(values, 1), experts), experts};
    }
    const auto [values, experts] = torch::topk(torch::softmax(logits, 1), mixture.active, 1);
    return {values, experts};
}

/// byToken [T · active, hidden]: what the experts of each token gave.
Tensor weightedSum(const Tensor& byToken, const ChosenExperts& chosen, const Tensor& input)
{
    const Tensor outputs = byToken.view({input.size(0), chosen.weights.size(1), -1});
    return (outputs * chosen.weights.to(input.scalar_type()).unsqueeze(2)).sum(1);
}

/// The experts' outputs where an adapter adds to what they multiply: the frozen products of all experts stand behind
/// one another, so that it adds to all of them at once. sorted: each expert's rows behind one another.
/// tokens: of each row.
Tensor adaptedExperts(const ForwardContext& context, std::int64_t layer, const MixtureWeights& weights,
                      const Tensor& sorted, const std::vector<std::int64_t>& counts, const Tensor& tokens)
{
    const auto handOver = [&](BaseExpertWeight which, const Tensor& rows, const Tensor& output) {
        if (const ForwardObserver* observer = context.options.observer; observer && observer->expertInput)
            observer->expertInput(layer, which, rows, counts, tokens);
        ModuleAdapter* adapter = context.options.adapter;
        return adapter ? adapter->addToExperts(layer, which, rows, counts, output) : output;
    };
    const auto products = [&](const Tensor& rows, const auto& product) {
        const std::vector<Tensor> parts = rows.split_with_sizes(counts, 0);
        std::vector<Tensor> outputs;
        for (std::size_t expert = 0; expert < parts.size(); ++expert)
            outputs.push_back(product(weights.experts[expert], parts[expert]));
        return torch::cat(outputs);
    };
    Tensor both = products(sorted, [](const GatedMlpWeights& mlp, const Tensor& x) {
        return mlp.up.defined() ? torch::cat({linear(mlp.in, x), linear(mlp.up, x)}, 1) : linear(mlp.in, x);
    });
    both = handOver(BaseExpertWeight::In, sorted, both);
    const Tensor inner = gatedInner(context.state->config, both);
    const Tensor down =
        products(inner, [](const GatedMlpWeights& mlp, const Tensor& x) { return linear(mlp.down, x); });
    return handOver(BaseExpertWeight::Down, inner, down);
}

/// Whether somebody adds to what the experts multiply, or looks at it.
bool isWatched(const ForwardOptions& options, std::int64_t layer)
{
    return (options.adapter && options.adapter->adaptsExperts(layer)) ||
           (options.observer && options.observer->expertInput);
}

std::vector<std::int64_t> countsOf(const Tensor& experts, std::int64_t count)
{
    std::vector<std::int64_t> counts(static_cast<std::size_t>(count), 0);
    const Tensor here = experts.to(torch::kCPU);
    const auto* chosen = here.data_ptr<std::int64_t>();
    for (std::int64_t i = 0; i < here.numel(); ++i)
        ++counts[static_cast<std::size_t>(chosen[i])];
    return counts;
}

FrozenLinear linearOf(const Decoder::State& state, const std::string& weight, const std::string& bias)
{
    FrozenLinear one;
    one.weight = state.tensor(weight);
    one.bias = bias.empty() ? Tensor() : state.tensor(bias);
    if (const auto found = state.quantised.find(weight); found != state.quantised.end())
        one.quantised = found->second;
    return one;
}

/// An expert's share of a tensor that holds all of them.
FrozenLinear fusedLinear(const Decoder::State& state, const std::string& weight, const std::string& bias,
                         std::int64_t expert)
{
    FrozenLinear one;
    if (const Tensor all = state.tensor(weight); all.defined()) {
        const Tensor own = all.select(0, expert);
        one.weight = state.config.mixture.transposedExperts ? own.t() : own;
    }
    if (const auto found = state.quantised.find(nameOfExpert(weight, expert)); found != state.quantised.end())
        one.quantised = found->second;
    if (!bias.empty())
        one.bias = state.tensor(bias).select(0, expert);
    return one;
}

} // namespace

MixtureWeights mixtureWeights(const Decoder::State& state, std::int64_t layer)
{
    MixtureWeights weights;
    const MixtureNames names = mixtureNames(state.config, layer);
    if (!names.router.empty())
        weights.router = state.tensor(names.router);
    if (!names.routerBias.empty())
        weights.routerBias = state.tensor(names.routerBias);
    if (!names.sharedGate.empty())
        weights.sharedGate = state.tensor(names.sharedGate);
    if (!names.routerScale.empty()) {
        weights.routerScale = state.tensor(names.routerScale);
        weights.expertScale = state.tensor(names.expertScale);
        weights.mlpNorm.weight = state.tensor(names.mlpNorm);
        weights.inputNorm.weight = state.tensor(names.inputNorm);
        weights.outputNorm.weight = state.tensor(names.outputNorm);
    }
    for (const GatedMlpNames& mlp : names.mlps)
        weights.experts.push_back({linearOf(state, mlp.gate + ".weight", {}), linearOf(state, mlp.up + ".weight", {}),
                                   linearOf(state, mlp.down + ".weight", {})});
    for (std::int64_t expert = 0; !names.in.empty() && expert < state.config.mixture.experts; ++expert)
        weights.experts.push_back({fusedLinear(state, names.in, names.inBias, expert),
                                   {},
                                   fusedLinear(state, names.out, names.outBias, expert)});
    return weights;
}

Tensor expertWeight(const MixtureWeights& weights, BaseExpertWeight which, std::int64_t expert)
{
    const GatedMlpWeights& own = weights.experts[static_cast<std::size_t>(expert)];
    const auto plain = [](const FrozenLinear& linear) {
        return linear.quantised.defined() ? gpu::dequantise(linear.quantised, torch::kFloat32) : linear.weight;
    };
    if (which == BaseExpertWeight::Down)
        return plain(own.down);
    return own.up.defined() ? torch::cat({plain(own.in), plain(own.up)}) : plain(own.in);
}

void addMixtureWeights(const ModelConfig& config, std::set<std::string>& names)
{
    for (std::int64_t layer = 0; layer < config.layers; ++layer) {
        const MixtureNames own = mixtureNames(config, layer);
        for (const GatedMlpNames& mlp : own.mlps)
            names.insert({mlp.gate + ".weight", mlp.up + ".weight", mlp.down + ".weight"});
        if (!own.in.empty())
            names.insert({own.in, own.out});
    }
}

Tensor routedInput(const ModelConfig& config, const MixtureWeights& weights, const Tensor& x)
{
    const Tensor normal = rmsNorm(x, torch::ones_like(weights.routerScale).detach(), config.normEpsilon, false);
    return normal * weights.routerScale / std::sqrt(static_cast<double>(config.hidden));
}

Tensor mixtureMlp(const ForwardContext& context, std::int64_t layer, const MixtureWeights& weights, const Tensor& input,
                  const Tensor& routed)
{
    const ModelConfig& config = context.state->config;
    const BaseMixture& mixture = config.mixture;
    const std::int64_t active = mixture.active;
    const ChosenExperts chosen = chosenExperts(mixture, weights, routed);
    const Tensor flat = chosen.experts.flatten();
    const Tensor order = std::get<1>(torch::sort(flat, c10::optional<bool>(true), 0, false));
    // Where each token's outputs stand when they are sorted by expert.
    Tensor places = torch::empty_like(order);
    places.index_copy_(0, order, torch::arange(order.size(0), order.options()));
    const Tensor tokens = order.div(active, "floor");
    Tensor sorted = TakenRowsFunction::apply(input, tokens, places);
    const std::vector<std::int64_t> counts = countsOf(flat, mixture.experts);
    if (isWatched(context.options, layer)) {
        const Tensor adapted = adaptedExperts(context, layer, weights, sorted, counts, tokens);
        return weightedSum(TakenRowsFunction::apply(adapted, places, order), chosen, input);
    }
    // Parts of one split: the gradient of a part that is cut out by itself is as large as the whole.
    std::vector<Tensor> parts = sorted.split_with_sizes(counts, 0);
    sorted = Tensor();
    std::vector<Tensor> outputs;
    for (std::size_t expert = 0; expert < parts.size(); ++expert)
        if (parts[expert].size(0) > 0)
            outputs.push_back(gatedMlp(config, weights.experts[expert], parts[expert]));
    parts.clear();
    if (outputs.empty())
        return torch::zeros_like(input);
    Tensor joined = torch::cat(outputs);
    outputs.clear();
    const Tensor byToken = TakenRowsFunction::apply(joined, places, order);
    joined = Tensor();
    return weightedSum(byToken, chosen, input);
}

} // namespace hilo
