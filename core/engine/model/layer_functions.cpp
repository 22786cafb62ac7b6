// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/layer_functions.h"

#include <cmath>

namespace hilo {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

struct RmsNormFunction : torch::autograd::Function<RmsNormFunction>
{
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight, double epsilon, bool addsOne)
    {
        const Tensor wide = x.to(torch::kFloat32);
        const Tensor inverse = wide.square().mean(-1, true).add_(epsilon).rsqrt_();
        context->save_for_backward({x, weight, inverse});
        context->saved_data["addsOne"] = addsOne;
        const Tensor normal = wide * inverse;
        if (addsOne)
            return (normal * (weight.to(torch::kFloat32) + 1)).to(x.scalar_type());
        return normal.to(x.scalar_type()) * weight;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const Tensor gradient = gradients[0].to(torch::kFloat32);
        const Tensor normal = saved[0].to(torch::kFloat32) * saved[2];
        Tensor factor = saved[1].to(torch::kFloat32);
        if (context->saved_data["addsOne"].toBool())
            factor = factor + 1;
        Tensor inputGradient;
        if (context->needs_input_grad(0)) {
            const Tensor scaled = gradient * factor;
            const Tensor projection = (scaled * normal).mean(-1, true);
            inputGradient = scaled.sub_(normal * projection).mul_(saved[2]).to(saved[0].scalar_type());
        }
        Tensor weightGradient;
        if (context->needs_input_grad(1))
            weightGradient = (gradient * normal).reshape({-1, normal.size(-1)}).sum(0).to(saved[1].scalar_type());
        return {inputGradient, weightGradient, Variable(), Variable()};
    }
};

Tensor rotated(const Tensor& x, const Tensor& cos, const Tensor& sin, bool back)
{
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

struct RotateFunction : torch::autograd::Function<RotateFunction>
{
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& cos, const Tensor& sin)
    {
        context->save_for_backward({cos, sin});
        return rotated(x, cos, sin, false);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        return {rotated(gradients[0], saved[0], saved[1], true), Variable(), Variable()};
    }
};

Tensor activationValue(const Tensor& x, Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        return torch::silu(x);
    case Activation::GeluTanh:
        return torch::gelu(x, "tanh");
    case Activation::GeluErf:
        return torch::gelu(x);
    }
    return x;
}

/// gradient * activation'(x)
Tensor activationGradient(const Tensor& gradient, const Tensor& x, Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        return at::silu_backward(gradient, x);
    case Activation::GeluTanh:
        return at::gelu_backward(gradient, x, "tanh");
    case Activation::GeluErf:
        return at::gelu_backward(gradient, x);
    }
    return gradient;
}

struct GatedFunction : torch::autograd::Function<GatedFunction>
{
    static Tensor forward(AutogradContext* context, const Tensor& gate, const Tensor& up, std::int64_t activation)
    {
        context->save_for_backward({gate, up});
        context->saved_data["activation"] = activation;
        return activationValue(gate, static_cast<Activation>(activation)).mul_(up);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
        const Tensor upGradient = activationValue(saved[0], activation).mul_(gradients[0]);
        const Tensor gateGradient = activationGradient(gradients[0] * saved[1], saved[0], activation);
        return {gateGradient, upGradient, Variable()};
    }
};

} // namespace

Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon, bool addsOne)
{
    return RmsNormFunction::apply(x, weight, epsilon, addsOne);
}

Tensor rotate(const Tensor& x, const Tensor& cos, const Tensor& sin)
{
    return RotateFunction::apply(x, cos, sin);
}

Tensor gatedActivation(const Tensor& gate, const Tensor& up, Activation activation)
{
    return GatedFunction::apply(gate, up, static_cast<std::int64_t>(activation));
}

Tensor activate(const Tensor& x, Activation activation)
{
    return activationValue(x, activation);
}

} // namespace hilo
