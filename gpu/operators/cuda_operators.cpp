// SPDX-License-Identifier: GPL-3.0-or-later
// The operators on CUDA: LibTorch's tensors on one side, the plain launch functions on the other.
#include "gpu/compatibility.h"
#include "gpu/cuda/launch.h"
#include "gpu/operators/device_operators.h"
#include "gpu/operators/kernel_views.h"
#include "gpu/tensor.h"

#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <cuda_runtime_api.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>

namespace hilo::gpu {
namespace {

using torch::Tensor;

cuda::Number numberOf(torch::Dtype type)
{
    switch (type) {
    case torch::kFloat32:
        return cuda::Number::Float32;
    case torch::kFloat16:
        return cuda::Number::Float16;
    case torch::kBFloat16:
        return cuda::Number::BFloat16;
    default:
        TORCH_CHECK(false, "the kernels compute in float32, float16 and bfloat16");
    }
}

/// The device of a call's tensors, and the stream that the work is queued on.
struct Call
{
    explicit Call(const Tensor& tensor)
        : device(tensor.device()), guard(device), stream(c10::cuda::getCurrentCUDAStream(device.index()).stream())
    {
    }
    torch::Device device;
    c10::cuda::CUDAGuard guard;
    cudaStream_t stream;
};

DropoutMask maskOf(double probability, std::int64_t key)
{
    return dropoutMask(probability, static_cast<std::uint64_t>(key));
}

Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon, bool addsOne)
{
    const Call call(x);
    const Tensor dense = x.contiguous();
    const Tensor factors = weight.to(x.scalar_type()).contiguous();
    Tensor y = torch::empty_like(dense);
    const std::int64_t width = x.size(-1);
    cuda::rmsNorm(numberOf(x.scalar_type()), dense.data_ptr(), factors.data_ptr(), y.data_ptr(), x.numel() / width,
                  width, static_cast<float>(epsilon), addsOne, call.stream);
    return y;
}

std::tuple<Tensor, Tensor> rmsNormBackward(const Tensor& gradient, const Tensor& x, const Tensor& weight,
                                           double epsilon, bool addsOne, bool wantsWeight)
{
    const Call call(x);
    const Tensor dense = x.contiguous();
    const Tensor slope = gradient.to(x.scalar_type()).contiguous();
    const Tensor factors = weight.to(x.scalar_type()).contiguous();
    Tensor ofX = torch::empty_like(dense);
    const std::int64_t width = x.size(-1);
    cuda::rmsNormBackward(numberOf(x.scalar_type()), slope.data_ptr(), dense.data_ptr(), factors.data_ptr(),
                          ofX.data_ptr(), x.numel() / width, width, static_cast<float>(epsilon), addsOne, call.stream);
    Tensor ofWeight = torch::empty({0}, weight.options());
    if (wantsWeight) {
        const Tensor wide = dense.to(torch::kFloat32);
        const Tensor inverse = wide.square().mean(-1, true).add_(epsilon).rsqrt_();
        ofWeight = (slope.to(torch::kFloat32) * wide * inverse).reshape({-1, width}).sum(0).to(weight.scalar_type());
    }
    return {ofX, ofWeight};
}

Tensor rotate(const Tensor& x, const Tensor& cos, const Tensor& sin, bool back)
{
    const Call call(x);
    const std::int64_t heads = x.size(1);
    const std::int64_t width = x.size(2);
    // Columns of a joint product are read where they are; anything else is made dense.
    const bool readable = x.stride(2) == 1 && (heads == 1 || x.stride(1) == width);
    const Tensor source = readable ? x : x.contiguous();
    const Tensor c = cos.to(x.scalar_type()).contiguous();
    const Tensor s = sin.to(x.scalar_type()).contiguous();
    Tensor y = torch::empty(x.sizes(), x.options());
    cuda::rotate(numberOf(x.scalar_type()), source.data_ptr(), source.stride(0), c.data_ptr(), s.data_ptr(),
                 y.data_ptr(), x.size(0), heads, width / 2, back, call.stream);
    return y;
}

Tensor gated(const Tensor& gate, const Tensor& up, std::int64_t activation)
{
    const Call call(gate);
    const Tensor gates = gate.contiguous();
    const Tensor ups = up.contiguous();
    Tensor y = torch::empty_like(gates);
    cuda::gated(numberOf(gate.scalar_type()), static_cast<GateKind>(activation), gates.data_ptr(), ups.data_ptr(),
                y.data_ptr(), y.numel(), call.stream);
    return y;
}

std::tuple<Tensor, Tensor> gatedBackward(const Tensor& gradient, const Tensor& gate, const Tensor& up,
                                         std::int64_t activation)
{
    const Call call(gate);
    const Tensor slope = gradient.to(gate.scalar_type()).contiguous();
    const Tensor gates = gate.contiguous();
    const Tensor ups = up.contiguous();
    Tensor ofGate = torch::empty_like(gates);
    Tensor ofUp = torch::empty_like(ups);
    cuda::gatedBackward(numberOf(gate.scalar_type()), static_cast<GateKind>(activation), slope.data_ptr(),
                        gates.data_ptr(), ups.data_ptr(), ofGate.data_ptr(), ofUp.data_ptr(), gates.numel(),
                        call.stream);
    return {ofGate, ofUp};
}

Tensor dropout(const Tensor& x, double probability, std::int64_t key)
{
    const Call call(x);
    const Tensor dense = x.contiguous();
    Tensor y = torch::empty_like(dense);
    cuda::dropout(numberOf(x.scalar_type()), dense.data_ptr(), y.data_ptr(), y.numel(), maskOf(probability, key),
                  call.stream);
    return y;
}

Tensor droppedProduct(const Tensor& x, const Tensor& weight, double probability, std::int64_t key)
{
    if (x.scalar_type() == torch::kFloat32)
        return torch::mm(dropout(x, probability, key), weight.t());
    const Call call(x);
    const Tensor dense = x.contiguous();
    const Tensor right = weight.to(x.scalar_type()).contiguous();
    Tensor y = torch::empty({x.size(0), weight.size(0)}, x.options().dtype(torch::kFloat32));
    cuda::droppedProduct(numberOf(x.scalar_type()), dense.data_ptr(), right.data_ptr(), y.data_ptr<float>(),
                         y.stride(0), x.size(0), weight.size(0), x.size(1), maskOf(probability, key), call.stream);
    return y;
}

/// An int64 scalar where kernels read it; null: none.
const std::int64_t* numberOn(torch::Device device, const OptionalTensor& scalar)
{
    TORCH_CHECK(!scalar || (scalar->device() == device && scalar->scalar_type() == torch::kInt64),
                "expected an int64 scalar on the other tensors' device");
    return scalar ? scalar->data_ptr<std::int64_t>() : nullptr;
}

std::tuple<Tensor, Tensor> route(const Tensor& product, const Tensor& words, const Tensor& scales, std::int64_t modules,
                                 std::int64_t experts, std::int64_t ranks, std::int64_t type,
                                 const OptionalTensor& counts, const OptionalTensor& counted)
{
    const Call call(product);
    const Tensor dense = product.contiguous();
    const std::int64_t logits = product.size(1) - ranks;
    const cuda::RouteSizes sizes{product.size(0), static_cast<int>(modules), static_cast<int>(experts),
                                 static_cast<int>(ranks), static_cast<int>(logits)};
    Tensor gates = torch::empty({sizes.tokens, logits}, dense.options());
    const auto wanted = static_cast<torch::Dtype>(type);
    Tensor weighted = torch::empty({sizes.tokens, ranks}, dense.options().dtype(wanted));
    const bool counting = counts && logits > 0 && sizes.tokens > 0;
    TORCH_CHECK(!counting || counts->stride(1) == 1, "the counts' rows must be dense");
    const Tensor workspace =
        torch::empty({counting ? cuda::routeWorkspace(sizes) : 0}, dense.options().dtype(torch::kUInt8));
    double* const chosen = counting ? counts->data_ptr<double>() : nullptr;
    cuda::route(numberOf(wanted), sizes, planView(words, scales), dense.data_ptr<float>(), gates.data_ptr<float>(),
                weighted.data_ptr(), chosen, counting ? chosen + counts->stride(0) : nullptr,
                numberOn(call.device, counted), workspace.data_ptr(), call.stream);
    return {gates, weighted};
}

std::tuple<Tensor, Tensor> routeBackward(const Tensor& product, const Tensor& gates, const Tensor& words,
                                         const Tensor& scales, std::int64_t modules, std::int64_t experts,
                                         std::int64_t ranks, const Tensor& slope, const OptionalTensor& slopes,
                                         const OptionalTensor& counted, std::int64_t type)
{
    TORCH_CHECK(static_cast<torch::Dtype>(type) == slope.scalar_type(), "on CUDA both gradients are of one type");
    const Call call(product);
    const Tensor values = product.contiguous();
    const Tensor dense = slope.contiguous();
    const cuda::RouteSizes sizes{product.size(0), static_cast<int>(modules), static_cast<int>(experts),
                                 static_cast<int>(ranks), static_cast<int>(product.size(1) - ranks)};
    Tensor weighted = torch::empty_like(dense);
    Tensor gradient = torch::empty(product.sizes(), dense.options());
    cuda::routeBackward(numberOf(slope.scalar_type()), sizes, planView(words, scales), values.data_ptr<float>(),
                        gates.contiguous().data_ptr<float>(), dense.data_ptr(),
                        slopes ? slopes->data_ptr<float>() : nullptr, numberOn(call.device, counted),
                        weighted.data_ptr(), gradient.data_ptr(), call.stream);
    return {weighted, gradient};
}

std::tuple<Tensor, Tensor> balance(const Tensor& counts, const Tensor& records, std::int64_t layers,
                                   std::int64_t tokens, const OptionalTensor& counted)
{
    const Call call(counts);
    const Tensor dense = counts.contiguous();
    const std::int64_t columns = dense.size(1);
    Tensor slopes = torch::zeros({columns}, dense.options().dtype(torch::kFloat32));
    Tensor losses = torch::empty({layers}, dense.options());
    cuda::balance(records.data_ptr<std::int32_t>(), layers, dense.data_ptr<double>(),
                  dense.data_ptr<double>() + columns, static_cast<double>(tokens), numberOn(call.device, counted),
                  slopes.data_ptr<float>(), losses.data_ptr<double>(), call.stream);
    return {losses.sum(), slopes};
}

Tensor crossEntropy(const Tensor& logits, const Tensor& labels, double softcap)
{
    TORCH_CHECK(logits.is_contiguous() && labels.is_contiguous(), "cross_entropy_ needs dense logits");
    const Call call(logits);
    Tensor losses = torch::empty({logits.size(0)}, logits.options().dtype(torch::kFloat32));
    cuda::crossEntropy(numberOf(logits.scalar_type()), logits.data_ptr(), labels.data_ptr<std::int64_t>(),
                       losses.data_ptr<float>(), logits.size(0), logits.size(1), static_cast<float>(softcap),
                       call.stream);
    return losses;
}

void crossEntropyChunk(const Tensor& logits, const Tensor& labels, std::int64_t first, double softcap,
                       const Tensor& maximum, const Tensor& sum, const Tensor& ofLabel)
{
    TORCH_CHECK(logits.is_contiguous() && labels.is_contiguous(), "cross_entropy_chunk needs dense logits");
    const Call call(logits);
    cuda::crossEntropyChunk(numberOf(logits.scalar_type()), logits.data_ptr(), labels.data_ptr<std::int64_t>(),
                            maximum.data_ptr<float>(), sum.data_ptr<float>(), ofLabel.data_ptr<float>(), logits.size(0),
                            logits.size(1), first, static_cast<float>(softcap), call.stream);
}

void crossEntropyChunkGradient(const Tensor& logits, const Tensor& labels, std::int64_t first, double softcap,
                               const Tensor& logSum)
{
    TORCH_CHECK(logits.is_contiguous() && labels.is_contiguous(), "cross_entropy_chunk_gradient_ needs dense logits");
    const Call call(logits);
    cuda::crossEntropyChunkGradient(numberOf(logits.scalar_type()), logits.data_ptr(), labels.data_ptr<std::int64_t>(),
                                    logSum.contiguous().data_ptr<float>(), logits.size(0), logits.size(1), first,
                                    static_cast<float>(softcap), call.stream);
}

Tensor norm(const Tensor& gradient)
{
    const Call call(gradient);
    const auto options = gradient.options().dtype(torch::kFloat64);
    Tensor result = torch::zeros({}, options);
    const Tensor workspace = torch::empty({cuda::normWorkspace}, options);
    cuda::gradientNorm(gradient.data_ptr<float>(), gradient.numel(), result.data_ptr<double>(),
                       workspace.data_ptr<double>(), call.stream);
    return result;
}

void adamw(const Tensor& parameters, const Tensor& gradient, const Tensor& first, const Tensor& second,
           const OptionalTensor& gradientNorm, double maximumNorm, at::ArrayRef<double> values, std::int64_t step,
           bool clearGradient)
{
    const Call call(parameters);
    const AdamwSettings settings{values[0], values[1], values[2], values[3], values[4], step, values[5], clearGradient};
    cuda::adamw(adamwConstants(settings), parameters.data_ptr<float>(), gradient.data_ptr<float>(),
                first.data_ptr<float>(), second.data_ptr<float>(), parameters.numel(),
                gradientNorm ? gradientNorm->data_ptr<double>() : nullptr, maximumNorm,
                static_cast<float>(settings.gradientFactor), clearGradient, call.stream);
}

Tensor dequantise(const Tensor& codes, const OptionalTensor& scaleCodes, const Tensor& scales,
                  const OptionalTensor& table, std::int64_t format, std::int64_t rows, std::int64_t columns,
                  std::int64_t type)
{
    const Call call(codes);
    const auto wanted = static_cast<torch::Dtype>(type);
    Tensor values = torch::empty({rows, columns}, codes.options().dtype(wanted));
    cuda::dequantise(numberOf(wanted), static_cast<WeightFormat>(format),
                     quantisedView(codes, scaleCodes, scales, table, rows, columns), values.data_ptr(), call.stream);
    return values;
}

/// Hopper and newer multiply e4m3 with a scale for each row.
bool multipliesE4m3(const Tensor& x, std::int64_t rows, std::int64_t columns)
{
    int major = 0;
    cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, x.device().index());
    return major >= 9 && hasE4m3Products(x) && rows % 16 == 0 && columns % 16 == 0 && x.size(0) > 0;
}

