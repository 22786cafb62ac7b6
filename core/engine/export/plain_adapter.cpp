// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/plain_adapter.h"

#include "engine/export/content_tensors.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <limits>

namespace hilo {
namespace {

using torch::Tensor;

} // namespace

PlainAdapter::PlainAdapter(const AdapterContent& content)
{
    const ModuleGrid modules = moduleGrid(content.model);
    for (const ModuleContent& source : content.modules) {
        Module module;
        for (const ExpertContent& expert : source.experts)
            module.experts.push_back({matrixOf(expert.a, expert.rank, source.shape.in),
                                      matrixOf(expert.b, source.shape.out, expert.rank), expert.scale});
        if (!source.router.empty())
            module.router = matrixOf(source.router, source.choices(), source.shape.in);
        module.topK = source.topK;
        module.dense = source.dense;
        module.topP = source.topP;
        if (source.ofBase) {
            const bool isDown = source.shape.inputGroup == inputGroupOfExpertsDown;
            ofBase_.emplace(std::pair(source.layer, isDown ? BaseExpertWeight::Down : BaseExpertWeight::In),
                            std::move(module));
            continue;
        }
        const auto column = static_cast<int>(*modules.columnOf(source.shape.name));
        modules_.emplace(std::pair(source.layer, column), std::move(module));
    }
}

Tensor PlainAdapter::gatesOf(const Module& module, const Tensor& input)
{
    const auto experts = static_cast<std::int64_t>(module.experts.size());
    const Tensor logits = input.matmul(module.router.t());
    if (module.dense)
        return logits.softmax(1).narrow(1, 0, experts);
    if (module.topP > 0) {
        const Tensor shares = logits.softmax(1);
        const auto [sorted, order] = shares.sort(true, 1, true);
        const Tensor ahead = sorted.cumsum(1) - sorted;
        return (shares * torch::zeros_like(shares).scatter(1, order, (ahead < module.topP).to(shares.scalar_type())))
            .narrow(1, 0, experts);
    }
    const Tensor chosen = std::get<1>(logits.topk(module.topK, 1));
    const double none = -std::numeric_limits<double>::infinity();
    const Tensor kept = torch::full_like(logits, none).scatter(1, chosen, logits.gather(1, chosen));
    // A token that chose null experts only has no weight at all: 0/0 becomes 0.
    return kept.narrow(1, 0, experts).softmax(1).nan_to_num(0);
}

Tensor PlainAdapter::gates(std::int64_t layer, int module, const Tensor& input) const
{
    const auto found = modules_.find({layer, module});
    if (found == modules_.end() || !found->second.router.defined())
        return {};
    return gatesOf(found->second, input.to(torch::kFloat32));
}

Tensor PlainAdapter::productOf(const Expert& expert, const Tensor& input)
{
    return input.matmul(expert.a.t()).matmul(expert.b.t()) * expert.scale;
}

bool PlainAdapter::adaptsExperts(std::int64_t layer) const
{
    return ofBase_.contains({layer, BaseExpertWeight::In}) || ofBase_.contains({layer, BaseExpertWeight::Down});
}

Tensor PlainAdapter::addToExperts(std::int64_t layer, BaseExpertWeight weight, const Tensor& input,
                                  std::span<const std::int64_t> counts, const Tensor& output)
{
    const auto found = ofBase_.find({layer, weight});
    if (found == ofBase_.end())
        return output;
    std::vector<Tensor> products;
    std::int64_t first = 0;
    for (std::size_t expert = 0; expert < counts.size(); ++expert) {
        const Tensor rows = input.narrow(0, first, counts[expert]).to(torch::kFloat32);
        products.push_back(productOf(found->second.experts[expert], rows));
        first += counts[expert];
    }
    return output + torch::cat(products).to(output.scalar_type());
}

void PlainAdapter::addTo(std::int64_t layer, std::span<const int> modules, const Tensor& input,
                         std::span<Tensor> outputs)
{
    const Tensor x = input.to(torch::kFloat32);
    for (std::size_t i = 0; i < modules.size(); ++i) {
        const auto found = modules_.find({layer, modules[i]});
        if (found == modules_.end())
            continue;
        const Module& module = found->second;
        const Tensor gates = module.router.defined() ? gatesOf(module, x) : Tensor();
        for (std::size_t expert = 0; expert < module.experts.size(); ++expert) {
            const Expert& one = module.experts[expert];
            Tensor delta = productOf(one, x);
            if (gates.defined())
                delta = delta * gates.select(1, static_cast<std::int64_t>(expert)).unsqueeze(1);
            outputs[i] = outputs[i] + delta.to(outputs[i].scalar_type());
        }
    }
}

} // namespace hilo
