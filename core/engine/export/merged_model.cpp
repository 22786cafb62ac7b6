// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/merged_model.h"

#include "gpu/tensor.h"

#include <cstring>

namespace hilo {
namespace {

using torch::Tensor;

/// ggml's reference: 32 numbers share a half-precision step of the largest's 127th part; halves round away from zero.
Tensor roundedToBlocks(const Tensor& values)
{
    const Tensor blocks = values.view({-1, 32});
    const Tensor step = blocks.abs().amax(1, true) / 127;
    const Tensor steps = blocks * torch::where(step == 0, step, step.reciprocal());
    const Tensor size = steps.abs().floor();
    const Tensor levels = (size + (steps.abs() - size >= 0.5)) * steps.sign();
    return levels * step.to(torch::kHalf).to(torch::kFloat32);
}

Result<Tensor> storedAs(const Tensor& values, DataType type)
{
    switch (type) {
    case DataType::F32:
        return values;
    case DataType::F16:
        return values.to(torch::kHalf).to(torch::kFloat32);
    case DataType::BF16:
        return values.to(torch::kBFloat16).to(torch::kFloat32);
    case DataType::Q8_0:
        return roundedToBlocks(values);
    default:
        return failure(internalError("Whole models are not written as " + dataTypeName(type) + "."));
    }
}

class RoundedWeights : public WeightSource
{
  public:
    RoundedWeights(const ModelSource& model, const AdapterContent& content, StoredTypes types)
        : source_(model.weights), merged_(model, content), types_(std::move(types))
    {
        for (const TensorInfo& tensor : expectedTensors(model.config))
            expected_.emplace(tensor.name, tensor);
    }

    const std::vector<TensorInfo>& tensors() const override { return source_->tensors(); }
    std::optional<TensorInfo> find(const std::string& name) const override { return source_->find(name); }
    std::optional<TensorView> view(const std::string&) const override { return std::nullopt; }

    Status readFloat32(const std::string& name, std::span<float> destination) const override
    {
        const auto found = expected_.find(name);
        if (found == expected_.end())
            return source_->readFloat32(name, destination);
        HILO_TRY(std::vector<float> values, merged_.values(found->second));
        if (values.size() != destination.size())
            return failure(internalError("The tensor " + name + " was asked for in another size."));
        if (const auto type = types_.find(name); type != types_.end()) {
            const torch::NoGradGuard noGradients;
            HILO_TRY(
                Tensor stored,
                storedAs(torch::from_blob(values.data(), {static_cast<std::int64_t>(values.size())}), type->second));
            stored = stored.contiguous();
            std::memcpy(destination.data(), stored.data_ptr<float>(), destination.size_bytes());
        } else {
            std::copy(values.begin(), values.end(), destination.begin());
        }
        return {};
    }

  private:
    std::shared_ptr<const WeightSource> source_;
    MergedWeights merged_;
    StoredTypes types_;
    std::map<std::string, TensorInfo> expected_;
};

} // namespace

ModelSource mergedModel(const ModelSource& model, const AdapterContent& content, const StoredTypes& types)
{
    ModelSource merged = model;
    merged.weights = std::make_shared<RoundedWeights>(model, content, types);
    return merged;
}

} // namespace hilo