Tensor quantisedLinear(const Tensor& x, const Tensor& codes, const OptionalTensor& scaleCodes, const Tensor& scales,
                       const OptionalTensor& table, std::int64_t format, std::int64_t rows, std::int64_t columns,
                       bool transposed)
{
    /// With more tokens the tensor cores are better fed by LibTorch's product of values that are made once.
    constexpr std::int64_t fewTokens = 128;
    const Call call(x);
    const auto kind = static_cast<WeightFormat>(format);
    if (kind == WeightFormat::E4m3 && !transposed && multipliesE4m3(x, rows, columns))
        return e4m3Product(x.contiguous(), codes, scales);
    if (x.size(0) > fewTokens || x.scalar_type() == torch::kFloat32) {
        const Tensor values = dequantise(codes, scaleCodes, scales, table, format, rows, columns,
                                         static_cast<std::int64_t>(x.scalar_type()));
        return torch::mm(x, transposed ? values : values.t());
    }
    const Tensor dense = x.contiguous();
    Tensor y = torch::empty({x.size(0), transposed ? columns : rows}, x.options());
    cuda::quantisedProduct(numberOf(x.scalar_type()), kind, dense.data_ptr(),
                           quantisedView(codes, scaleCodes, scales, table, rows, columns), transposed, y.data_ptr(),
                           x.size(0), call.stream);
    return y;
}

void implement(torch::Library& library)
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

} // namespace

TORCH_LIBRARY_IMPL(hilo, CUDA, library)
{
    implement(library);
}

void useDeviceOperators() {}

} // namespace hilo::gpu
