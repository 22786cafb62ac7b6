// SPDX-License-Identifier: GPL-3.0-or-later
// The operators on the CPU: LibTorch's own vectorised operations where they are as good, our loops where they are not.
#include "gpu/operators/cpu_operators.h"

#include "gpu/cpu/adamw.h"
#include "gpu/cpu/cross_entropy.h"
#include "gpu/cpu/dropout.h"
#include "gpu/cpu/routing.h"
#include "gpu/kernels/balance.h"
#include "gpu/operators/kernel_views.h"
#include "gpu/tensor.h"

#include <ATen/Parallel.h>
#include <torch/library.h>

#include <cmath>

namespace hilo::gpu {
namespace {

using torch::Tensor;

Tensor inverseRmsOf(const Tensor& wide, double epsilon)
{
    return wide.square().mean(-1, true).add_(epsilon).rsqrt_();
}

Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon, bool addsOne)
{
    const Tensor wide = x.to(torch::kFloat32);
    const Tensor normal = wide * inverseRmsOf(wide, epsilon);
    if (addsOne)
        return (normal * (weight.to(torch::kFloat32) + 1)).to(x.scalar_type());
    return normal.to(x.scalar_type()) * weight;
}

std::tuple<Tensor, Tensor> rmsNormBackward(const Tensor& gradient, const Tensor& x, const Tensor& weight,
                                           double epsilon, bool addsOne, bool wantsWeight)
{
    const Tensor wide = x.to(torch::kFloat32);
    const Tensor inverse = inverseRmsOf(wide, epsilon);
    const Tensor slope = gradient.to(torch::kFloat32);
    const Tensor normal = wide * inverse;
    Tensor factor = weight.to(torch::kFloat32);
    if (addsOne)
        factor = factor + 1;
    const Tensor scaled = slope * factor;
    const Tensor projection = (scaled * normal).mean(-1, true);
    const Tensor ofX = scaled.sub_(normal * projection).mul_(inverse).to(x.scalar_type());
    return {ofX, wantsWeight ? (slope * normal).reshape({-1, normal.size(-1)}).sum(0).to(weight.scalar_type())
                             : torch::empty({0}, weight.options())};
}

/// LibTorch 1.13 has few float16 operations on the CPU.
Tensor rotate(const Tensor& x, const Tensor& cos, const Tensor& sin, bool back)
{
    if (x.scalar_type() == torch::kFloat16)
        return rotate(x.to(torch::kFloat32), cos.to(torch::kFloat32), sin.to(torch::kFloat32), back)
            .to(torch::kFloat16);
    const auto half = x.size(-1) / 2;
    const Tensor c = cos.unsqueeze(1);
    const Tensor s = sin.unsqueeze(1);
    const Tensor first = x.narrow(-1, 0, half);
    const Tensor second = x.narrow(-1, half, half);
    Tensor result = torch::empty_like(x, x.options(), torch::MemoryFormat::Contiguous);
    Tensor left = result.narrow(-1, 0, half);
    Tensor right = result.narrow(-1, half, half);
    torch::mul_out(left, first, c);
    torch::mul_out(right, second, c);
    left.addcmul_(second, s, back ? 1 : -1);
    right.addcmul_(first, s, back ? -1 : 1);
    return result;
}

/// In the numbers of GateKind. float16 has no gelu on the CPU of LibTorch 1.13.
Tensor activationValue(const Tensor& x, std::int64_t activation)
{
    return activation == 0 ? torch::silu(x) : torch::gelu(x, activation == 1 ? "tanh" : "none");
}

Tensor activationGradient(const Tensor& gradient, const Tensor& x, std::int64_t activation)
{
    return activation == 0 ? at::silu_backward(gradient, x)
                           : at::gelu_backward(gradient, x, activation == 1 ? "tanh" : "none");
}

Tensor gated(const Tensor& gate, const Tensor& up, std::int64_t activation)
{
    if (gate.scalar_type() == torch::kFloat16)
        return gated(gate.to(torch::kFloat32), up.to(torch::kFloat32), activation).to(torch::kFloat16);
    return activationValue(gate, activation).mul_(up);
}

std::tuple<Tensor, Tensor> gatedBackward(const Tensor& gradient, const Tensor& gate, const Tensor& up,
                                         std::int64_t activation)
{
    if (gate.scalar_type() == torch::kFloat16) {
        const auto [ofGate, ofUp] =
            gatedBackward(gradient.to(torch::kFloat32), gate.to(torch::kFloat32), up.to(torch::kFloat32), activation);
        return {ofGate.to(torch::kFloat16), ofUp.to(torch::kFloat16)};
    }
    const Tensor ofUp = activationValue(gate, activation).mul_(gradient);
    return {activationGradient(gradient * up, gate, activation), ofUp};
}

Tensor dropout(const Tensor& x, double probability, std::int64_t key)
{
    const Tensor values = x.to(torch::kFloat32).contiguous();
    Tensor result = torch::empty_like(values);
    cpu::dropout(values.data_ptr<float>(), result.data_ptr<float>(), values.numel(),
                 dropoutMask(probability, static_cast<std::uint64_t>(key)));
    return result.to(x.scalar_type());
}

/// Half-precision products run in float32 where LibTorch 1.13 has none of their type.
Tensor product(const Tensor& left, const Tensor& right)
{
    if (left.scalar_type() == torch::kFloat16)
        return torch::mm(left.to(torch::kFloat32), right.to(torch::kFloat32)).to(torch::kFloat16);
    return torch::mm(left, right);
}

Tensor droppedProduct(const Tensor& x, const Tensor& weight, double probability, std::int64_t key)
{
    return product(dropout(x, probability, key), weight.t()).to(torch::kFloat32);
}

/// The tokens that count: all of them unless told.
std::int64_t countedOf(const OptionalTensor& counted, std::int64_t tokens)
{
    return counted ? std::min(tokens, *counted->data_ptr<std::int64_t>()) : tokens;
}

std::tuple<Tensor, Tensor> route(const Tensor& product, const Tensor& words, const Tensor& scales,
                                 std::int64_t /*modules*/, std::int64_t /*experts*/, std::int64_t ranks,
                                 std::int64_t type, const OptionalTensor& counts, const OptionalTensor& counted)
{
    const PlanView plan = planView(words, scales);
    const std::int64_t tokens = product.size(0);
    const std::int64_t width = ranks + plan.logits();
    Tensor gates = torch::empty({tokens, plan.logits()}, product.options());
    Tensor weighted = torch::empty({tokens, ranks}, product.options());
    const float* const values = product.data_ptr<float>();
    cpu::RoutingCounts sums;
    cpu::routeForward(plan, tokens, values, width, values + ranks, width, gates.data_ptr<float>(),
                      weighted.data_ptr<float>(), counts ? &sums : nullptr, countedOf(counted, tokens));
    if (counts && plan.logits() > 0) {
        counts->select(0, 0).add_(torch::tensor(sums.chosen, torch::kFloat64));
        counts->select(0, 1).add_(torch::tensor(sums.probability, torch::kFloat64));
    }
    return {gates, weighted.to(static_cast<torch::Dtype>(type))};
}

std::tuple<Tensor, Tensor> routeBackward(const Tensor& product, const Tensor& gates, const Tensor& words,
                                         const Tensor& scales, std::int64_t /*modules*/, std::int64_t /*experts*/,
                                         std::int64_t ranks, const Tensor& slope, const OptionalTensor& slopes,
                                         const OptionalTensor& counted, std::int64_t type)
{
    const PlanView plan = planView(words, scales);
    const std::int64_t width = ranks + plan.logits();
    const Tensor wide = slope.to(torch::kFloat32).contiguous();
    Tensor weighted = torch::empty_like(wide);
    Tensor gradient = torch::empty_like(product);
    const float* const values = product.data_ptr<float>();
    float* const result = gradient.data_ptr<float>();
    cpu::routeBackward(plan, product.size(0), values, width, values + ranks, width, gates.data_ptr<float>(),
                       wide.data_ptr<float>(), slopes ? slopes->data_ptr<float>() : nullptr,
                       {weighted.data_ptr<float>(), result, width, result + ranks, width},
                       countedOf(counted, product.size(0)));
    return {weighted.to(slope.scalar_type()), gradient.to(static_cast<torch::Dtype>(type))};
}

std::tuple<Tensor, Tensor> balance(const Tensor& counts, const Tensor& records, std::int64_t layers,
                                   std::int64_t tokens, const OptionalTensor& counted)
{
    const Tensor dense = counts.contiguous();
    const std::int64_t columns = dense.size(1);
    if (counted)
        tokens = std::max<std::int64_t>(1, *counted->data_ptr<std::int64_t>());
    Tensor slopes = torch::zeros({columns}, torch::kFloat32);
    const std::int32_t* const words = records.data_ptr<std::int32_t>();
    double loss = 0;
    for (std::int64_t layer = 0; layer < layers; ++layer)
        loss += balanceLayer(words + words[1 + layer], dense.data_ptr<double>(), dense.data_ptr<double>() + columns,
                             static_cast<double>(tokens), slopes.data_ptr<float>());
    return {torch::full({}, loss, torch::kFloat64), slopes};
}

Tensor crossEntropy(const Tensor& logits, const Tensor& labels, double softcap)
{
    TORCH_CHECK(logits.is_contiguous() && labels.is_contiguous(), "cross_entropy_ needs dense logits");
    const std::int64_t rows = logits.size(0);
    Tensor losses = torch::empty({rows}, torch::kFloat32);
    Tensor wide = logits.to(torch::kFloat32);
    cpu::crossEntropyEachRow(wide.data_ptr<float>(), rows, logits.size(1), labels.data_ptr<std::int64_t>(), softcap,
                             losses.data_ptr<float>());
    if (wide.data_ptr() != logits.data_ptr())
        logits.copy_(wide);
    return losses;
}

void crossEntropyChunk(const Tensor& logits, const Tensor& labels, std::int64_t first, double softcap,
                       const Tensor& maximum, const Tensor& sum, const Tensor& ofLabel)
{
    TORCH_CHECK(logits.is_contiguous() && labels.is_contiguous(), "cross_entropy_chunk needs dense logits");
    const Tensor wide = logits.to(torch::kFloat32);
    cpu::crossEntropyChunk(wide.data_ptr<float>(), logits.size(0), logits.size(1), labels.data_ptr<std::int64_t>(),
                           first, softcap,
                           {maximum.data_ptr<float>(), sum.data_ptr<float>(), ofLabel.data_ptr<float>()});
}

void crossEntropyChunkGradient(const Tensor& logits, const Tensor& labels, std::int64_t first, double softcap,
                               const Tensor& logSum)
{
    TORCH_CHECK(logits.is_contiguous() && labels.is_contiguous(), "cross_entropy_chunk_gradient_ needs dense logits");
    const Tensor wide = logits.to(torch::kFloat32);
    cpu::crossEntropyChunkGradient(wide.data_ptr<float>(), logits.size(0), logits.size(1),
                                   labels.data_ptr<std::int64_t>(), first, softcap, logSum.data_ptr<float>());
    if (wide.data_ptr() != logits.data_ptr())
        logits.copy_(wide);
}

Tensor norm(const Tensor& gradient)
{
    return torch::full({}, cpu::gradientNorm(gradient.data_ptr<float>(), gradient.numel()), torch::kFloat64);
}

void adamw(const Tensor& parameters, const Tensor& gradient, const Tensor& first, const Tensor& second,
           const OptionalTensor& gradientNorm, double maximumNorm, at::ArrayRef<double> values, std::int64_t step,
           bool clearGradient)
{
    AdamwSettings settings{values[0], values[1], values[2], values[3], values[4], step, values[5], clearGradient};
    if (gradientNorm)
        settings.gradientFactor *= clipFactor(gradientNorm->item<double>() * settings.gradientFactor, maximumNorm);
    cpu::adamw(parameters.data_ptr<float>(), gradient.data_ptr<float>(), first.data_ptr<float>(),
               second.data_ptr<float>(), parameters.numel(), settings);
}

/// Rows [begin, end) of a weight in float32.
template <WeightFormat Format>
void dequantiseRows(const QuantisedView& view, std::int64_t begin, std::int64_t end, float* values)
{
    const Dequantiser<Format> source{view};
    at::parallel_for(begin, end, 16, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t row = from; row < to; ++row) {
            float* const target = values + (row - begin) * view.columns;
            std::int64_t column = 0;
            for (; column + 8 <= view.columns; column += 8)
                source.eight(row, column, target + column);
            float rest[8];
            if (column < view.columns)
                source.eight(row, column, rest);
            for (int i = 0; column < view.columns; ++column, ++i)
                target[column] = rest[i];
        }
    });
}

