// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/attention.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

AttentionGroup makeGroup(const std::vector<std::int64_t>& starts, const std::vector<std::size_t>& members,
                         torch::Device device)
{
    AttentionGroup group;
    group.sequences = static_cast<std::int64_t>(members.size());
    for (const std::size_t s : members)
        group.length = std::max(group.length, starts[s + 1] - starts[s]);
    std::vector<std::int64_t> gather;
    std::vector<std::int64_t> from;
    std::vector<std::int64_t> to;
    for (const std::size_t s : members) {
        const std::int64_t length = starts[s + 1] - starts[s];
        for (std::int64_t i = 0; i < group.length; ++i) {
            if (i < length) {
                from.push_back(static_cast<std::int64_t>(gather.size()));
                to.push_back(starts[s] + i);
            }
            gather.push_back(starts[s] + std::min(i, length - 1));
        }
    }
    group.contiguous = from.size() == gather.size() && static_cast<std::int64_t>(gather.size()) == starts.back() &&
                       std::is_sorted(to.begin(), to.end());
    if (!group.contiguous) {
        group.gather = torch::tensor(gather, torch::kInt64).to(device);
        group.scatterFrom = torch::tensor(from, torch::kInt64).to(device);
        group.scatterTo = torch::tensor(to, torch::kInt64).to(device);
    }
    return group;
}

/// [T, heads · d] -> [sequences · keyValueHeads, (heads / keyValueHeads) · length, d]: queries that share a key head
/// lie behind one another, so that keys are never repeated.
Tensor padded(const Tensor& x, const AttentionGroup& group, std::int64_t keyValueHeads, std::int64_t dimension)
{
    const Tensor rows = group.contiguous ? x : x.index_select(0, group.gather);
    const std::int64_t perHead = x.size(1) / (keyValueHeads * dimension);
    return rows.reshape({group.sequences, group.length, keyValueHeads, perHead, dimension})
        .permute({0, 2, 3, 1, 4})
        .reshape({group.sequences * keyValueHeads, perHead * group.length, dimension});
}

/// The way back of padded().
Tensor unpadded(const Tensor& x, const AttentionGroup& group, std::int64_t keyValueHeads, std::int64_t dimension)
{
    const std::int64_t perHead = x.size(1) / group.length;
    return x.reshape({group.sequences, keyValueHeads, perHead, group.length, dimension})
        .permute({0, 3, 1, 2, 4})
        .reshape({group.sequences * group.length, keyValueHeads * perHead * dimension});
}

struct Scores
{
    Tensor probabilities; ///< [sequences · keyValueHeads, perHead · length, length] in the inputs' dtype
    Tensor capped;        ///< tanh(scores / cap), only with a cap
};

Scores scoresOf(const Tensor& q, const Tensor& k, const AttentionGroup& group, const AttentionShape& shape)
{
    Scores result;
    Tensor scores = torch::bmm(q, k.transpose(1, 2)).to(torch::kFloat32).mul_(shape.scale);
    if (shape.softcap > 0) {
        result.capped = (scores / shape.softcap).tanh_();
        scores = result.capped * shape.softcap;
    }
    const Tensor mask = causalMask(group.length, group.length, 0, shape.window, q.device());
    const Tensor masked =
        scores.view({group.sequences, shape.keyValueHeads, -1, group.length, group.length}).add_(mask);
    result.probabilities = attentionProbabilities(masked, shape).view(scores.sizes()).to(q.scalar_type());
    return result;
}

struct PackedAttentionFunction : torch::autograd::Function<PackedAttentionFunction>
{
    struct Saved : torch::CustomClassHolder
    {
        AttentionPlan plan;
        AttentionShape shape;
    };

