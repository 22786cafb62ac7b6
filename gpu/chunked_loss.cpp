// SPDX-License-Identifier: GPL-3.0-or-later
#include "chunked_loss.h"

#include "cross_entropy.h"
#include "operators/operators.h"

#include <algorithm>
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

LossAndGradients compute(const Tensor& hidden, const Tensor& weight, const Tensor& labels,
                         const ChunkedLossOptions& options, bool wantsHidden, bool wantsWeight)
{
    LossAndGradients result;
    const std::int64_t vocabulary = weight.size(0);
    const Tensor rows = options.labelled.defined() ? options.labelled : torch::nonzero(labels >= 0).flatten();
    const bool all = rows.size(0) == labels.size(0);
    const Tensor states = all ? hidden : hidden.index_select(0, rows);
    const Tensor targets = (all ? labels : labels.index_select(0, rows)).contiguous();
    Tensor gradient = wantsHidden ? torch::empty_like(states) : Tensor();
    if (wantsWeight)
        result.ofWeight = torch::zeros_like(weight);
    const bool onCpu = hidden.device().is_cpu();
    const std::int64_t bytes = onCpu ? 4 : static_cast<std::int64_t>(weight.element_size());
    const std::int64_t chunk =
        std::clamp<std::int64_t>(options.logitBytes / (bytes * vocabulary), 16, onCpu ? 4096 : 1 << 20);
    double sum = 0;
    std::vector<Tensor> losses;
    for (std::int64_t begin = 0; begin < states.size(0); begin += chunk) {
        const std::int64_t count = std::min(chunk, states.size(0) - begin);
        Tensor logits = torch::mm(states.narrow(0, begin, count), weight.t());
        if (onCpu) {
            logits = logits.to(torch::kFloat32).contiguous();
            sum += crossEntropyRows(logits.data_ptr<float>(), count, vocabulary,
                                    targets.data_ptr<std::int64_t>() + begin, options.logitSoftcap);
        } else {
            losses.push_back(crossEntropyInPlace(logits, targets.narrow(0, begin, count), options.logitSoftcap));
        }
        if (!wantsHidden && !wantsWeight)
            continue;
        logits = logits.to(weight.scalar_type());
        if (wantsHidden) {
            Tensor part = gradient.narrow(0, begin, count);
            torch::mm_out(part, logits, weight);
        }
        if (wantsWeight)
            result.ofWeight.addmm_(logits.t(), states.narrow(0, begin, count));
    }
    result.loss =
        losses.empty() ? torch::full({}, sum, hidden.options().dtype(torch::kFloat32)) : torch::cat(losses).sum();
    if (wantsHidden)
        result.ofHidden = all ? gradient : torch::zeros_like(hidden).index_copy_(0, rows, gradient);
    return result;
}

class ChunkedLoss : public torch::autograd::Function<ChunkedLoss>
{
  public:
    static Tensor forward(AutogradContext* context, const Tensor& hidden, const Tensor& weight, const Tensor& labels,
                          const ChunkedLossOptions& options)
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

Tensor chunkedCrossEntropy(const Tensor& hidden, const Tensor& weight, const Tensor& labels,
                           const ChunkedLossOptions& options)
{
    if (torch::GradMode::is_enabled() && (hidden.requires_grad() || weight.requires_grad()))
        return ChunkedLoss::apply(hidden, weight, labels, options);
    const torch::NoGradGuard noGradient;
    return compute(hidden, weight, labels, options, false, false).loss;
}

} // namespace hilo::gpu
