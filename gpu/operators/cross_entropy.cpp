// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/operators/cross_entropy.h"

#include "gpu/compatibility.h"
#include "gpu/cpu/cross_entropy.h"
#include "gpu/operators/operators.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace hilo::gpu {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct LossAndGradients
{
    Tensor loss;     ///< float32 scalar on the device
    Tensor ofHidden; ///< its type and shape; undefined when not wanted
    Tensor ofWeight; ///< likewise
};

/// The rows that have a loss, and where their gradients go.
struct LossRows
{
    const Tensor& weight;
    double softcap = 0;
    Tensor states;   ///< [n, hidden]
    Tensor targets;  ///< [n] int64
    Tensor gradient; ///< [n, hidden] by states; undefined when not wanted
    Tensor ofWeight; ///< as the weight, zeros at first; undefined when not wanted

    bool wantsGradients() const { return gradient.defined() || ofWeight.defined(); }
};

/// Whole rows of logits, chunk by chunk, each computed once. Returns the losses: a double scalar, or [rows] float32 on
/// a GPU.
Tensor lossOfWholeRows(LossRows& rows, std::int64_t begin, std::int64_t count)
{
    const Tensor states = rows.states.narrow(0, begin, count);
    Tensor logits = torch::mm(states, rows.weight.t());
    Tensor losses;
    if (logits.device().is_cpu()) {
        logits = logits.to(torch::kFloat32).contiguous();
        const double sum = cpu::crossEntropyRows(logits.data_ptr<float>(), count, logits.size(1),
                                                 rows.targets.data_ptr<std::int64_t>() + begin, rows.softcap);
        losses = torch::full({}, sum, torch::kFloat64);
    } else {
        losses = crossEntropyInPlace(logits, rows.targets.narrow(0, begin, count), rows.softcap);
    }
    if (!rows.wantsGradients())
        return losses;
    logits = logits.to(rows.weight.scalar_type());
    if (rows.gradient.defined()) {
        Tensor part = rows.gradient.narrow(0, begin, count);
        torch::mm_out(part, logits, rows.weight);
    }
    if (rows.ofWeight.defined())
        rows.ofWeight.addmm_(logits.t(), states);
    return losses;
}

/// The same through chunks of the vocabulary: first what softmax needs of each row, then the gradients, for which
/// the logits are made again (as 2411.09009).
Tensor lossByColumns(LossRows& rows, std::int64_t begin, std::int64_t count, std::int64_t columns)
{
    const Tensor states = rows.states.narrow(0, begin, count);
    const Tensor targets = rows.targets.narrow(0, begin, count);
    const std::int64_t vocabulary = rows.weight.size(0);
    const auto type = rows.weight.scalar_type();
    const auto logitsOf = [&](const Tensor& weight) {
        const Tensor logits = torch::mm(states, weight.t());
        return logits.device().is_cpu() ? logits.to(torch::kFloat32).contiguous() : logits;
    };
    const RowSoftmaxes softmaxes = RowSoftmaxes::of(count, states.device());
    for (std::int64_t first = 0; first < vocabulary; first += columns)
        crossEntropyChunk(logitsOf(rows.weight.narrow(0, first, std::min(columns, vocabulary - first))), targets, first,
                          rows.softcap, softmaxes);
    const Tensor logSum = softmaxes.logSum();
    const Tensor loss = (logSum - softmaxes.ofLabel).masked_fill(targets < 0, 0).sum(torch::kFloat64);
    if (!rows.wantsGradients())
        return loss;
    // Sums over chunks are kept in float32.
    Tensor gradient;
    if (rows.gradient.defined())
        gradient = torch::zeros(states.sizes(), states.options().dtype(torch::kFloat32));
    for (std::int64_t first = 0; first < vocabulary; first += columns) {
        const Tensor weight = rows.weight.narrow(0, first, std::min(columns, vocabulary - first));
        Tensor logits = logitsOf(weight);
        crossEntropyChunkGradientInPlace(logits, targets, first, rows.softcap, logSum);
        logits = logits.to(type);
        if (gradient.defined() && type == torch::kFloat32)
            gradient.addmm_(logits, weight);
        else if (gradient.defined())
            gradient.add_(productInFloat32(logits, weight));
        if (rows.ofWeight.defined())
            rows.ofWeight.narrow(0, first, weight.size(0)).addmm_(logits.t(), states);
    }
    if (gradient.defined())
        rows.gradient.narrow(0, begin, count).copy_(gradient);
    return loss;
}

