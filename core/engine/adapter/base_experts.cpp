// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/base_experts.h"

#include "gpu/kernels/counter_random.h"

#include <algorithm>
#include <vector>

namespace hilo {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Experts whose rows are multiplied in one batch, padded to the same number of rows: at most twice as many as there
/// are, because each has more than half of the most.
struct Batch
{
    Tensor experts; ///< [n] int64
    Tensor rows;    ///< [n·m] int64: the rows of each expert, then places of the row of zeros behind all rows
    Tensor places;  ///< of those that are no padding: their places in rows
    Tensor taken;   ///< and their rows
    std::int64_t count = 0;
};

std::vector<Batch> batchesOf(std::span<const std::int64_t> counts, torch::Device device)
{
    std::vector<std::int64_t> order, begins;
    std::int64_t total = 0;
    for (std::size_t expert = 0; expert < counts.size(); ++expert) {
        begins.push_back(total);
        total += counts[expert];
        if (counts[expert] > 0)
            order.push_back(static_cast<std::int64_t>(expert));
    }
    const auto countOf = [&counts](std::int64_t expert) { return counts[static_cast<std::size_t>(expert)]; };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return countOf(a) > countOf(b); });
    std::vector<Batch> batches;
    for (auto first = order.begin(); first != order.end();) {
        const std::int64_t most = countOf(*first);
        const auto last = std::find_if(first, order.end(), [&](auto expert) { return 2 * countOf(expert) <= most; });
        std::vector<std::int64_t> rows, places, taken;
        for (auto expert = first; expert != last; ++expert)
            for (std::int64_t row = 0; row < most; ++row) {
                const bool isRow = row < countOf(*expert);
                const std::int64_t own = begins[static_cast<std::size_t>(*expert)] + row;
                if (isRow) {
                    places.push_back(static_cast<std::int64_t>(rows.size()));
                    taken.push_back(own);
                }
                rows.push_back(isRow ? own : total);
            }
        const auto onDevice = [&device](const std::vector<std::int64_t>& values) {
            return torch::tensor(values, torch::kInt64).to(device);
        };
        batches.push_back({onDevice({first, last}), onDevice(rows), onDevice(places), onDevice(taken), last - first});
        first = last;
    }
    return batches;
}

/// What one call needs beside its tensors; kept by the graph until the backward pass.
struct BaseExpertCall : torch::CustomClassHolder
{
    std::shared_ptr<MixtureAdapter::State> state;
    int index = 0;
    double dropout = 0;
    std::uint64_t dropoutKey = 0;
    bool inputNeedsGradient = false;
    std::vector<Batch> batches;

    const GroupLayout& group() const { return state->layout.groups[static_cast<std::size_t>(index)]; }
    const ModuleLayout& module() const { return group().modules.front(); }
    std::int64_t experts() const { return module().allocation.experts(); }
    std::int64_t rank() const { return module().allocation.ranks.front(); }
    double scale() const { return expertScale(state->settings, module().allocation.alpha, static_cast<int>(rank())); }
    /// [experts, rank, in]
    Tensor a(torch::Dtype type) const
    {
        return state->rounded(type, group().offset, group().plan.ranks, group().in)
            .view({experts(), rank(), group().in});
    }
    /// [experts, out, rank]
    Tensor b(torch::Dtype type) const
    {
        return state->rounded(type, module().offsetB, module().out, module().ranks)
            .view({module().out, experts(), rank()})
            .permute({1, 0, 2});
    }
    Tensor dropped(const Tensor& values) const
    {
        return dropout == 0 ? values : gpu::dropout(values.contiguous(), dropout, dropoutKey);
    }
};

/// A batch's rows: [n, m, width].
Tensor gathered(const Tensor& rowsAndZero, const Batch& batch)
{
    return rowsAndZero.index_select(0, batch.rows).view({batch.count, -1, rowsAndZero.size(1)});
}

Tensor withZero(const Tensor& rows)
{
    return torch::cat({rows, torch::zeros({1, rows.size(1)}, rows.options())});
}

