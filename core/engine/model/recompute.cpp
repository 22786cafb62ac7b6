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
        std::vector<bool> needGradients; ///< hidden, perLayer, key, value
    };

    /// anchor makes the output need a gradient also where the layer's inputs do not, because the adapter inside does.
    /// Inputs that the layer has not are empty. Gives the output, and keys and values where later layers need them.
    static variable_list forward(AutogradContext* context, const Tensor& hidden, const Tensor& /*anchor*/,
                                 const Tensor& perLayer, const Tensor& key, const Tensor& value,
                                 const std::shared_ptr<const ForwardContext>& forwardContext, std::int64_t layer)
    {
        auto saved = c10::make_intrusive<Saved>();
        saved->context = forwardContext;
        saved->layer = layer;
        for (const Tensor& input : {hidden, perLayer, key, value})
            saved->needGradients.push_back(input.requires_grad());
        context->saved_data["layer"] = c10::IValue::make_capsule(saved);
        context->save_for_backward({hidden, perLayer, key, value});
        KeysAndValues made;
        const Tensor output = layerForward(*forwardContext, layer, hidden, inputsOf(perLayer, key, value), &made);
        return made.key.defined() ? variable_list{output, made.key, made.value} : variable_list{output};
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = c10::static_intrusive_pointer_cast<Saved>(context->saved_data["layer"].toCapsule());
        variable_list inputs;
        for (const Tensor& input : context->get_saved_variables())
            inputs.push_back(input.detach().requires_grad_(saved->needGradients[inputs.size()]));
        variable_list outputs(1);
        {
            const torch::AutoGradMode enabled(true);
            KeysAndValues made;
            outputs[0] = layerForward(*saved->context, saved->layer, inputs[0],
                                      inputsOf(inputs[1], inputs[2], inputs[3]), &made);
            if (made.key.defined())
                outputs.insert(outputs.end(), {made.key, made.value});
        }
        // Keys and values need none where neither the layer's input nor an adapter of theirs does.
        variable_list reached, theirs;
        for (std::size_t i = 0; i < outputs.size(); ++i)
            if (outputs[i].requires_grad()) {
                reached.push_back(outputs[i]);
                theirs.push_back(gradients[i]);
            }
        if (!reached.empty())
            torch::autograd::backward(reached, theirs);
        const auto gradientOf = [&](std::size_t i) { return saved->needGradients[i] ? inputs[i].grad() : Tensor(); };
        return {gradientOf(0), Variable(), gradientOf(1), gradientOf(2), gradientOf(3), Variable(), Variable()};
    }

  private:
    static LayerInputs inputsOf(const Tensor& perLayer, const Tensor& key, const Tensor& value)
    {
        const auto given = [](const Tensor& tensor) { return tensor.numel() > 0 ? tensor : Tensor(); };
        return {given(perLayer), {given(key), given(value)}};
    }
};

} // namespace

Tensor recomputedLayer(const std::shared_ptr<const ForwardContext>& context, std::int64_t layer, const Tensor& hidden,
                       const LayerInputs& inputs, KeysAndValues& made)
{
    const Tensor anchor = torch::zeros({1}, hidden.options()).requires_grad_(true);
    const Tensor nothing = torch::empty({0}, hidden.options());
    const auto given = [&nothing](const Tensor& tensor) { return tensor.defined() ? tensor : nothing; };
    const variable_list outputs = RecomputedLayerFunction::apply(
        hidden, anchor, given(inputs.perLayer), given(inputs.shared.key), given(inputs.shared.value), context, layer);
    if (outputs.size() > 1)
        made = {outputs[1], outputs[2]};
    return outputs[0];
}

} // namespace hilo
