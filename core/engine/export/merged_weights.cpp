// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/merged_weights.h"

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
        modules_.emplace(pathOf(content, module) + ".weight", &module);
}

Result<std::vector<float>> MergedWeights::values(const TensorInfo& tensor) const
{
    std::int64_t elements = 1;
    for (const std::int64_t size : tensor.shape)
        elements *= size;
    std::vector<float> values(static_cast<std::size_t>(elements));
    HILO_CHECK(model_.weights->readFloat32(tensor.name, values));
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
