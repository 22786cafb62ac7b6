// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/recompute.h"

#include "engine/model/layer.h"

namespace hilo {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

struct RecomputedLayerFunction : torch::autograd::Function<RecomputedLayerFunction>
{
    struct Saved : torch::CustomClassHolder
    {
        std::shared_ptr<const ForwardContext> context;
        std::int64_t layer = 0;
    };

    /// anchor makes the output need a gradient also where the layer's input does not, because the adapter inside does.
    static Tensor forward(AutogradContext* context, const Tensor& hidden, const Tensor& /*anchor*/,
                          const std::shared_ptr<const ForwardContext>& forwardContext, std::int64_t layer)
    {
        auto saved = c10::make_intrusive<Saved>();
        saved->context = forwardContext;
        saved->layer = layer;
        context->saved_data["layer"] = c10::IValue::make_capsule(saved);
        context->save_for_backward({hidden});
        context->saved_data["inputNeedsGradient"] = hidden.requires_grad();
        return layerForward(*forwardContext, layer, hidden);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = c10::static_intrusive_pointer_cast<Saved>(context->saved_data["layer"].toCapsule());
        const bool inputNeedsGradient = context->saved_data["inputNeedsGradient"].toBool();
        const Tensor hidden = context->get_saved_variables()[0].detach().requires_grad_(inputNeedsGradient);
        Tensor output;
        {
            const torch::AutoGradMode enabled(true);
            output = layerForward(*saved->context, saved->layer, hidden);
        }
        if (output.requires_grad())
            torch::autograd::backward({output}, {gradients[0]});
        return {inputNeedsGradient ? hidden.grad() : Tensor(), Variable(), Variable(), Variable()};
    }
};

} // namespace

Tensor recomputedLayer(const std::shared_ptr<const ForwardContext>& context, std::int64_t layer, const Tensor& hidden)
{
    const Tensor anchor = torch::zeros({1}, hidden.options()).requires_grad_(true);
    return RecomputedLayerFunction::apply(hidden, anchor, context, layer);
}

} // namespace hilo
