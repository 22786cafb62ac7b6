// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/gated_delta_net.h"

#include "engine/model/key_value_cache.h"
#include "engine/model/layer_functions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

constexpr double smallestNorm = 1e-6;

/// How T tokens are cut.
struct DeltaChunks
{
    std::int64_t size = 0;
    std::int64_t count = 0;
    std::int64_t padding = 0; ///< tokens behind the last one that change nothing: their rate and decay are 0
};

DeltaChunks deltaChunksOf(std::int64_t tokens, std::int64_t chunk)
{
    DeltaChunks chunks;
    chunks.size = std::min(chunk, tokens);
    chunks.count = (tokens + chunks.size - 1) / chunks.size;
    chunks.padding = chunks.count * chunks.size - tokens;
    return chunks;
}

/// [B, T, heads, …] -> [B, heads, chunks, size, …] in float32.
Tensor inChunks(const Tensor& x, const DeltaChunks& chunks)
{
    Tensor wide = x.to(torch::kFloat32).transpose(1, 2);
    if (chunks.padding > 0)
        wide = x.dim() == 4 ? torch::constant_pad_nd(wide, {0, 0, 0, chunks.padding})
                            : torch::constant_pad_nd(wide, {0, chunks.padding});
    std::vector<std::int64_t> shape = {x.size(0), x.size(2), chunks.count, chunks.size};
    if (x.dim() == 4)
        shape.push_back(x.size(3));
    return wide.reshape(shape);
}

/// Each vector divided by its length.
Tensor unitVectors(const Tensor& x)
{
    const Tensor wide = x.to(torch::kFloat32);
    return wide * torch::rsqrt(wide.square().sum(-1, true) + smallestNorm);
}

/// Each head as often as it serves others, side by side. Unlike repeat_interleave its gradient is a sum in an order of
/// its own.
Tensor servingHeads(const Tensor& x, std::int64_t heads)
{
    const std::int64_t times = heads / x.size(2);
    if (times == 1)
        return x;
    return x.unsqueeze(3).expand({x.size(0), x.size(1), x.size(2), times, x.size(3)}).flatten(2, 3);
}

/// Which tokens of a chunk see which, and which of them the state in front of it and behind it knows.
struct DeltaVisibility
{
    Tensor hidden;   ///< [B or 1, 1, chunks or 1, size, size] bool: row's token does not see column's
    Tensor entering; ///< [B, 1, chunks, size] float32: of the text that the state in front is of. Undefined: all.
    Tensor leaving;  ///< the same of the state behind
    Tensor whole;    ///< [B, 1, chunks]: the chunk goes through one text only
};

DeltaVisibility visibilityOf(const Tensor& sequences, const DeltaChunks& chunks, torch::Device device)
{
    DeltaVisibility seen;
    seen.hidden =
        torch::ones({1, 1, 1, chunks.size, chunks.size}, torch::TensorOptions(torch::kBool).device(device)).triu(1);
    if (!sequences.defined())
        return seen;
    const std::int64_t rows = sequences.size(0);
    const Tensor last = sequences.narrow(1, sequences.size(1) - 1, 1);
    const Tensor numbers =
        torch::cat({sequences, last.expand({rows, chunks.padding})}, 1).view({rows, 1, chunks.count, chunks.size});
    const Tensor end = numbers.select(3, chunks.size - 1);
    const Tensor front = torch::cat({numbers.select(3, 0).narrow(2, 0, 1), end.narrow(2, 0, chunks.count - 1)}, 2);
    seen.hidden = seen.hidden.logical_or(numbers.unsqueeze(4) != numbers.unsqueeze(3));
    seen.entering = (numbers == front.unsqueeze(3)).to(torch::kFloat32);
    seen.leaving = (numbers == end.unsqueeze(3)).to(torch::kFloat32);
    seen.whole = (front == end).to(torch::kFloat32);
    return seen;
}

Tensor ofVisible(const Tensor& x, const Tensor& visible)
{
    return visible.defined() ? x * visible : x;
}

/// The tensors of a delta net that gradients go through.
struct DeltaNetTensors
{
    Tensor mixed; ///< [T, channels]
    Tensor rate;  ///< [T, valueHeads], before its sigmoid
    Tensor time;  ///< [T, valueHeads]
    Tensor convolution;
    Tensor decayLog;
    Tensor timeBias;

    static DeltaNetTensors of(const variable_list& list)
    {
        return {list[0], list[1], list[2], list[3], list[4], list[5]};
    }
};

