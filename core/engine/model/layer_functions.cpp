// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/layer_functions.h"

#include "gpu/operators/operators.h"

namespace hilo {

using torch::Tensor;

Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon, bool addsOne)
{
    return gpu::rmsNorm(x, weight, epsilon, addsOne);
}

Tensor rotate(const Tensor& x, const Tensor& cos, const Tensor& sin)
{
    return gpu::rotate(x, cos, sin);
}

Tensor gatedActivation(const Tensor& gate, const Tensor& up, Activation activation)
{
    // The fused operation knows the first three.
    if (activation == Activation::Relu2)
        return activate(gate, activation) * up;
    return gpu::gatedActivation(gate, up, static_cast<std::int64_t>(activation));
}

Tensor activate(const Tensor& x, Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        return torch::silu(x);
    case Activation::GeluTanh:
        return torch::gelu(x, "tanh");
    case Activation::GeluErf:
        return torch::gelu(x);
    case Activation::Relu2:
        return torch::relu(x).square();
    case Activation::Xielu:
        break;
    }
    return x;
}

Tensor xielu(const Tensor& x, const Tensor& alphaPositive, const Tensor& alphaNegative, const Tensor& beta,
             const Tensor& epsilon)
{
    const Tensor positive = torch::softplus(alphaPositive);
    const Tensor negative = beta + torch::softplus(alphaNegative);
    return torch::where(x > 0, positive * x * x, (torch::expm1(torch::minimum(x, epsilon)) - x) * negative) + beta * x;
}

torch::Tensor logitsOf(const torch::Tensor& hidden, const torch::Tensor& weight, double softcap)
{
    const torch::Tensor logits = torch::mm(hidden, weight.t()).to(torch::kFloat32);
    return softcap > 0 ? (logits / softcap).tanh() * softcap : logits;
}

} // namespace hilo
