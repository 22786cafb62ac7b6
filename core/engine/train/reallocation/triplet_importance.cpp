// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/triplet_importance.h"

#include <algorithm>

namespace hilo {
namespace {

using torch::Tensor;

constexpr double smoothing = 0.85;

/// What is worked on at once stays in a core's cache.
constexpr std::int64_t chunk = std::int64_t{1} << 15;

} // namespace

TripletImportance::TripletImportance(const Tensor& flat)
    : sensitivity_(torch::zeros_like(flat)), uncertainty_(torch::zeros_like(flat))
{
}

void TripletImportance::add(const Optimised& flat)
{
    const torch::NoGradGuard noGradients;
    const std::int64_t size = flat.values.numel();
    const std::int64_t step = flat.values.is_cuda() ? size : chunk;
    for (std::int64_t begin = 0; begin < size; begin += step) {
        const std::int64_t count = std::min(step, size - begin);
        Tensor now = (flat.values.narrow(0, begin, count) * flat.gradient.narrow(0, begin, count)).abs_();
        const Tensor mean = sensitivity_.narrow(0, begin, count);
        mean.mul_(smoothing).add_(now, 1 - smoothing);
        uncertainty_.narrow(0, begin, count).mul_(smoothing).add_(now.sub_(mean).abs_(), 1 - smoothing);
    }
}

std::vector<double> TripletImportance::scores(const AdapterLayout& layout) const
{
    const auto block = [&](std::int64_t offset, std::int64_t rows, std::int64_t columns) {
        const auto of = [&](const Tensor& flat) {
            return flat.narrow(0, offset, rows * columns).view({rows, columns}).to(torch::kFloat64);
        };
        return of(sensitivity_) * of(uncertainty_);
    };
    std::vector<Tensor> parts;
    std::int64_t first = 0;
    for (const GroupLayout& group : layout.groups) {
        const std::int64_t ranks = group.plan.ranks;
        const Tensor ofLambda = block(layout.parameters + first, 1, ranks)[0];
        const Tensor ofQ = block(group.offset, ranks, group.in).mean(1);
        std::vector<Tensor> ofP;
        for (const ModuleLayout& module : group.modules)
            ofP.push_back(block(module.offsetB, module.out, module.ranks).mean(0));
        parts.push_back(ofLambda + ofQ + torch::cat(ofP));
        first += ranks;
    }
    if (parts.empty())
        return {};
    const Tensor all = torch::cat(parts).to(torch::kCPU).contiguous();
    return {all.data_ptr<double>(), all.data_ptr<double>() + all.numel()};
}

std::vector<NamedTensor> TripletImportance::state() const
{
    return {{"reallocation.sensitivity", sensitivity_}, {"reallocation.uncertainty", uncertainty_}};
}

} // namespace hilo
