// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/weight_tensors.h"

#include "base/mapped_file.h"

#include <algorithm>
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

/// In pieces, whose bytes are given back, so that a weight is not in memory twice.
torch::Tensor converted(const TensorView& view, torch::Dtype dtype, torch::Device device)
{
    const torch::Tensor stored = mappedTensor(view);
    if (stored.scalar_type() == dtype && device.is_cpu())
        return stored;
    constexpr std::int64_t most = std::int64_t{1} << 22;
    torch::Tensor result = torch::empty(view.info.shape, torch::TensorOptions(dtype).device(device));
    const torch::Tensor from = stored.view(-1);
    const torch::Tensor to = result.view(-1);
    const auto size = static_cast<std::size_t>(stored.element_size());
    for (std::int64_t first = 0; first < from.numel(); first += most) {
        const std::int64_t count = std::min(most, from.numel() - first);
        to.narrow(0, first, count).copy_(from.narrow(0, first, count));
        releaseMapped(
            view.bytes.subspan(static_cast<std::size_t>(first) * size, static_cast<std::size_t>(count) * size));
    }
    return result;
}

/// In pieces, so that a large weight needs no second one's memory.
std::int64_t countNotFinite(const torch::Tensor& tensor)
{
    constexpr std::int64_t piece = std::int64_t{1} << 22;
    const torch::Tensor flat = tensor.detach().reshape(-1);
    std::int64_t count = 0;
    for (std::int64_t first = 0; first < flat.numel(); first += piece) {
        const torch::Tensor part = flat.narrow(0, first, std::min(piece, flat.numel() - first));
        count += part.numel() - part.isfinite().sum().item<std::int64_t>();
    }
    return count;
}

Error notFiniteError(const WeightSource& weights, const std::string& name, std::int64_t broken, std::int64_t all)
{
    const auto info = weights.find(name);
    return badInput(info ? info->file : std::string(), "tensor \"" + name + "\"",
                    std::to_string(broken) + " of the weight's " + std::to_string(all) + " values are NaN or infinite.",
                    "The file is damaged, its values were too large for the type it was converted to (float16), or "
                    "training diverged; use another checkpoint.");
}

} // namespace

std::string nameOfExpert(const std::string& tensor, std::int64_t expert)
{
    return tensor + "[" + std::to_string(expert) + "]";
}

void addQuantised(std::map<std::string, gpu::QuantisedWeight>& quantised, const std::string& name,
                  const torch::Tensor& wide, const Quantisation& how, torch::Device device)
{
    if (wide.dim() == 2) {
        quantised[name] = gpu::quantise(how.transposed ? wide.t() : wide, how.format).to(device);
        return;
    }
    for (std::int64_t expert = 0; expert < wide.size(0); ++expert) {
        const torch::Tensor own = wide.select(0, expert);
        quantised[nameOfExpert(name, expert)] =
            gpu::quantise(how.transposedExperts ? own.t() : own, how.format).to(device);
    }
}

std::optional<Error> brokenTensor(const std::map<std::string, torch::Tensor>& tensors, const WeightSource* source)
{
    const torch::NoGradGuard noGradients;
    for (const auto& [name, tensor] : tensors)
        if (const std::int64_t broken = source ? countNotFinite(tensor) : 0; broken > 0)
            return notFiniteError(*source, name, broken, tensor.numel());
    return std::nullopt;
}

Result<torch::Tensor> loadTensor(const WeightSource& weights, const TensorInfo& expected, torch::Dtype dtype,
                                 torch::Device device)
{
    const auto view = weights.view(expected.name);
    if (view && isFloat(view->info.type) && isAligned(*view))
        return converted(*view, dtype, device);
    torch::Tensor wide = torch::empty(expected.shape, torch::kFloat32);
    HILO_CHECK(weights.readFloat32(expected.name, {wide.data_ptr<float>(), static_cast<std::size_t>(wide.numel())}));
    return wide.to(device, dtype);
}

Result<LoadedTensors> loadTensors(const ModelSource& model, torch::Dtype dtype, torch::Device device,
                                  const std::optional<Quantisation>& quantisation, const Progress& progress)
{
    if (!model.weights)
        return failure(weightsMissing(model, "running the model"));
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
        // Few bits have no NaN: it has to be found before they are made. From the stored values, not from values
        // rounded to the base's type; the same codes on every device.
        HILO_TRY(const torch::Tensor wide, loadTensor(*model.weights, info, torch::kFloat32, torch::kCPU));
        if (const std::int64_t broken = countNotFinite(wide); broken > 0)
            return failure(notFiniteError(*model.weights, info.name, broken, wide.numel()));
        addQuantised(tensors.quantised, info.name, wide, *quantisation, device);
    }
    return tensors;
}

} // namespace hilo
