// SPDX-License-Identifier: GPL-3.0-or-later
// The backward passes of the element-wise operators and of quantised products. Routing, dropout and the optimiser have
// none: whoever calls them differentiates by hand (engine/adapter/group_function.cpp).
#include "gpu/operators/autograd.h"

#include "gpu/operators/call.h"
#include "gpu/tensor.h"

#include <torch/library.h>

namespace hilo::gpu {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

struct RmsNormFunction : torch::autograd::Function<RmsNormFunction>
{
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight, double epsilon, bool addsOne)
    {
        static const auto call = operatorOf<Tensor(const Tensor&, const Tensor&, double, bool)>("hilo::rms_norm");
        context->save_for_backward({x, weight});
        context->saved_data["epsilon"] = epsilon;
        context->saved_data["adds_one"] = addsOne;
        const at::AutoDispatchBelowADInplaceOrView below;
        return call.call(x, weight, epsilon, addsOne);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        static const auto call =
            operatorOf<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, const Tensor&, double, bool, bool)>(
                "hilo::rms_norm_backward");
        const auto saved = context->get_saved_variables();
        const bool wantsWeight = context->needs_input_grad(1);
        auto [ofX, ofWeight] = call.call(gradients[0], saved[0], saved[1], context->saved_data["epsilon"].toDouble(),
                                         context->saved_data["adds_one"].toBool(), wantsWeight);
        return {ofX, wantsWeight ? ofWeight : Variable(), Variable(), Variable()};
    }
};

struct RotateFunction : torch::autograd::Function<RotateFunction>
{
    static Tensor call(const Tensor& x, const Tensor& cos, const Tensor& sin, bool back)
    {
        static const auto rotate =
            operatorOf<Tensor(const Tensor&, const Tensor&, const Tensor&, bool)>("hilo::rotate");
        return rotate.call(x, cos, sin, back);
    }

    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& cos, const Tensor& sin, bool back)
    {
        context->save_for_backward({cos, sin});
        context->saved_data["back"] = back;
        const at::AutoDispatchBelowADInplaceOrView below;
        return call(x, cos, sin, back);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        return {call(gradients[0], saved[0], saved[1], !context->saved_data["back"].toBool()), Variable(), Variable(),
                Variable()};
    }
};

struct GatedFunction : torch::autograd::Function<GatedFunction>
{
    static Tensor forward(AutogradContext* context, const Tensor& gate, const Tensor& up, std::int64_t activation)
    {
        static const auto call = operatorOf<Tensor(const Tensor&, const Tensor&, std::int64_t)>("hilo::gated");
        context->save_for_backward({gate, up});
        context->saved_data["activation"] = activation;
        const at::AutoDispatchBelowADInplaceOrView below;
        return call.call(gate, up, activation);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        static const auto call =
            operatorOf<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, const Tensor&, std::int64_t)>(
                "hilo::gated_backward");
        const auto saved = context->get_saved_variables();
        auto [ofGate, ofUp] = call.call(gradients[0], saved[0], saved[1], context->saved_data["activation"].toInt());
        return {ofGate, ofUp, Variable()};
    }
};

struct QuantisedLinearFunction : torch::autograd::Function<QuantisedLinearFunction>
{
    static Tensor call(const Tensor& x, const Tensor& codes, const OptionalTensor& scaleCodes, const Tensor& scales,
                       const OptionalTensor& table, std::int64_t format, std::int64_t rows, std::int64_t columns,
                       bool transposed)
    {
        static const auto product =
            operatorOf<Tensor(const Tensor&, const Tensor&, const OptionalTensor&, const Tensor&, const OptionalTensor&,
                              std::int64_t, std::int64_t, std::int64_t, bool)>("hilo::quantised_linear");
        return product.call(x, codes, scaleCodes, scales, table, format, rows, columns, transposed);
    }

    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& codes,
                          const OptionalTensor& scaleCodes, const Tensor& scales, const OptionalTensor& table,
                          std::int64_t format, std::int64_t rows, std::int64_t columns, bool transposed)
    {
        context->save_for_backward({codes, scaleCodes ? *scaleCodes : Tensor(), scales, table ? *table : Tensor()});
        context->saved_data["format"] = format;
        context->saved_data["rows"] = rows;
        context->saved_data["columns"] = columns;
        context->saved_data["transposed"] = transposed;
        const at::AutoDispatchBelowADInplaceOrView below;
        return call(x, codes, scaleCodes, scales, table, format, rows, columns, transposed);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        variable_list results(9);
        results[0] = call(gradients[0], saved[0], optional(saved[1]), saved[2], optional(saved[3]),
                          context->saved_data["format"].toInt(), context->saved_data["rows"].toInt(),
                          context->saved_data["columns"].toInt(), !context->saved_data["transposed"].toBool());
        return results;
    }
};

Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon, bool addsOne)
{
    return RmsNormFunction::apply(x, weight, epsilon, addsOne);
}

Tensor rotate(const Tensor& x, const Tensor& cos, const Tensor& sin, bool back)
{
    return RotateFunction::apply(x, cos, sin, back);
}

Tensor gated(const Tensor& gate, const Tensor& up, std::int64_t activation)
{
    return GatedFunction::apply(gate, up, activation);
}

Tensor quantisedLinear(const Tensor& x, const Tensor& codes, const OptionalTensor& scaleCodes, const Tensor& scales,
                       const OptionalTensor& table, std::int64_t format, std::int64_t rows, std::int64_t columns,
                       bool transposed)
{
    return QuantisedLinearFunction::apply(x, codes, scaleCodes, scales, table, format, rows, columns, transposed);
}

} // namespace

TORCH_LIBRARY_IMPL(hilo, Autograd, library)
{
    library.impl("rms_norm", rmsNorm);
    library.impl("rotate", rotate);
    library.impl("gated", gated);
    library.impl("quantised_linear", quantisedLinear);
}

void useAutogradOperators() {}

} // namespace hilo::gpu