Tensor decayOf(const Tensor& decayLog, const Tensor& timeBias, const Tensor& time)
{
    return -decayLog.to(torch::kFloat32).exp() * torch::softplus(time.to(torch::kFloat32) + timeBias);
}

/// convolved [B, T, channels]
DeltaRuleTokens deltaTokensOf(const LinearAttention& shape, const Tensor& convolved)
{
    const std::int64_t rows = convolved.size(0), length = convolved.size(1), keys = shape.keyWidth();
    DeltaRuleTokens tokens;
    tokens.query = convolved.narrow(2, 0, keys).reshape({rows, length, shape.keyHeads, shape.keyDimension});
    tokens.key = convolved.narrow(2, keys, keys).reshape({rows, length, shape.keyHeads, shape.keyDimension});
    tokens.value = convolved.narrow(2, 2 * keys, shape.valueWidth())
                       .reshape({rows, length, shape.valueHeads, shape.valueDimension});
    return tokens;
}

/// From the projections to the rule's output [T, values] in mixed's type, of sequences laid end to end.
Tensor packedRule(const LinearAttention& shape, const DeltaNetTensors& in, const Tensor& sequences)
{
    const std::int64_t before = shape.kernel - 1;
    const Tensor rows = torch::constant_pad_nd(in.mixed, {0, 0, before, 0}).unsqueeze(0);
    const Tensor numbers = torch::constant_pad_nd(sequences, {before, 0}, -1).unsqueeze(0);
    DeltaRuleTokens tokens = deltaTokensOf(shape, causalConvolution(rows, in.convolution, numbers));
    tokens.decay = decayOf(in.decayLog, in.timeBias, in.time).unsqueeze(0);
    tokens.rate = torch::sigmoid(in.rate).unsqueeze(0);
    tokens.sequences = sequences.unsqueeze(0);
    return gatedDeltaRule(tokens).output.squeeze(0).flatten(1).to(in.mixed.scalar_type());
}

struct PackedRuleFunction : torch::autograd::Function<PackedRuleFunction>
{
    struct Saved : torch::CustomClassHolder
    {
        LinearAttention shape;
        std::array<bool, 6> needsGradient{};
    };

    static Tensor forward(AutogradContext* context, const Tensor& mixed, const Tensor& rate, const Tensor& time,
                          const Tensor& convolution, const Tensor& decayLog, const Tensor& timeBias,
                          const Tensor& sequences, const LinearAttention& shape)
    {
        const variable_list inputs = {mixed, rate, time, convolution, decayLog, timeBias};
        auto saved = c10::make_intrusive<Saved>();
        saved->shape = shape;
        for (std::size_t i = 0; i < inputs.size(); ++i)
            saved->needsGradient[i] = inputs[i].requires_grad();
        context->saved_data["call"] = c10::IValue::make_capsule(saved);
        context->save_for_backward({mixed, rate, time, convolution, decayLog, timeBias, sequences});
        return packedRule(shape, DeltaNetTensors::of(inputs), sequences);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = c10::static_intrusive_pointer_cast<Saved>(context->saved_data["call"].toCapsule());
        const variable_list kept = context->get_saved_variables();
        variable_list inputs, wanted;
        for (std::size_t i = 0; i < saved->needsGradient.size(); ++i) {
            inputs.push_back(kept[i].detach().requires_grad_(saved->needsGradient[i]));
            if (saved->needsGradient[i])
                wanted.push_back(inputs.back());
        }
        variable_list result(kept.size() + 1);
        if (wanted.empty())
            return result;
        Tensor output;
        {
            const torch::AutoGradMode enabled(true);
            output = packedRule(saved->shape, DeltaNetTensors::of(inputs), kept.back());
        }
        const variable_list found = torch::autograd::grad({output}, wanted, {gradients[0]});
        std::size_t next = 0;
        for (std::size_t i = 0; i < saved->needsGradient.size(); ++i)
            if (saved->needsGradient[i])
                result[i] = found[next++];
        return result;
    }
};