    static Tensor forward(AutogradContext* context, const Tensor& query, const Tensor& key, const Tensor& value,
                          const AttentionPlan& plan, const AttentionShape& shape)
    {
        auto saved = c10::make_intrusive<Saved>();
        saved->plan = plan;
        saved->shape = shape;
        context->saved_data["call"] = c10::IValue::make_capsule(saved);
        context->save_for_backward({query, key, value});
        Tensor output;
        for (const AttentionGroup& group : plan.groups) {
            const Tensor q = padded(query, group, shape.keyValueHeads, shape.dimension);
            const Tensor k = padded(key, group, shape.keyValueHeads, shape.dimension);
            const Tensor v = padded(value, group, shape.keyValueHeads, shape.dimension);
            const Tensor rows = unpadded(torch::bmm(scoresOf(q, k, group, shape).probabilities, v), group,
                                         shape.keyValueHeads, shape.dimension);
            if (group.contiguous)
                return rows;
            if (!output.defined())
                output = torch::empty_like(query, query.options(), torch::MemoryFormat::Contiguous);
            output.index_copy_(0, group.scatterTo, rows.index_select(0, group.scatterFrom));
        }
        return output;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto variables = context->get_saved_variables();
        const auto saved = c10::static_intrusive_pointer_cast<Saved>(context->saved_data["call"].toCapsule());
        const AttentionShape& shape = saved->shape;
        std::array<Tensor, 3> result;
        for (const AttentionGroup& group : saved->plan.groups) {
            const Tensor q = padded(variables[0], group, shape.keyValueHeads, shape.dimension);
            const Tensor k = padded(variables[1], group, shape.keyValueHeads, shape.dimension);
            const Tensor v = padded(variables[2], group, shape.keyValueHeads, shape.dimension);
            const Tensor outputGradient = paddedGradient(gradients[0], group, shape);
            const Scores scores = scoresOf(q, k, group, shape);
            const Tensor& p = scores.probabilities;
            const Tensor valueGradient = torch::bmm(p.transpose(1, 2), outputGradient);
            const Tensor wide = p.to(torch::kFloat32);
            Tensor scoreGradient = torch::bmm(outputGradient, v.transpose(1, 2)).to(torch::kFloat32);
            scoreGradient = scoreGradient.mul_(wide);
            scoreGradient = scoreGradient.sub_(wide * scoreGradient.sum(-1, true));
            if (scores.capped.defined())
                scoreGradient.mul_(1 - scores.capped.square());
            scoreGradient = scoreGradient.mul_(shape.scale).to(q.scalar_type());
            const Tensor queryGradient = torch::bmm(scoreGradient, k);
            const Tensor keyGradient = torch::bmm(scoreGradient.transpose(1, 2), q);
            store(result[0], queryGradient, variables[0], group, shape);
            store(result[1], keyGradient, variables[1], group, shape);
            store(result[2], valueGradient, variables[2], group, shape);
        }
        return {result[0], result[1], result[2], Variable(), Variable()};
    }

  private:
    /// Padded places repeat a real token; no gradient may flow from them.
    static Tensor paddedGradient(const Tensor& gradient, const AttentionGroup& group, const AttentionShape& shape)
    {
        if (group.contiguous)
            return padded(gradient, group, shape.keyValueHeads, shape.dimension);
        Tensor rows = torch::zeros({group.sequences * group.length, gradient.size(1)}, gradient.options());
        rows.index_copy_(0, group.scatterFrom, gradient.index_select(0, group.scatterTo));
        AttentionGroup whole = group;
        whole.contiguous = true;
        return padded(rows, whole, shape.keyValueHeads, shape.dimension);
    }

    static void store(Tensor& target, const Tensor& gradient, const Tensor& like, const AttentionGroup& group,
                      const AttentionShape& shape)
    {
        const Tensor rows = unpadded(gradient, group, shape.keyValueHeads, shape.dimension);
        if (group.contiguous) {
            target = rows;
            return;
        }
        if (!target.defined())
            target = torch::empty_like(like, like.options(), torch::MemoryFormat::Contiguous);
        target.index_copy_(0, group.scatterTo, rows.index_select(0, group.scatterFrom));
    }
};

struct FlashFunction : torch::autograd::Function<FlashFunction>
{
    struct Saved : torch::CustomClassHolder
    {
        gpu::PackedSequences sequences;
        AttentionShape shape;
    };

    static Tensor perHead(const Tensor& x, std::int64_t dimension) { return x.reshape({x.size(0), -1, dimension}); }

    static Tensor forward(AutogradContext* context, const Tensor& query, const Tensor& key, const Tensor& value,
                          const gpu::PackedSequences& sequences, const AttentionShape& shape)
    {
        auto saved = c10::make_intrusive<Saved>();
        saved->sequences = sequences;
        saved->shape = shape;
        const std::int64_t d = shape.dimension;
        const gpu::FlashState state = gpu::flashAttention(perHead(query, d), perHead(key, d), perHead(value, d),
                                                          sequences, shape.scale, shape.window);
        context->saved_data["call"] = c10::IValue::make_capsule(saved);
        context->save_for_backward({query, key, value, state.output, state.logSum, state.random, state.unused});
        return state.output.flatten(1);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = c10::static_intrusive_pointer_cast<Saved>(context->saved_data["call"].toCapsule());
        const auto kept = context->get_saved_variables();
        const std::int64_t d = saved->shape.dimension;
        const gpu::FlashGradients result = gpu::flashAttentionBackward(
            perHead(gradients[0], d).contiguous(), perHead(kept[0], d), perHead(kept[1], d), perHead(kept[2], d),
            {kept[3], kept[4], kept[5], kept[6]}, saved->sequences, saved->shape.scale, saved->shape.window);
        return {result.query.flatten(1), result.key.flatten(1), result.value.flatten(1), Variable(), Variable()};
    }
};

} // namespace

