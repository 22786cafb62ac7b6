// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "formats/model_source.h"
#include "gpu/operators/quantised.h"
#include "gpu/tensor.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace hilo {

/// Which weights are kept in few bits, and how.
struct Quantisation
{
    gpu::WeightFormat format = gpu::WeightFormat::Nf4;
    std::set<std::string> names;
    bool transposed = false;        ///< they are stored [in, out] (gpt2)
    bool transposedExperts = false; ///< tensors of all experts are stored [experts, in, out] (gpt_oss)
};

struct LoadedTensors
{
    std::map<std::string, torch::Tensor> plain;
    std::map<std::string, gpu::QuantisedWeight> quantised; ///< [out, in]; of fused experts by nameOfExpert()
};

/// "NAME[3]": an expert of a tensor that holds all of them.
std::string nameOfExpert(const std::string& tensor, std::int64_t expert);

/// Adds a weight in few bits, or those of all its experts; wide: on the CPU.
void addQuantised(std::map<std::string, gpu::QuantisedWeight>& quantised, const std::string& name,
                  const torch::Tensor& wide, const Quantisation& how, torch::Device device);

/// One tensor, expected.name with expected.shape: a view of the mapped file, or a copy. Errors: unsupported types.
Result<torch::Tensor> loadTensor(const WeightSource& weights, const TensorInfo& expected, torch::Dtype dtype,
                                 torch::Device device);

/// Bad input that names the first of tensors with NaN or infinity and its file in source; nothing where all are finite
/// or there is no source.
std::optional<Error> brokenTensor(const std::map<std::string, torch::Tensor>& tensors, const WeightSource* source);

/// Every tensor that the model needs, by Hugging Face name. A tensor that is stored in the wanted dtype is a view of
/// the mapped file (CPU); others are converted or quantised one at a time. Errors: missing or unsupported tensors,
/// a weight to be quantised that is not finite, cancel.
Result<LoadedTensors> loadTensors(const ModelSource& model, torch::Dtype dtype, torch::Device device,
                                  const std::optional<Quantisation>& quantisation, const Progress& progress);

} // namespace hilo