/// The same of new tokens of each of the cache's sequences; state and convolution go on from there.
Tensor cachedRule(const ForwardContext& context, std::int64_t layer, const DeltaNetTensors& in)
{
    const LinearAttention& shape = context.state->config.linearAttention;
    const DeltaNetRows& rows = context.deltaNetRows;
    KeyValueCache::Layer& cache = context.cache->layer(layer);
    const std::int64_t count = rows.known.size(0), newest = rows.isToken.size(1), before = shape.kernel - 1;
    const auto padded = [&](const Tensor& x) {
        return x.index_select(0, rows.gather).view({count, newest, x.size(1)});
    };
    // The cache may have further sequences, which are not of the batch.
    Tensor state = cache.state.narrow(0, 0, count), convolution = cache.convolution.narrow(0, 0, count);
    const Tensor all =
        torch::cat({convolution * rows.known.to(convolution.scalar_type()).view({count, 1, 1}), padded(in.mixed)}, 1);
    DeltaRuleTokens tokens = deltaTokensOf(shape, causalConvolution(all, in.convolution, {}));
    const Tensor isToken = rows.isToken.unsqueeze(2);
    tokens.decay = decayOf(in.decayLog, in.timeBias, padded(in.time)) * isToken;
    tokens.rate = torch::sigmoid(padded(in.rate)) * isToken;
    const DeltaRuleResult result = gatedDeltaRule(tokens, state * rows.known.view({count, 1, 1, 1}));
    state.copy_(result.state);
    convolution.copy_(all.flatten(0, 1).index_select(0, rows.last).view({count, before, all.size(2)}));
    return result.output.flatten(0, 1).flatten(1).index_select(0, rows.scatterFrom).to(in.mixed.scalar_type());
}

} // namespace

DeltaRuleResult gatedDeltaRule(const DeltaRuleTokens& tokens, const Tensor& initial, std::int64_t chunk)
{
    const std::int64_t rows = tokens.value.size(0), length = tokens.value.size(1), heads = tokens.value.size(2);
    const std::int64_t values = tokens.value.size(3), keys = tokens.key.size(3);
    Tensor state = initial.defined()
                       ? initial.to(torch::kFloat32)
                       : torch::zeros({rows, heads, keys, values}, tokens.value.options().dtype(torch::kFloat32));
    if (length == 0)
        return {torch::zeros({rows, 0, heads, values}, state.options()), state};
    const DeltaChunks chunks = deltaChunksOf(length, chunk);
    const double scale = 1 / std::sqrt(static_cast<double>(keys));
    const Tensor query = inChunks(servingHeads(unitVectors(tokens.query) * scale, heads), chunks);
    const Tensor key = inChunks(servingHeads(unitVectors(tokens.key), heads), chunks);
    const Tensor value = inChunks(tokens.value, chunks);
    const Tensor rate = inChunks(tokens.rate, chunks).unsqueeze(4);
    // Logarithms of the decay from the chunk's beginning up to each token.
    const Tensor decay = inChunks(tokens.decay, chunks).cumsum(3);
    const DeltaVisibility seen = visibilityOf(tokens.sequences, chunks, tokens.value.device());

    // Masked before the exponential, which is above 1 where a token would look ahead.
    const Tensor between = (decay.unsqueeze(4) - decay.unsqueeze(3))
                               .masked_fill(seen.hidden, -std::numeric_limits<double>::infinity())
                               .exp();
    const Tensor fromFront = ofVisible(decay.exp(), seen.entering).unsqueeze(4);
    const Tensor end = decay.narrow(3, chunks.size - 1, 1);
    const Tensor toEnd = ofVisible((end - decay).exp(), seen.leaving).unsqueeze(4);
    const Tensor through = ofVisible(end.squeeze(3).exp(), seen.whole).unsqueeze(3).unsqueeze(4);

    const Tensor rated = key * rate;
    const Tensor system = torch::matmul(rated, key.transpose(3, 4)) * between;
    const Tensor inside = torch::matmul(query, key.transpose(3, 4)) * between;
    // What each token writes, were there no state in front of the chunk, and what it takes off for that state's part.
    const Tensor solved =
        torch::linalg_solve_triangular(system, torch::cat({value * rate, rated * fromFront}, 4), false, true, true);
    const Tensor written = solved.narrow(4, 0, values);
    const Tensor known = solved.narrow(4, values, keys);
    const Tensor asking = query * fromFront;
    const Tensor keeping = (key * toEnd).transpose(3, 4);
    std::vector<Tensor> outputs;
    for (std::int64_t c = 0; c < chunks.count; ++c) {
        const Tensor fresh = written.select(2, c) - torch::matmul(known.select(2, c), state);
        outputs.push_back(torch::matmul(asking.select(2, c), state) + torch::matmul(inside.select(2, c), fresh));
        state = state * through.select(2, c) + torch::matmul(keeping.select(2, c), fresh);
    }
    const Tensor output = torch::cat(outputs, 2);
    return {output.narrow(2, 0, length).transpose(1, 2), state};
}

