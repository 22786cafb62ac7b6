// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/search/guided_adapter.h"
#include "formats/module_grid.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>

namespace hilo {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

constexpr double unusedRank = 1e-4;

struct ExpertOffsetFunction : torch::autograd::Function<ExpertOffsetFunction>
{
    static Tensor forward(AutogradContext* context, const Tensor& vector)
    {
        const Tensor share = vector.sigmoid();
        const std::int64_t last = std::max<std::int64_t>(1, share.argmax().item<std::int64_t>());
        context->save_for_backward({share});
        context->saved_data["last"] = last;
        Tensor offsets = torch::full_like(vector, -1e4);
        offsets.slice(0, 0, last + 1).fill_(0.5);
        return offsets;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const Tensor share = context->get_saved_variables()[0];
        const std::int64_t last = context->saved_data["last"].toInt();
        Tensor result = torch::zeros_like(share);
        result[last].copy_((gradients[0] * share).slice(0, 0, last + 1).sum());
        return {result};
    }
};

struct RankFactorFunction : torch::autograd::Function<RankFactorFunction>
{
    static Tensor forward(AutogradContext* context, const Tensor& vectors)
    {
        const Tensor share = vectors.sigmoid();
        const Tensor last = share.argmax(1, true);
        const Tensor used = torch::arange(vectors.size(1)).unsqueeze(0) <= last;
        context->save_for_backward({share, last, used});
        return torch::where(used, torch::ones_like(vectors), torch::full_like(vectors, unusedRank));
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const Tensor sum = (gradients[0] * saved[0] * saved[2]).sum(1, true);
        return {(gradients[0] * unusedRank).scatter(1, saved[1], sum)};
    }
};

} // namespace

Tensor expertOffsets(const Tensor& vector)
{
    return ExpertOffsetFunction::apply(vector);
}

Tensor rankFactors(const Tensor& vectors)
{
    return RankFactorFunction::apply(vectors);
}

GuidedAdapter::GuidedAdapter(const ModelConfig& model, const SupernetShape& shape, std::int64_t seed) : shape_(shape)
{
    const ModuleGrid grid = moduleGrid(model);
    const std::int64_t ranks = shape.experts * shape.rank;
    std::int64_t weights = 0;
    std::int64_t vectors = 0;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const ModuleShape& module : grid.layer(static_cast<std::size_t>(layer))) {
            Place place{module.in, module.out, weights, 0, 0, 0, vectors};
            place.b = place.a + ranks * module.in;
            place.diagonal = place.b + module.out * ranks;
            place.router = place.diagonal + ranks;
            weights = place.router + shape.experts * module.in;
            vectors += shape.experts + ranks;
            places_[{layer, module.column}] = place;
        }
    auto generator = at::detail::createCPUGenerator(static_cast<std::uint64_t>(seed));
    weights_ = torch::empty({weights}, torch::kFloat32).normal_(0, 0.02, generator);
    vectors_ = torch::empty({vectors}, torch::kFloat32).normal_(0, 1, generator);
    for (const auto& [where, place] : places_) {
        weights_.slice(0, place.diagonal, place.router).fill_(1);
        const double bound = 1 / std::sqrt(static_cast<double>(place.in));
        weights_.slice(0, place.router, place.router + shape.experts * place.in).uniform_(-bound, bound, generator);
        Tensor experts = vectors_.slice(0, place.vectors, place.vectors + shape.experts);
        experts.copy_(experts.softmax(0));
        Tensor each = vectors_.slice(0, place.vectors + shape.experts, place.vectors + shape.experts + ranks)
                          .view({shape.experts, shape.rank});
        each.copy_(each.softmax(1));
    }
    weights_.requires_grad_(true);
    vectors_.requires_grad_(true);
}

const GuidedAdapter::Place& GuidedAdapter::placeOf(std::int64_t layer, int module) const
{
    return places_.at({layer, module});
}

void GuidedAdapter::addTo(std::int64_t layer, std::span<const int> modules, const Tensor& input,
                          std::span<Tensor> outputs)
{
    const std::int64_t ranks = shape_.experts * shape_.rank;
    const auto part = [](const Tensor& flat, std::int64_t offset, std::int64_t rows, std::int64_t columns) {
        return flat.narrow(0, offset, rows * columns).view({rows, columns});
    };
    for (std::size_t index = 0; index < modules.size(); ++index) {
        const Place& place = placeOf(layer, modules[index]);
        const Tensor offsets = expertOffsets(vectors_.narrow(0, place.vectors, shape_.experts));
        const Tensor factors =
            rankFactors(part(vectors_, place.vectors + shape_.experts, shape_.experts, shape_.rank)).flatten();
        const Tensor logits = torch::mm(input, part(weights_, place.router, shape_.experts, place.in).t()) + offsets;
        const auto chosen = logits.softmax(1).topk(std::min(shape_.topK, shape_.experts), 1);
        const Tensor values = std::get<0>(chosen) / std::get<0>(chosen).sum(1, true);
        const Tensor gates = torch::zeros_like(logits).scatter(1, std::get<1>(chosen), values);
        const Tensor middle = torch::mm(input, part(weights_, place.a, ranks, place.in).t()) *
                              (factors * weights_.narrow(0, place.diagonal, ranks)) *
                              gates.repeat_interleave(shape_.rank, 1);
        const double scale = shape_.alpha / static_cast<double>(shape_.rank);
        outputs[index] = outputs[index] + torch::mm(middle, part(weights_, place.b, place.out, ranks).t()) * scale;
    }
}

std::vector<int> GuidedAdapter::ranksOf(std::int64_t layer, int module) const
{
    const Place& place = placeOf(layer, module);
    const Tensor vectors = vectors_.detach();
    const std::int64_t experts =
        std::max<std::int64_t>(std::min<std::int64_t>(2, shape_.experts),
                               vectors.narrow(0, place.vectors, shape_.experts).argmax().item<std::int64_t>() + 1);
    std::vector<int> ranks;
    for (std::int64_t expert = 0; expert < experts; ++expert)
        ranks.push_back(
            1 + static_cast<int>(vectors.narrow(0, place.vectors + shape_.experts + expert * shape_.rank, shape_.rank)
                                     .argmax()
                                     .item<std::int64_t>()));
    return ranks;
}

} // namespace hilo
