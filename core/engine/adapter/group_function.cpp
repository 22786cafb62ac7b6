// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/group_function.h"

#include "gpu/counter_random.h"
#include "gpu/dropout.h"

namespace hilo {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// What one call needs beside its tensors; kept by the graph until the backward pass.
struct GroupCall : torch::CustomClassHolder
{
    std::shared_ptr<MixtureAdapter::State> state;
    int index = 0;
    bool counted = false; ///< its choices belong to the auxiliary loss
    double dropout = 0;
    std::uint64_t dropoutKey = 0;
    bool inputNeedsGradient = false;

    const GroupLayout& group() const { return state->layout.groups[static_cast<std::size_t>(index)]; }
    Tensor weightA() const { return state->values(group().offset, group().plan.ranks, group().in); }
    Tensor routers() const { return state->values(group().offsetOfRouters(), group().plan.logits, group().in); }
    Tensor weightAAndRouters() const { return state->values(group().offset, group().rows(), group().in); }
    Tensor weightB(const ModuleLayout& module) const { return state->values(module.offsetB, module.out, module.ranks); }
    Tensor dropped(const Tensor& values) const
    {
        if (dropout == 0)
            return values;
        Tensor result = torch::empty_like(values);
        gpu::applyDropout(values.data_ptr<float>(), result.data_ptr<float>(), values.numel(), dropout, dropoutKey);
        return result;
    }
};

/// The input in the forms that the products need. A float32 base without dropout has one product for A and routers;
/// otherwise A's is computed in the base's type on the dropped input, the routers' in float32 on the whole one.
struct GroupInput
{
    Tensor whole;   ///< float32
    Tensor dropped; ///< base type
    bool shared = false;

    GroupInput(const GroupCall& call, const Tensor& input)
    {
        const bool isFloat32 = input.scalar_type() == torch::kFloat32;
        shared = isFloat32 && call.dropout == 0;
        if (isFloat32 || call.dropout > 0 || call.group().plan.logits > 0)
            whole = input.to(torch::kFloat32);
        dropped = call.dropout > 0 ? call.dropped(whole).to(input.scalar_type()) : input;
    }
};

/// x·[A; routers]ᵀ in float32: [T, R + L].
Tensor shrink(const GroupCall& call, const GroupInput& input)
{
    if (input.shared)
        return torch::mm(input.whole, call.weightAAndRouters().t());
    const gpu::RoutingPlan& plan = call.group().plan;
    Tensor product =
        torch::empty({input.dropped.size(0), plan.ranks + plan.logits}, input.dropped.options().dtype(torch::kFloat32));
    const auto type = input.dropped.scalar_type();
    product.narrow(1, 0, plan.ranks).copy_(torch::mm(input.dropped, call.weightA().to(type).t()));
    if (plan.logits > 0)
        product.narrow(1, plan.ranks, plan.logits).copy_(torch::mm(input.whole, call.routers().t()));
    return product;
}

/// Adds into outputs; returns what the backward pass needs: product [T, R + L] and gates [T, L].
std::pair<Tensor, Tensor> forwardGroup(const GroupCall& call, const Tensor& input, std::span<Tensor> outputs)
{
    const GroupLayout& group = call.group();
    const gpu::RoutingPlan& plan = group.plan;
    const std::int64_t tokens = input.size(0);
    const Tensor product = shrink(call, GroupInput(call, input));
    Tensor gates = torch::empty({tokens, plan.logits}, product.options());
    Tensor weighted = torch::empty({tokens, plan.ranks}, product.options());
    gpu::RoutingCounts* const counts = call.counted ? call.state->statistics.countsOf(call.index) : nullptr;
    const float* const values = product.data_ptr<float>();
    gpu::routeForward(plan, tokens, values, group.rows(), values + plan.ranks, group.rows(), gates.data_ptr<float>(),
                      weighted.data_ptr<float>(), counts);
    if (counts)
        call.state->statistics.addTokens(call.index, tokens);
    const auto type = input.scalar_type();
    const Tensor expanded = weighted.to(type);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const ModuleLayout& module = group.modules[i];
        outputs[i].addmm_(expanded.narrow(1, module.firstRank, module.ranks), call.weightB(module).to(type).t());
    }
    return {product, gates};
}

/// Adds left · right into the flat gradient at offset.
void addProduct(const GroupCall& call, std::int64_t offset, const Tensor& left, const Tensor& right)
{
    Tensor gradient = call.state->gradients(offset, left.size(0), right.size(1));
    if (left.scalar_type() == torch::kFloat32)
        gradient.addmm_(left, right);
    else
        gradient.add_(torch::mm(left, right));
}

/// Gradient by weighted [T, R] in float32 from the gradients by the modules' outputs.
Tensor gradientOfWeighted(const GroupCall& call, const Tensor& input, const variable_list& gradients)
{
    const GroupLayout& group = call.group();
    Tensor result = torch::empty({input.size(0), group.plan.ranks}, input.options().dtype(torch::kFloat32));
    for (std::size_t i = 0; i < group.modules.size(); ++i) {
        const ModuleLayout& module = group.modules[i];
        Tensor columns = result.narrow(1, module.firstRank, module.ranks);
        if (!gradients[i].defined())
            columns.zero_();
        else if (gradients[i].scalar_type() == torch::kFloat32)
            torch::mm_out(columns, gradients[i], call.weightB(module));
        else
            columns.copy_(torch::mm(gradients[i], call.weightB(module).to(gradients[i].scalar_type())));
    }
    return result;
}