Tensor causalConvolution(const Tensor& rows, const Tensor& weight, const Tensor& sequences)
{
    const std::int64_t kernel = weight.size(2), length = rows.size(1) - kernel + 1;
    const Tensor wide = rows.to(torch::kFloat32), factors = weight.squeeze(1).to(torch::kFloat32);
    Tensor sum;
    for (std::int64_t place = 0; place < kernel; ++place) {
        Tensor part = wide.narrow(1, place, length) * factors.select(1, place);
        if (sequences.defined() && place + 1 < kernel)
            part = part * (sequences.narrow(1, place, length) == sequences.narrow(1, kernel - 1, length))
                              .to(torch::kFloat32)
                              .unsqueeze(2);
        sum = sum.defined() ? sum + part : part;
    }
    return torch::silu(sum.to(rows.scalar_type()));
}

Tensor gatedDeltaNet(const ForwardContext& context, std::int64_t layer, const std::vector<Tensor>& inputs)
{
    const ModelConfig& config = context.state->config;
    const LinearAttention& shape = config.linearAttention;
    const DeltaNetWeights& weights = context.state->layers[static_cast<std::size_t>(layer)].deltaNet;
    const Tensor &mixed = inputs[0], &gate = inputs[1], &rate = inputs[2], &time = inputs[3];
    const Tensor output =
        context.cache
            ? cachedRule(context, layer, {mixed, rate, time, weights.convolution, weights.decayLog, weights.timeBias})
            : PackedRuleFunction::apply(mixed, rate, time, weights.convolution, weights.decayLog, weights.timeBias,
                                        context.deltaNetRows.sequences, shape);
    const Tensor heads = output.view({output.size(0), shape.valueHeads, shape.valueDimension});
    const Tensor normed = rmsNorm(heads, weights.norm, config.normEpsilon, false);
    return gatedActivation(gate, normed.flatten(1), Activation::Silu);
}

void addDeltaNetRows(const Decoder::State& state, const PackedBatch& batch, ForwardContext& context)
{
    if (!state.config.linearAttention.any())
        return;
    DeltaNetRows& rows = context.deltaNetRows;
    const std::int64_t tokens = batch.tokens.size(0);
    if (!context.cache && batch.bounds.defined()) {
        // A recorded step: where sequences begin is known on the device alone.
        const Tensor places = torch::arange(tokens, batch.bounds.options());
        rows.sequences = torch::searchsorted(batch.bounds, places, false, true);
        return;
    }
    std::vector<std::int64_t> counts;
    for (std::int64_t s = 0; s < batch.sequences(); ++s)
        counts.push_back(batch.starts[static_cast<std::size_t>(s) + 1] - batch.starts[static_cast<std::size_t>(s)]);
    const auto onDevice = [&state](const std::vector<std::int64_t>& values) {
        return torch::tensor(values, torch::kInt64).to(state.device);
    };
    if (!context.cache) {
        std::vector<std::int64_t> numbers;
        for (std::size_t s = 0; s < counts.size(); ++s)
            numbers.insert(numbers.end(), static_cast<std::size_t>(counts[s]), static_cast<std::int64_t>(s));
        rows.sequences = onDevice(numbers);
        return;
    }
    const std::int64_t newest = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
    const std::int64_t before = state.config.linearAttention.kernel - 1;
    std::vector<std::int64_t> gather, scatterFrom, last;
    std::vector<float> isToken, known;
    for (std::size_t s = 0; s < counts.size(); ++s) {
        const auto row = static_cast<std::int64_t>(s);
        for (std::int64_t i = 0; i < newest; ++i) {
            if (i < counts[s])
                scatterFrom.push_back(row * newest + i);
            isToken.push_back(i < counts[s] ? 1.0f : 0.0f);
            gather.push_back(std::min(batch.starts[s] + i, tokens - 1));
        }
        for (std::int64_t i = 0; i < before; ++i)
            last.push_back(row * (before + newest) + counts[s] + i);
        known.push_back(context.cache->length(row) > 0 ? 1.0f : 0.0f);
    }
    rows.gather = onDevice(gather);
    rows.scatterFrom = onDevice(scatterFrom);
    rows.last = onDevice(last);
    rows.isToken = torch::tensor(isToken).view({static_cast<std::int64_t>(counts.size()), newest}).to(state.device);
    rows.known = torch::tensor(known).to(state.device);
}

} // namespace hilo
