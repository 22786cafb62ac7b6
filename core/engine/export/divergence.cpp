// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/divergence.h"

#include <algorithm>

namespace hilo {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;
using torch::autograd::Variable;

Tensor cappedLogits(const Tensor& hidden, const Tensor& weight, double cap)
{
    const Tensor logits = torch::mm(hidden, weight.t()).to(torch::kFloat32);
    return cap > 0 ? torch::tanh(logits / cap) * cap : logits;
}

/// Returns the sum; gradient [n, hidden], where defined, gets that for the student.
Tensor divergenceOf(const Tensor& student, const Tensor& teacher, const Tensor& weight,
                    const DivergenceOptions& options, const Tensor& gradient)
{
    const torch::NoGradGuard noGradients;
    Tensor sum = torch::zeros({}, torch::TensorOptions(torch::kFloat64).device(student.device()));
    const std::int64_t bytesOfRow = weight.size(0) * static_cast<std::int64_t>(sizeof(float));
    const std::int64_t rows = std::max<std::int64_t>(1, options.logitBytes / bytesOfRow);
    for (std::int64_t begin = 0; begin < student.size(0); begin += rows) {
        const std::int64_t count = std::min(rows, student.size(0) - begin);
        const Tensor wanted =
            cappedLogits(teacher.narrow(0, begin, count), weight, options.logitSoftcap).log_softmax(1);
        const Tensor logits = cappedLogits(student.narrow(0, begin, count), weight, options.logitSoftcap);
        const Tensor own = logits.log_softmax(1);
        const Tensor probabilities = wanted.exp();
        sum += (probabilities * (wanted - own)).sum(torch::kFloat64);
        if (!gradient.defined())
            continue;
        Tensor slope = own.exp() - probabilities;
        if (options.logitSoftcap > 0)
            slope = slope * (1 - (logits / options.logitSoftcap).square());
        gradient.narrow(0, begin, count).copy_(torch::mm(slope.to(weight.scalar_type()), weight));
    }
    return sum.to(torch::kFloat32);
}

class Divergence : public torch::autograd::Function<Divergence>
{
  public:
    static Variable forward(AutogradContext* context, const Variable& student, const Variable& teacher,
                            const Variable& weight, double softcap, std::int64_t logitBytes)
    {
        Tensor gradient = torch::empty_like(student);
        Variable sum = divergenceOf(student, teacher, weight, {softcap, logitBytes}, gradient);
        context->save_for_backward({gradient});
        return sum;
    }

    static tensor_list backward(AutogradContext* context, tensor_list slopes)
    {
        return {context->get_saved_variables()[0] * slopes[0], Variable(), Variable(), Variable(), Variable()};
    }
};

} // namespace

Tensor summedDivergence(const Tensor& student, const Tensor& teacher, const Tensor& weight,
                        const DivergenceOptions& options)
{
    if (!torch::GradMode::is_enabled() || !student.requires_grad())
        return divergenceOf(student, teacher, weight, options, {});
    return Divergence::apply(student, teacher.detach(), weight.detach(), options.logitSoftcap, options.logitBytes);
}

} // namespace hilo
