// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/group_function.h"

#include "gpu/compatibility.h"
#include "gpu/device.h"
#include "gpu/kernels/counter_random.h"
#include "gpu/operators/operators.h"

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
    const gpu::RoutingTables& tables() const { return state->tables[static_cast<std::size_t>(index)]; }
    /// In type.
    Tensor weightA(torch::Dtype type) const
    {
        return state->rounded(type, group().offset, group().plan.ranks, group().in);
    }
    Tensor routers(torch::Dtype type = torch::kFloat32) const
    {
        return state->rounded(type, group().offsetOfRouters(), group().plan.logits, group().in);
    }
    Tensor weightAAndRouters(torch::Dtype type) const
    {
        return state->rounded(type, group().offset, group().rows(), group().in);
    }
    Tensor weightB(const ModuleLayout& module, torch::Dtype type) const
    {
        return state->rounded(type, module.offsetB, module.out, module.ranks);
    }
    Tensor dropped(const Tensor& values) const
    {
        if (dropout == 0)
            return values;
        return gpu::dropout(values, dropout, dropoutKey);
    }
};

/// The input in the forms that the products need. On the CPU a float32 base without dropout has one product for A and
/// routers; otherwise A's is computed in the base's type on the dropped input, the routers' in float32 on the whole
/// one. On a GPU, whose products sum in float32, everything is in the base's type.
struct GroupInput
{
    Tensor whole;   ///< what the routers see
    Tensor dropped; ///< base type
    bool shared = false;

    GroupInput(const GroupCall& call, const Tensor& input)
    {
        const bool isFloat32 = input.scalar_type() == torch::kFloat32;
        shared = (isFloat32 || gpu::runsOnDevice(input)) && call.dropout == 0;
        if (isFloat32 || gpu::runsOnDevice(input))
            whole = input;
        else if (call.dropout > 0 || call.group().plan.logits > 0)
            whole = input.to(torch::kFloat32);
        dropped = call.dropout > 0 ? call.dropped(whole).to(input.scalar_type()) : input;
    }
};

/// x·[A; routers]ᵀ in float32: [T, R + L].
Tensor shrink(const GroupCall& call, const Tensor& input)
{
    const auto type = input.scalar_type();
    const gpu::RoutingPlan& plan = call.group().plan;
    if (gpu::runsOnDevice(input) && call.dropout > 0) {
        // Dropout in the pass over x that multiplies it; the routers see the whole of x.
        const Tensor product = gpu::droppedProduct(input, call.weightA(type), call.dropout, call.dropoutKey);
        return plan.logits == 0 ? product
                                : torch::cat({product, gpu::productInFloat32(input, call.routers(type).t())}, 1);
    }
    const GroupInput forms(call, input);
    if (forms.shared)
        return gpu::productInFloat32(forms.whole, call.weightAAndRouters(type).t());
    Tensor product = torch::empty({input.size(0), plan.ranks + plan.logits}, input.options().dtype(torch::kFloat32));
    product.narrow(1, 0, plan.ranks).copy_(torch::mm(forms.dropped, call.weightA(type).t()));
    if (plan.logits > 0)
        product.narrow(1, plan.ranks, plan.logits).copy_(torch::mm(forms.whole, call.routers().t()));
    return product;
}

/// Adds into outputs; returns what the backward pass needs: product [T, R + L] and gates [T, L].
std::pair<Tensor, Tensor> forwardGroup(const GroupCall& call, const Tensor& input, std::span<Tensor> outputs)
{
    const GroupLayout& group = call.group();
    const Tensor product = shrink(call, input);
    const Tensor counts = call.counted ? call.state->statistics.countsOf(call.index) : Tensor();
    const auto type = input.scalar_type();
    const auto [gates, expanded] = gpu::route(product, call.tables(), type, counts,
                                              counts.defined() ? call.state->statistics.counted() : Tensor());
    if (counts.defined())
        call.state->statistics.addTokens(call.index, input.size(0));
    if (counts.defined() && call.state->taskLoads.gathers())
        call.state->taskLoads.add(call.index, product.narrow(1, group.plan.ranks, group.plan.logits));
    if (call.counted && call.state->balancesLocally())
        call.state->localisedBalance.add(call.index, gates);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const ModuleLayout& module = group.modules[i];
        outputs[i].addmm_(expanded.narrow(1, module.firstRank, module.ranks), call.weightB(module, type).t());
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
        gradient.add_(gpu::productInFloat32(left, right));
}

/// Gradient by weighted [T, R] from the gradients by the modules' outputs: float32, or the base's type on a GPU.
Tensor gradientOfWeighted(const GroupCall& call, const Tensor& input, const variable_list& gradients)
{
    const GroupLayout& group = call.group();
    const auto type = gpu::runsOnDevice(input) ? input.scalar_type() : torch::kFloat32;
    Tensor result = torch::empty({input.size(0), group.plan.ranks}, input.options().dtype(type));
    for (std::size_t i = 0; i < group.modules.size(); ++i) {
        const ModuleLayout& module = group.modules[i];
        Tensor columns = result.narrow(1, module.firstRank, module.ranks);
        if (!gradients[i].defined())
            columns.zero_();
        else if (gradients[i].scalar_type() == type)
            torch::mm_out(columns, gradients[i], call.weightB(module, type));
        else
            columns.copy_(torch::mm(gradients[i], call.weightB(module, gradients[i].scalar_type())));
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
        return call.inputNeedsGradient ? torch::mm(gradient, call.weightAAndRouters(input.scalar_type())) : Tensor();
    }
    const auto type = input.scalar_type();
    const Tensor ofShrunk = gradient.narrow(1, 0, group.plan.ranks).to(type);
    const Tensor ofLogits = gradient.narrow(1, group.plan.ranks, group.plan.logits);
    addProduct(call, group.offset, ofShrunk.t(), forms.dropped);
    if (group.plan.logits > 0)
        addProduct(call, group.offsetOfRouters(), ofLogits.t(), forms.whole);
    if (!call.inputNeedsGradient)
        return {};
    Tensor result = torch::mm(ofShrunk, call.weightA(type));
    if (call.dropout == 0 && group.plan.logits == 0)
        return result;
    result = call.dropped(gpu::runsOnDevice(input) ? result : result.to(torch::kFloat32));
    if (group.plan.logits > 0)
        result.addmm_(ofLogits, call.routers(result.scalar_type()));
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

        const Tensor ofWeighted = gradientOfWeighted(call, input, gradients);
        Tensor slopes;
        if (call.counted && call.state->auxiliarySlopes.defined() && group.plan.logits > 0)
            slopes = call.state->statistics.ofGroup(call.state->auxiliarySlopes, call.index).contiguous();
        const auto [weighted, ofProduct] =
            gpu::routeBackward(product, saved[2], call.tables(), ofWeighted, slopes, ofWeighted.scalar_type(),
                               slopes.defined() ? call.state->statistics.counted() : Tensor());
        if (call.counted && call.state->localisedFactor.defined() && group.plan.logits > 0)
            ofProduct.narrow(1, group.plan.ranks, group.plan.logits)
                .add_(call.state->localisedBalance.gradientOfLogits(call.index, saved[2], call.state->localisedFactor));
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
