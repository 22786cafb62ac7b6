// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf.h"
#include "formats/model_config.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hilo {

/// Files have the experts of a layer in three tensors, ffn_gate_exps and ffn_up_exps [experts, width, hidden] and
/// ffn_down_exps [experts, hidden, width], whatever a family's own tensors are; gpt_oss has biases [experts, …] beside
/// them.

/// Whether a file's tensor is one of these ("blk.3.ffn_up_exps.weight").
bool isGgufExperts(std::string_view tensor);

/// A tensor under its Hugging Face name.
struct GgufExpertWeight
{
    TensorInfo info;
    /// Pieces of the file's tensors that are its values, one behind the other; empty where they have to be put in
    /// order.
    std::vector<std::pair<TensorInfo, std::span<const std::byte>>> pieces;
    std::function<Status(std::span<float>)> read; ///< without pieces
};

/// The experts of all layers; what a file does not have is left out. Bad input: another shape than the metadata asks
/// for, or a type that is not read.
Result<std::vector<GgufExpertWeight>> readGgufExperts(const GgufFile& file, const ModelConfig& config);

/// A file's tensor, and its values from those of the model's tensors.
struct GgufExpertTensor
{
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<std::string> sources; ///< Hugging Face names
    using Values = std::function<Result<std::vector<float>>(const std::string& name)>;
    std::function<Result<std::vector<float>>(const Values& valuesOf)> make;
};

/// All that a file of this model has; empty for dense models.
std::vector<GgufExpertTensor> ggufExpertTensors(const ModelConfig& config);

} // namespace hilo