LossAndGradients compute(const Tensor& hidden, const Tensor& weight, const Tensor& labels,
                         const CrossEntropyOptions& options, bool wantsHidden, bool wantsWeight)
{
    LossAndGradients result;
    const std::int64_t vocabulary = weight.size(0);
    const Tensor indices = options.labelled.defined() ? options.labelled : torch::nonzero(labels >= 0).flatten();
    const std::int64_t n = indices.size(0);
    const bool all = n == labels.size(0) && !options.places.defined();
    LossRows rows{weight, options.logitSoftcap, {}, {}, {}, {}};
    rows.states = all ? hidden : hidden.index_select(0, indices);
    rows.targets = (all ? labels : labels.index_select(0, indices)).contiguous();
    // With places a row of zeros lies behind: the gradient of whatever has no label.
    Tensor gradients;
    if (wantsHidden) {
        gradients = torch::empty({n + (options.places.defined() ? 1 : 0), hidden.size(1)}, hidden.options());
        rows.gradient = gradients.narrow(0, 0, n);
    }
    if (wantsWeight)
        rows.ofWeight = torch::zeros_like(weight);
    const bool onCpu = hidden.device().is_cpu();
    const LogitChunks chunks =
        logitChunks(n, vocabulary, options.logitBytes, onCpu ? 4 : static_cast<std::int64_t>(weight.element_size()),
                    onCpu, wantsHidden || wantsWeight);
    std::vector<Tensor> losses;
    for (std::int64_t begin = 0; begin < n; begin += chunks.rows) {
        const std::int64_t count = std::min(chunks.rows, n - begin);
        losses.push_back(chunks.columns < vocabulary ? lossByColumns(rows, begin, count, chunks.columns)
                                                     : lossOfWholeRows(rows, begin, count));
        losses.back() = losses.back().flatten();
    }
    result.loss = losses.empty() ? torch::zeros({}, hidden.options().dtype(torch::kFloat32))
                                 : torch::cat(losses).sum().to(torch::kFloat32);
    result.ofWeight = rows.ofWeight;
    if (!wantsHidden)
        return result;
    if (options.places.defined()) {
        gradients.narrow(0, n, 1).zero_();
        result.ofHidden = gradients.index_select(0, options.places);
    } else {
        result.ofHidden = all ? gradients : torch::zeros_like(hidden).index_copy_(0, indices, gradients);
    }
    return result;
}

class ChunkedCrossEntropy : public torch::autograd::Function<ChunkedCrossEntropy>
{
  public:
    static Tensor forward(AutogradContext* context, const Tensor& hidden, const Tensor& weight, const Tensor& labels,
                          const CrossEntropyOptions& options)
    {
        const LossAndGradients result =
            compute(hidden, weight, labels, options, hidden.requires_grad(), weight.requires_grad());
        context->save_for_backward({result.ofHidden, result.ofWeight});
        return result.loss;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const auto scaled = [&gradients](const Tensor& gradient) {
            return gradient.defined() ? gradient * gradients[0].to(gradient.scalar_type()) : Tensor();
        };
        return {scaled(saved[0]), scaled(saved[1]), Tensor(), Tensor()};
    }
};

} // namespace

