// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/operators/operators.h"

#include "gpu/operators/call.h"
#include "gpu/operators/kernel_views.h"

#include <cmath>
#include <limits>

namespace hilo::gpu {

using torch::Tensor;

Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon, bool addsOne)
{
    static const auto call = operatorOf<Tensor(const Tensor&, const Tensor&, double, bool)>("hilo::rms_norm");
    return call.call(x, weight, epsilon, addsOne);
}

Tensor rotate(const Tensor& x, const Tensor& cos, const Tensor& sin)
{
    static const auto call = operatorOf<Tensor(const Tensor&, const Tensor&, const Tensor&, bool)>("hilo::rotate");
    return call.call(x, cos, sin, false);
}

Tensor gatedActivation(const Tensor& gate, const Tensor& up, std::int64_t activation)
{
    static const auto call = operatorOf<Tensor(const Tensor&, const Tensor&, std::int64_t)>("hilo::gated");
    return call.call(gate, up, activation);
}

Tensor dropout(const Tensor& x, double probability, std::uint64_t key)
{
    static const auto call = operatorOf<Tensor(const Tensor&, double, std::int64_t)>("hilo::dropout");
    return call.call(x, probability, static_cast<std::int64_t>(key));
}

Tensor droppedProduct(const Tensor& x, const Tensor& weight, double probability, std::uint64_t key)
{
    static const auto call =
        operatorOf<Tensor(const Tensor&, const Tensor&, double, std::int64_t)>("hilo::dropped_product");
    return call.call(x, weight, probability, static_cast<std::int64_t>(key));
}

RoutingTables RoutingTables::of(const RoutingPlan& plan, torch::Device device)
{
    RoutingTables tables;
    tables.modules = static_cast<std::int64_t>(plan.modules.size());
    tables.experts = static_cast<std::int64_t>(plan.experts.size());
    tables.ranks = plan.ranks;
    std::vector<std::int32_t> words;
    const auto add = [&words](std::int64_t value) { words.push_back(static_cast<std::int32_t>(value)); };
    for (const std::int64_t size : {tables.modules, tables.experts, plan.ranks, plan.logits})
        add(size);
    for (const ModuleRouting& module : plan.modules)
        for (const std::int64_t value :
             {module.firstExpert, module.experts, module.nullExperts, module.firstLogit, module.topK,
              static_cast<std::int64_t>(module.dense), static_cast<std::int64_t>(std::llround(module.topP * 1e6))})
            add(value);
    std::vector<std::int32_t> columns(static_cast<std::size_t>(plan.ranks), 0);
    std::vector<float> scales;
    for (std::size_t index = 0; index < plan.modules.size(); ++index) {
        const ModuleRouting& module = plan.modules[index];
        for (std::int64_t i = 0; i < module.experts; ++i) {
            const std::int64_t number = module.firstExpert + i;
            const ExpertColumns& expert = plan.experts[static_cast<std::size_t>(number)];
            add(expert.begin);
            add(expert.end);
            add(module.firstLogit < 0 ? -1 : module.firstLogit + i);
            add(static_cast<std::int64_t>(index));
            scales.push_back(expert.scale);
            for (std::int64_t column = expert.begin; column < expert.end; ++column)
                columns[static_cast<std::size_t>(column)] = static_cast<std::int32_t>(number);
        }
    }
    words.insert(words.end(), columns.begin(), columns.end());
    tables.words = torch::tensor(words, torch::kInt32).to(device);
    tables.scales = torch::tensor(scales, torch::kFloat32).to(device);
    return tables;
}

Routed route(const Tensor& product, const RoutingTables& tables, torch::Dtype type, const Tensor& counts,
             const Tensor& counted)
{
    static const auto call = operatorOf<std::tuple<Tensor, Tensor>(
        const Tensor&, const Tensor&, const Tensor&, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
        const OptionalTensor&, const OptionalTensor&)>("hilo::route");
    auto [gates, weighted] =
        call.call(product, tables.words, tables.scales, tables.modules, tables.experts, tables.ranks,
                  static_cast<std::int64_t>(type), optional(counts), optional(counted));
    return {gates, weighted};
}

RoutedGradients routeBackward(const Tensor& product, const Tensor& gates, const RoutingTables& tables,
                              const Tensor& slope, const Tensor& slopes, torch::Dtype productType,
                              const Tensor& counted)
{
    static const auto call = operatorOf<std::tuple<Tensor, Tensor>(
        const Tensor&, const Tensor&, const Tensor&, const Tensor&, std::int64_t, std::int64_t, std::int64_t,
        const Tensor&, const OptionalTensor&, const OptionalTensor&, std::int64_t)>("hilo::route_backward");
    auto [weighted, gradient] =
        call.call(product, gates, tables.words, tables.scales, tables.modules, tables.experts, tables.ranks, slope,
                  optional(slopes), optional(counted), static_cast<std::int64_t>(productType));
    return {weighted, gradient};
}

Balance balance(const Tensor& counts, const Tensor& records, std::int64_t layers, std::int64_t tokens,
                const Tensor& counted)
{
    static const auto call = operatorOf<std::tuple<Tensor, Tensor>(
        const Tensor&, const Tensor&, std::int64_t, std::int64_t, const OptionalTensor&)>("hilo::balance");
    auto [loss, slopes] = call.call(counts, records, layers, tokens, optional(counted));
    return {loss, slopes};
}

Tensor crossEntropyInPlace(const Tensor& logits, const Tensor& labels, double softcap)
{
    static const auto call = operatorOf<Tensor(const Tensor&, const Tensor&, double)>("hilo::cross_entropy_");
    return call.call(logits, labels, softcap);
}

RowSoftmaxes RowSoftmaxes::of(std::int64_t rows, torch::Device device)
{
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(device);
    return {torch::full({rows}, -std::numeric_limits<float>::infinity(), options), torch::zeros({rows}, options),
            torch::zeros({rows}, options)};
}

void crossEntropyChunk(const Tensor& logits, const Tensor& labels, std::int64_t first, double softcap,
                       const RowSoftmaxes& softmaxes)
{
    static const auto call = operatorOf<void(const Tensor&, const Tensor&, std::int64_t, double, const Tensor&,
                                             const Tensor&, const Tensor&)>("hilo::cross_entropy_chunk");
    call.call(logits, labels, first, softcap, softmaxes.maximum, softmaxes.sum, softmaxes.ofLabel);
}

void crossEntropyChunkGradientInPlace(const Tensor& logits, const Tensor& labels, std::int64_t first, double softcap,
                                      const Tensor& logSum)
{
    static const auto call = operatorOf<void(const Tensor&, const Tensor&, std::int64_t, double, const Tensor&)>(
        "hilo::cross_entropy_chunk_gradient_");
    call.call(logits, labels, first, softcap, logSum);
}

} // namespace hilo::gpu
