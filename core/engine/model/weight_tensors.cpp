// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/weight_tensors.h"

#include <cstdint>

namespace hilo {
namespace {

torch::Dtype torchType(DataType type)
{
    switch (type) {
    case DataType::F32:
        return torch::kFloat32;
    case DataType::F16:
        return torch::kFloat16;
    case DataType::BF16:
        return torch::kBFloat16;
    case DataType::F64:
        return torch::kFloat64;
    default:
        return torch::kUInt8;
    }
}

bool isFloat(DataType type)
{
    return type == DataType::F32 || type == DataType::F16 || type == DataType::BF16 || type == DataType::F64;
}

/// A tensor over mapped bytes that keeps the mapping alive; never written to.
torch::Tensor mappedTensor(const TensorView& view)
{
    void* data = const_cast<std::byte*>(view.bytes.data());
    const auto owner = view.owner;
    return torch::from_blob(
        data, view.info.shape, [owner](void*) {}, torch::TensorOptions(torchType(view.info.type)));
}

/// Foreign writers may place tensors anywhere; a misaligned one has to be copied.
bool isAligned(const TensorView& view)
{
    return reinterpret_cast<std::uintptr_t>(view.bytes.data()) % torch::elementSize(torchType(view.info.type)) == 0;
}

} // namespace

Result<torch::Tensor> loadTensor(const WeightSource& weights, const TensorInfo& expected, torch::Dtype dtype,
                                 torch::Device device)
{
    const auto view = weights.view(expected.name);
    if (view && isFloat(view->info.type) && isAligned(*view))
        return mappedTensor(*view).to(device, dtype);
    torch::Tensor wide = torch::empty(expected.shape, torch::kFloat32);
    HILO_CHECK(weights.readFloat32(expected.name, {wide.data_ptr<float>(), static_cast<std::size_t>(wide.numel())}));
    return wide.to(device, dtype);
}

Result<LoadedTensors> loadTensors(const ModelSource& model, torch::Dtype dtype, torch::Device device,
                                  const std::optional<Quantisation>& quantisation, const Progress& progress)
{
    if (!model.weights)
        return failure(badInput(model.path.string(), {}, "The folder holds config.json but no weights.",
                                "Training and evaluation need *.safetensors or a .gguf file."));
    const auto expected = expectedTensors(model.config);
    LoadedTensors tensors;
    std::int64_t done = 0;
    for (const TensorInfo& info : expected) {
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({"Reading weights", done++, static_cast<std::int64_t>(expected.size()), {}});
        if (!quantisation || !quantisation->names.contains(info.name)) {
            HILO_TRY(tensors.plain[info.name], loadTensor(*model.weights, info, dtype, device));
            continue;
        }
        // From the stored values, not from values rounded to the base's type; the same codes on every device.
        HILO_TRY(const torch::Tensor wide, loadTensor(*model.weights, info, torch::kFloat32, torch::kCPU));
        tensors.quantised[info.name] =
            gpu::quantise(quantisation->transposed ? wide.t() : wide, quantisation->format).to(device);
    }
    return tensors;
}

} // namespace hilo