Tensor piece(WeightFormat format, const QuantisedView& view, std::int64_t begin, std::int64_t end, torch::Dtype type)
{
    Tensor values = torch::empty({end - begin, view.columns}, torch::kFloat32);
    float* const data = values.data_ptr<float>();
    if (format == WeightFormat::Nf4)
        dequantiseRows<WeightFormat::Nf4>(view, begin, end, data);
    else if (format == WeightFormat::Int8)
        dequantiseRows<WeightFormat::Int8>(view, begin, end, data);
    else
        dequantiseRows<WeightFormat::E4m3>(view, begin, end, data);
    return values.to(type);
}

Tensor dequantise(const Tensor& codes, const OptionalTensor& scaleCodes, const Tensor& scales,
                  const OptionalTensor& table, std::int64_t format, std::int64_t rows, std::int64_t columns,
                  std::int64_t type)
{
    return piece(static_cast<WeightFormat>(format), quantisedView(codes, scaleCodes, scales, table, rows, columns), 0,
                 rows, static_cast<torch::Dtype>(type));
}

/// Piece by piece, so that the values never exist all at once and are still in the cache when they are multiplied.
Tensor quantisedLinear(const Tensor& x, const Tensor& codes, const OptionalTensor& scaleCodes, const Tensor& scales,
                       const OptionalTensor& table, std::int64_t format, std::int64_t rows, std::int64_t columns,
                       bool transposed)
{
    const QuantisedView view = quantisedView(codes, scaleCodes, scales, table, rows, columns);
    const auto kind = static_cast<WeightFormat>(format);
    const torch::Dtype type = x.scalar_type() == torch::kBFloat16 ? torch::kBFloat16 : torch::kFloat32;
    const Tensor left = x.to(type);
    constexpr std::int64_t pieceValues = 1 << 18;
    const std::int64_t step = std::max<std::int64_t>(1, pieceValues / std::max<std::int64_t>(1, columns));
    // Sums over pieces are kept in float32.
    Tensor result = transposed ? torch::zeros({x.size(0), columns}, torch::kFloat32)
                               : torch::empty({x.size(0), rows}, x.options().dtype(type));
    for (std::int64_t begin = 0; begin < rows; begin += step) {
        const std::int64_t end = std::min(rows, begin + step);
        const Tensor values = piece(kind, view, begin, end, type);
        if (transposed)
            result.add_(torch::mm(left.narrow(1, begin, end - begin), values));
        else
            result.narrow(1, begin, end - begin).copy_(torch::mm(left, values.t()));
    }
    return result.to(x.scalar_type());
}

} // namespace

TORCH_LIBRARY_IMPL(hilo, CPU, library)
{
    library.impl("rms_norm", rmsNorm);
    library.impl("rms_norm_backward", rmsNormBackward);
    library.impl("rotate", rotate);
    library.impl("gated", gated);
    library.impl("gated_backward", gatedBackward);
    library.impl("dropout", dropout);
    library.impl("dropped_product", droppedProduct);
    library.impl("route", route);
    library.impl("route_backward", routeBackward);
    library.impl("balance", balance);
    library.impl("cross_entropy_", crossEntropy);
    library.impl("cross_entropy_chunk", crossEntropyChunk);
    library.impl("cross_entropy_chunk_gradient_", crossEntropyChunkGradient);
    library.impl("gradient_norm", norm);
    library.impl("adamw_", adamw);
    library.impl("dequantise", dequantise);
    library.impl("quantised_linear", quantisedLinear);
}

void useCpuOperators() {}

} // namespace hilo::gpu
