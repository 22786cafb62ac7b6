// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/tensor_file.h"

#include "base/copy_bytes.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"

#include <array>
#include <optional>

namespace hilo {
namespace {

constexpr std::array<std::pair<torch::Dtype, DataType>, 7> types{{
    {torch::kFloat32, DataType::F32},
    {torch::kFloat64, DataType::F64},
    {torch::kFloat16, DataType::F16},
    {torch::kBFloat16, DataType::BF16},
    {torch::kInt64, DataType::I64},
    {torch::kInt32, DataType::I32},
    {torch::kUInt8, DataType::U8},
}};

std::optional<DataType> dataTypeOf(torch::Dtype type)
{
    for (const auto& [dtype, name] : types)
        if (dtype == type)
            return name;
    return std::nullopt;
}

std::optional<torch::Dtype> dtypeOf(DataType type)
{
    for (const auto& [dtype, name] : types)
        if (name == type)
            return dtype;
    return std::nullopt;
}

} // namespace

Status writeTensorFile(const std::filesystem::path& path, const std::vector<NamedTensor>& tensors,
                       const std::map<std::string, std::string>& metadata)
{
    std::vector<torch::Tensor> kept;
    std::vector<TensorToWrite> toWrite;
    for (const NamedTensor& one : tensors) {
        const auto type = dataTypeOf(one.value.scalar_type());
        if (!type)
            return failure(internalError("A tensor of this type can't be written: " + one.name));
        kept.push_back(one.value.detach().to(torch::kCPU).contiguous());
        const torch::Tensor& tensor = kept.back();
        toWrite.push_back({one.name, tensor.sizes().vec(), *type,
                           std::span(static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes())});
    }
    return writeSafetensors(path, std::move(toWrite), metadata);
}

Result<TensorFile> readTensorFile(const std::filesystem::path& path)
{
    HILO_TRY(const SafetensorsFile file, openSafetensors(path));
    TensorFile result;
    result.metadata = file.metadata;
    for (const TensorView& view : file.tensors) {
        const auto dtype = dtypeOf(view.info.type);
        if (!dtype)
            return failure(badInput(path.string(), view.info.name,
                                    "tensors of type " + dataTypeName(view.info.type) + " are not supported here"));
        torch::Tensor tensor = torch::empty(view.info.shape, *dtype);
        copyBytes(tensor.data_ptr(), view.bytes);
        result.tensors.emplace(view.info.name, std::move(tensor));
    }
    return result;
}

} // namespace hilo