AttentionPlan AttentionPlan::of(const PackedBatch& batch, torch::Device device, torch::Dtype dtype)
{
    const std::vector<std::int64_t>& starts = batch.starts;
    if (!device.is_cuda() || dtype == torch::kFloat32)
        return grouped(starts, device);
    AttentionPlan plan;
    plan.starts = starts;
    if (batch.bounds.defined()) {
        plan.packed = {batch.bounds, batch.longest};
        return plan;
    }
    std::vector<std::int32_t> bounds(starts.begin(), starts.end());
    for (std::size_t s = 0; s + 1 < starts.size(); ++s)
        plan.packed.longest = std::max(plan.packed.longest, starts[s + 1] - starts[s]);
    plan.packed.starts = torch::tensor(bounds, torch::kInt32).pin_memory().to(device, true);
    return plan;
}

AttentionPlan AttentionPlan::grouped(const std::vector<std::int64_t>& starts, torch::Device device)
{
    std::vector<std::size_t> order(starts.empty() ? 0 : starts.size() - 1);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto length = [&starts](std::size_t s) { return starts[s + 1] - starts[s]; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return length(a) > length(b); });
    std::erase_if(order, [&](std::size_t s) { return length(s) == 0; });

    AttentionPlan plan;
    plan.starts = starts;
    for (std::size_t first = 0; first < order.size();) {
        // A group ends where padding to its longest sequence would cost more than another batch of small products.
        std::size_t last = first;
        while (last < order.size() && 4 * length(order[last]) >= 3 * length(order[first]))
            ++last;
        std::vector<std::size_t> members(order.begin() + static_cast<std::ptrdiff_t>(first),
                                         order.begin() + static_cast<std::ptrdiff_t>(last));
        std::sort(members.begin(), members.end());
        plan.groups.push_back(makeGroup(starts, members, device));
        first = last;
    }
    return plan;
}

Tensor attentionProbabilities(const Tensor& scores, const AttentionShape& shape)
{
    if (!shape.sinks.defined())
        return torch::softmax(scores, -1);
    std::vector<std::int64_t> size = scores.sizes().vec();
    size.back() = 1;
    const Tensor sinks = shape.sinks.detach().to(torch::kFloat32).view({1, size[1], size[2], 1, 1}).expand(size);
    return torch::softmax(torch::cat({scores, sinks}, -1), -1).narrow(-1, 0, scores.size(-1)).contiguous();
}

Tensor causalMask(std::int64_t queries, std::int64_t keys, std::int64_t firstPosition, std::int64_t window,
                  torch::Device device)
{
    const Tensor query =
        torch::arange(firstPosition, firstPosition + queries, torch::TensorOptions(torch::kInt64).device(device))
            .unsqueeze(1);
    const Tensor key = torch::arange(keys, torch::TensorOptions(torch::kInt64).device(device)).unsqueeze(0);
    Tensor hidden = key > query;
    if (window > 0)
        hidden = hidden.logical_or(key <= query - window);
    return torch::zeros({queries, keys}, torch::TensorOptions(torch::kFloat32).device(device))
        .masked_fill_(hidden, -std::numeric_limits<float>::infinity());
}

Tensor packedAttention(const Tensor& query, const Tensor& key, const Tensor& value, const AttentionPlan& plan,
                       const AttentionShape& shape)
{
    if (plan.packed.starts.defined()) {
        // What flash attention has no kernel for: softcaps, sinks, odd or large heads.
        if (shape.softcap == 0 && !shape.sinks.defined() && shape.dimension % 8 == 0 && shape.dimension <= 256)
            return FlashFunction::apply(query, key, value, plan.packed, shape);
        return PackedAttentionFunction::apply(query, key, value, AttentionPlan::grouped(plan.starts, query.device()),
                                              shape);
    }
    return PackedAttentionFunction::apply(query, key, value, plan, shape);
}

} // namespace hilo
