// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "gpu/tensor.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hilo {

struct NamedTensor
{
    std::string name;
    torch::Tensor value;
};

/// LibTorch tensors in a safetensors file.
struct TensorFile
{
    std::map<std::string, torch::Tensor> tensors; ///< copies on the CPU, in the file's types
    std::map<std::string, std::string> metadata;
};

/// Written under a temporary name and renamed. Types: float32, float64, float16, bfloat16, int64, int32, uint8.
Status writeTensorFile(const std::filesystem::path& path, const std::vector<NamedTensor>& tensors,
                       const std::map<std::string, std::string>& metadata = {});
Result<TensorFile> readTensorFile(const std::filesystem::path& path);

} // namespace hilo