/// Adds the gradients of A and routers for gradient [T, R + L] by the product, and returns the one by the input.
Tensor backwardShrink(const GroupCall& call, const Tensor& input, const Tensor& gradient)
{
    const GroupLayout& group = call.group();
    const GroupInput forms(call, input);
    if (forms.shared) {
        addProduct(call, group.offset, gradient.t(), forms.whole);
        return call.inputNeedsGradient ? torch::mm(gradient, call.weightAAndRouters()) : Tensor();
    }
    const auto type = input.scalar_type();
    const Tensor ofShrunk = gradient.narrow(1, 0, group.plan.ranks).to(type);
    const Tensor ofLogits = gradient.narrow(1, group.plan.ranks, group.plan.logits);
    addProduct(call, group.offset, ofShrunk.t(), forms.dropped);
    if (group.plan.logits > 0)
        addProduct(call, group.offsetOfRouters(), ofLogits.t(), forms.whole);
    if (!call.inputNeedsGradient)
        return {};
    Tensor result = torch::mm(ofShrunk, call.weightA().to(type));
    if (call.dropout == 0 && group.plan.logits == 0)
        return result;
    result = call.dropped(result.to(torch::kFloat32));
    if (group.plan.logits > 0)
        result.addmm_(ofLogits, call.routers());
    return result.to(type);
}

/// One node for a whole input group. The parameters are an input so that the outputs need gradients even where the
/// input does not; their own gradients go straight into the flat gradient buffer instead of through the graph.
class GroupFunction : public torch::autograd::Function<GroupFunction>
{
  public:
    static variable_list forward(AutogradContext* context, const Tensor& parameters, const Tensor& input,
                                 at::TensorList outputs, const c10::intrusive_ptr<GroupCall>& call)
    {
        (void)parameters;
        // New tensors on the same memory: this is in place, and also allowed for views (columns of a joint product).
        // The linear layer that made the outputs does not need them for its gradient.
        variable_list results;
        for (const Tensor& output : outputs)
            results.push_back(output.variable_data());
        auto [product, gates] = forwardGroup(*call, input, results);
        context->save_for_backward({input, product, gates});
        context->saved_data["call"] =
            c10::IValue::make_capsule(c10::static_intrusive_pointer_cast<torch::CustomClassHolder>(call));
        return results;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto capsule = context->saved_data["call"].toCapsule();
        const GroupCall& call = *static_cast<const GroupCall*>(capsule.get());
        const variable_list saved = context->get_saved_variables();
        const Tensor& input = saved[0];
        const Tensor& product = saved[1];
        const GroupLayout& group = call.group();
        const gpu::RoutingPlan& plan = group.plan;

        const Tensor ofWeighted = gradientOfWeighted(call, input, gradients);
        Tensor weighted = torch::empty_like(ofWeighted);
        Tensor ofProduct = torch::empty_like(product);
        std::vector<float> slopes;
        const double factor = call.state->settings.auxiliaryLoss * call.state->auxiliarySlope;
        if (call.counted && factor != 0 && plan.logits > 0) {
            slopes = call.state->statistics.slopes(call.index);
            for (float& slope : slopes)
                slope *= static_cast<float>(factor);
        }
        const float* const values = product.data_ptr<float>();
        float* const productGradient = ofProduct.data_ptr<float>();
        gpu::routeBackward(
            plan, input.size(0), values, group.rows(), values + plan.ranks, group.rows(), saved[2].data_ptr<float>(),
            ofWeighted.data_ptr<float>(), slopes.empty() ? nullptr : slopes.data(),
            {weighted.data_ptr<float>(), productGradient, group.rows(), productGradient + plan.ranks, group.rows()});
        const Tensor expanded = weighted.to(input.scalar_type());
        for (std::size_t i = 0; i < group.modules.size(); ++i) {
            const ModuleLayout& module = group.modules[i];
            if (gradients[i].defined())
                addProduct(call, module.offsetB, gradients[i].t(), expanded.narrow(1, module.firstRank, module.ranks));
        }
        variable_list results{Tensor(), backwardShrink(call, input, ofProduct)};
        results.insert(results.end(), gradients.begin(), gradients.end());
        results.emplace_back(); // call
        return results;
    }
};

} // namespace

void addGroup(const std::shared_ptr<MixtureAdapter::State>& state, int group, const Tensor& input,
              std::span<Tensor> outputs)
{
    auto call = c10::make_intrusive<GroupCall>();
    call->state = state;
    call->index = group;
    call->inputNeedsGradient = input.requires_grad();
    if (state->training) {
        call->counted = true;
        call->dropout = state->settings.dropout;
        call->dropoutKey = gpu::randomKey(static_cast<std::uint64_t>(state->settings.seed), state->step,
                                          state->microBatch, call->group().layer, call->group().inputGroup);
    }
    const Tensor rows = input.contiguous();
    if (!torch::GradMode::is_enabled()) {
        forwardGroup(*call, rows, outputs);
        return;
    }
    const variable_list results =
        GroupFunction::apply(state->parameters, rows, at::TensorList(outputs.data(), outputs.size()), call);
    std::copy(results.begin(), results.end(), outputs.begin());
}

} // namespace hilo
