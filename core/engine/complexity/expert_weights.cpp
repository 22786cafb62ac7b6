// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/expert_weights.h"

#include "engine/model/weight_tensors.h"
#include "formats/base_expert_modules.h"

namespace hilo {

using torch::Tensor;

Result<ExpertWeights> ExpertWeights::open(const ModelSource& model, std::int64_t layer, const ModuleShape& shape)
{
    ExpertWeights weights(model, mixtureNames(model.config, layer), shape.inputGroup == inputGroupOfExpertsDown);
    if (weights.names_.mlps.empty()) {
        HILO_TRY(weights.fused_, weights.load(weights.isDown_ ? weights.names_.out : weights.names_.in));
    }
    return weights;
}

Result<Tensor> ExpertWeights::load(const std::string& name) const
{
    HILO_TRY(const Tensor tensor,
             loadTensor(*model_->weights, *model_->weights->find(name), torch::kFloat32, torch::kCPU));
    if (const auto broken = brokenTensor({{name, tensor}}, model_->weights.get()))
        return failure(*broken);
    return tensor;
}

Result<Tensor> ExpertWeights::read(std::int64_t expert) const
{
    if (fused_.defined()) {
        const Tensor own = fused_.select(0, expert);
        return model_->config.mixture.transposedExperts ? own.t() : own;
    }
    const GatedMlpNames& names = names_.mlps[static_cast<std::size_t>(expert)];
    if (isDown_)
        return load(names.down + ".weight");
    HILO_TRY(const Tensor gate, load(names.gate + ".weight"));
    HILO_TRY(const Tensor up, load(names.up + ".weight"));
    return torch::cat({gate, up});
}

} // namespace hilo
