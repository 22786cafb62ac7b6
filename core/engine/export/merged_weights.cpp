// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/merged_weights.h"

#include "formats/base_expert_modules.h"
#include "formats/mixture_layout.h"
#include "gpu/tensor.h"

#include <cstring>

namespace hilo {
namespace {

torch::Tensor doubles(const std::vector<float>& values, std::int64_t rows, std::int64_t columns)
{
    return torch::from_blob(const_cast<float*>(values.data()), {rows, columns}, torch::kFloat32).to(torch::kFloat64);
}

} // namespace

MergedWeights::MergedWeights(const ModelSource& model, const AdapterContent& content) : model_(model)
{
    for (const ModuleContent& module : content.modules)
        if (module.ofBase)
            addExperts(module);
        else
            modules_.emplace(pathOf(content, module) + ".weight", &module);
}

void MergedWeights::addExperts(const ModuleContent& module)
{
    const MixtureNames names = mixtureNames(model_.config, module.layer);
    const bool isDown = module.shape.inputGroup == inputGroupOfExpertsDown;
    const std::int64_t half = module.shape.out / 2;
    if (!names.in.empty())
        ofBase_[isDown ? names.out : names.in] = {&module, -1, 0, module.shape.out};
    for (std::size_t expert = 0; expert < names.mlps.size(); ++expert) {
        const GatedMlpNames& mlp = names.mlps[expert];
        const auto number = static_cast<std::int64_t>(expert);
        if (isDown) {
            ofBase_[mlp.down + ".weight"] = {&module, number, 0, module.shape.out};
        } else {
            ofBase_[mlp.gate + ".weight"] = {&module, number, 0, half};
            ofBase_[mlp.up + ".weight"] = {&module, number, half, half};
        }
    }
}

Status MergedWeights::addToExperts(const ExpertRows& rows, std::vector<float>& values) const
{
    const torch::NoGradGuard noGradients;
    const ModuleShape& shape = rows.module->shape;
    const auto deltaOf = [&](std::int64_t expert) {
        const ExpertContent& own = rows.module->experts[static_cast<std::size_t>(expert)];
        return torch::mm(doubles(own.b, shape.out, own.rank), doubles(own.a, own.rank, shape.in)) * own.scale;
    };
    std::vector<torch::Tensor> deltas;
    for (std::int64_t expert = 0; rows.expert < 0 && expert < shape.baseExperts; ++expert)
        deltas.push_back(model_.config.mixture.transposedExperts ? deltaOf(expert).t() : deltaOf(expert));
    if (rows.expert >= 0)
        deltas.push_back(deltaOf(rows.expert).narrow(0, rows.first, rows.count));
    const torch::Tensor delta = torch::cat(deltas).contiguous();
    if (delta.numel() != static_cast<std::int64_t>(values.size()))
        return failure(internalError("The weights of the experts have another size than their adapters."));
    const torch::Tensor sum = (delta + doubles(values, delta.size(0), delta.size(1))).to(torch::kFloat32).contiguous();
    std::memcpy(values.data(), sum.data_ptr<float>(), values.size() * sizeof(float));
    return {};
}

Result<std::vector<float>> MergedWeights::values(const TensorInfo& tensor) const
{
    std::int64_t elements = 1;
    for (const std::int64_t size : tensor.shape)
        elements *= size;
    std::vector<float> values(static_cast<std::size_t>(elements));
    HILO_CHECK(model_.weights->readFloat32(tensor.name, values));
    if (const auto rows = ofBase_.find(tensor.name); rows != ofBase_.end()) {
        HILO_CHECK(addToExperts(rows->second, values));
        return values;
    }
    const auto found = modules_.find(tensor.name);
    if (found == modules_.end())
        return values;
    const ModuleContent& module = *found->second;
    if (!module.router.empty())
        return failure(internalError("A routed module cannot be merged."));
    const torch::NoGradGuard noGradients;
    torch::Tensor sum = torch::zeros({module.shape.out, module.shape.in}, torch::kFloat64);
    for (const ExpertContent& expert : module.experts)
        sum.addmm_(doubles(expert.b, module.shape.out, expert.rank), doubles(expert.a, expert.rank, module.shape.in), 1,
                   expert.scale);
    if (model_.config.transposedWeights)
        sum = sum.t();
    sum = (sum + doubles(values, tensor.shape[0], tensor.shape[1])).to(torch::kFloat32).contiguous();
    std::memcpy(values.data(), sum.data_ptr<float>(), values.size() * sizeof(float));
    return values;
}

} // namespace hilo