LogitChunks logitChunks(std::int64_t tokens, std::int64_t vocabulary, std::int64_t logitBytes,
                        std::int64_t bytesPerLogit, bool onCpu, bool withGradients)
{
    // Rows from which whole rows are at least as fast. CPU: measured with OpenBLAS on one core, hidden 576, vocabulary
    // 49152, in ms a row: two products of 16 rows 12.2, of 64 rows 8.4; three wide ones 13.1, and of a pass without
    // gradients 7.1 (16 rows), 4.4 (64 rows and wide ones). GPU: by the roofline of an H200 (989 TFLOP/s in bfloat16,
    // 4.8 TB/s) a product of r < 206 rows takes as long as one of 206 rows; 2·206/r < 3 from 138 rows on. Not measured.
    const std::int64_t fewest = onCpu ? (withGradients ? 16 : 64) : (withGradients ? 144 : 208);
    const std::int64_t most = onCpu ? 4096 : 1 << 20;
    const std::int64_t values = logitBytes / bytesPerLogit;
    const std::int64_t whole = values / std::max<std::int64_t>(1, vocabulary);
    if (whole >= std::min(fewest, tokens))
        return {std::clamp<std::int64_t>(whole, 1, most), vocabulary};
    constexpr std::int64_t fewestColumns = 64;
    const auto side = static_cast<std::int64_t>(std::sqrt(static_cast<double>(values)));
    const std::int64_t rows = std::clamp<std::int64_t>(std::max(side, fewest), 1, std::max<std::int64_t>(1, tokens));
    // A multiple of what a kernel reads at once, so that every chunk but the last one is.
    const std::int64_t columns = std::max(fewestColumns, values / rows / fewestColumns * fewestColumns);
    return {rows, std::min(columns, vocabulary)};
}

Tensor chunkedCrossEntropy(const Tensor& hidden, const Tensor& weight, const Tensor& labels,
                           const CrossEntropyOptions& options)
{
    if (torch::GradMode::is_enabled() && (hidden.requires_grad() || weight.requires_grad()))
        return ChunkedCrossEntropy::apply(hidden, weight, labels, options);
    const torch::NoGradGuard noGradient;
    return compute(hidden, weight, labels, options, false, false).loss;
}

Tensor tokenCrossEntropy(const Tensor& hidden, const Tensor& weight, const Tensor& labels,
                         const CrossEntropyOptions& options)
{
    const torch::NoGradGuard noGradient;
    const std::int64_t tokens = hidden.size(0);
    const std::int64_t vocabulary = weight.size(0);
    LogitChunks chunks = logitChunks(tokens, vocabulary, options.logitBytes, 4, hidden.device().is_cpu(), false);
    // A part of another type is made float32 where it is used; that part is no larger than the logits may be.
    if (weight.scalar_type() != torch::kFloat32) {
        constexpr std::int64_t fewestColumns = 64;
        chunks.columns = std::min(chunks.columns, std::max(fewestColumns, options.logitBytes / (4 * weight.size(1)) /
                                                                              fewestColumns * fewestColumns));
    }
    std::vector<Tensor> losses;
    for (std::int64_t begin = 0; begin < tokens; begin += chunks.rows) {
        const std::int64_t count = std::min(chunks.rows, tokens - begin);
        const Tensor states = hidden.narrow(0, begin, count).to(torch::kFloat32);
        const Tensor targets = labels.narrow(0, begin, count).contiguous();
        const RowSoftmaxes softmaxes = RowSoftmaxes::of(count, hidden.device());
        for (std::int64_t first = 0; first < vocabulary; first += chunks.columns) {
            const Tensor part = weight.narrow(0, first, std::min(chunks.columns, vocabulary - first));
            crossEntropyChunk(torch::mm(states, part.to(torch::kFloat32).t()).contiguous(), targets, first,
                              options.logitSoftcap, softmaxes);
        }
        losses.push_back(softmaxes.logSum() - softmaxes.ofLabel);
    }
    return losses.empty() ? torch::zeros({0}, hidden.options().dtype(torch::kFloat32)) : torch::cat(losses);
}

} // namespace hilo::gpu