/// [n, m, width] back to the rows that they are of.
void putBack(Tensor& rows, const Tensor& values, const Batch& batch)
{
    rows.index_copy_(0, batch.taken, values.flatten(0, 1).index_select(0, batch.places));
}

Tensor forwardOf(const BaseExpertCall& call, const Tensor& input, const Tensor& output)
{
    const auto type = input.scalar_type();
    const Tensor rows = withZero(call.dropped(input));
    const Tensor a = call.a(type), b = call.b(type);
    Tensor added = torch::zeros_like(output);
    for (const Batch& batch : call.batches) {
        const Tensor shrunk = torch::bmm(gathered(rows, batch), a.index_select(0, batch.experts).transpose(1, 2));
        putBack(added, torch::bmm(shrunk, b.index_select(0, batch.experts).transpose(1, 2)), batch);
    }
    return output + added * call.scale();
}

class BaseExpertFunction : public torch::autograd::Function<BaseExpertFunction>
{
  public:
    static Tensor forward(AutogradContext* context, const Tensor& parameters, const Tensor& input, const Tensor& output,
                          const c10::intrusive_ptr<BaseExpertCall>& call)
    {
        (void)parameters; // so that the output needs a gradient even where the input does not
        context->save_for_backward({input});
        context->saved_data["call"] =
            c10::IValue::make_capsule(c10::static_intrusive_pointer_cast<torch::CustomClassHolder>(call));
        return forwardOf(*call, input, output);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto capsule = context->saved_data["call"].toCapsule();
        const BaseExpertCall& call = *static_cast<const BaseExpertCall*>(capsule.get());
        const Tensor input = context->get_saved_variables()[0];
        const Tensor gradient = gradients[0].contiguous();
        const auto type = input.scalar_type();
        const Tensor rows = withZero(call.dropped(input));
        const Tensor slopes = withZero(gradient * call.scale());
        const Tensor a = call.a(type), b = call.b(type);
        const GroupLayout& group = call.group();
        Tensor ofA = call.state->gradients(group.offset, group.plan.ranks, group.in)
                         .view({call.experts(), call.rank(), group.in});
        Tensor ofB = call.state->gradients(call.module().offsetB, call.module().out, call.module().ranks)
                         .view({call.module().out, call.experts(), call.rank()});
        Tensor ofInput = call.inputNeedsGradient ? torch::zeros_like(input) : Tensor();
        for (const Batch& batch : call.batches) {
            const Tensor x = gathered(rows, batch), slope = gathered(slopes, batch);
            const Tensor ownA = a.index_select(0, batch.experts), ownB = b.index_select(0, batch.experts);
            const Tensor shrunk = torch::bmm(x, ownA.transpose(1, 2));
            const Tensor ofShrunk = torch::bmm(slope, ownB);
            ofA.index_add_(0, batch.experts, torch::bmm(ofShrunk.transpose(1, 2), x).to(torch::kFloat32));
            ofB.index_add_(1, batch.experts,
                           torch::bmm(slope.transpose(1, 2), shrunk).permute({1, 0, 2}).to(torch::kFloat32));
            if (ofInput.defined())
                putBack(ofInput, torch::bmm(ofShrunk, ownA), batch);
        }
        // The same positions were dropped and scaled on the way in.
        return {Tensor(), ofInput.defined() ? call.dropped(ofInput) : Tensor(), gradients[0], Tensor()};
    }
};

} // namespace

Tensor addBaseExperts(const std::shared_ptr<MixtureAdapter::State>& state, int group, const Tensor& input,
                      std::span<const std::int64_t> counts, const Tensor& output)
{
    auto call = c10::make_intrusive<BaseExpertCall>();
    call->state = state;
    call->index = group;
    call->inputNeedsGradient = input.requires_grad();
    call->batches = batchesOf(counts, input.device());
    if (state->training) {
        call->dropout = state->settings.dropout;
        call->dropoutKey = gpu::randomKey(static_cast<std::uint64_t>(state->settings.seed), state->step,
                                          state->microBatch, call->group().layer, call->group().inputGroup);
    }
    if (!torch::GradMode::is_enabled())
        return forwardOf(*call, input, output);
    return BaseExpertFunction::apply(state->parameters, input, output, call);
}

} // namespace hilo
